import type { Cluster } from '../../derived/clusters';
import type { Guards } from '../../derived/guards';
import type { ParsedFile } from '../../file/parsed-file';
import { type EffectsOf, membersTold, narrows, neutral, type Teller, type Told, widens } from './effect';

type List = readonly string[];
type OwnGuards = NonNullable<Cluster['settings']['guards']>;

/** The list of a guard; without a list, it lets everyone through. */
function listTold(old: List | undefined, now: List | undefined, act: string): Told | undefined {
  if (now === undefined) return widens(`Everyone whose role allows it can ${act}: no guard refuses it`);
  if (old === undefined) return narrows(`Only these groups can ${act}, whatever the roles of others allow`);
  return membersTold(
    old,
    now,
    widens(`Groups are added that can ${act}`),
    narrows(`Groups are removed that could ${act}`),
  );
}

/**
 * Compares a guard of the file, for the clusters that take it from the file before and after. What it means for a cluster
 * that has or gets its own is told there.
 */
function ofFile(act: string, own: (guards: OwnGuards, name: string) => List | undefined): Teller<List> {
  return (old, now, { before, after, segments }) => {
    const takes = ({ settings: { guards } }: Cluster) =>
      guards === undefined || own(guards, String(segments.at(-1))) === undefined;
    const isTaken = Object.entries(after.clusters).some(([key, cluster]) => {
      const earlier = before.clusters[key];
      return earlier !== undefined && takes(earlier) && takes(cluster);
    });
    return isTaken ? listTold(old, now, act) : neutral('No cluster takes this guard from both files');
  };
}

/** Compares the guards that a cluster has before and after: its own, or else those of the file. */
function ofCluster(act: string, list: (guards: Guards, name: string) => List | undefined): Teller<List> {
  return (_old, _now, { before, after, segments }) => {
    const [key, name] = [String(segments[1]), String(segments.at(-1))];
    const [earlier, current] = [before, after].map(({ clusters }) => {
      const guards = clusters[key]?.guards;
      return guards && list(guards, name);
    });
    const same = neutral('The guard of the cluster stays the same: that of the file has this list too');
    if (earlier === undefined && current === undefined) return same;
    return listTold(earlier, current, act) ?? same;
  };
}

const DELETE_SECRETS = 'delete Secrets';
const RUN_AS_ROOT = 'run containers as root';
const CHANGE_SYSTEM_NAMESPACES = 'change things in kube-system, kube-public, and kube-node-lease';
const CHANGE_NAMESPACE = 'change things in the namespace';

/** Guards of the file, for the clusters without their own. */
export const GUARDS_EFFECTS: EffectsOf<ParsedFile['guards']> = {
  keys: {
    secretDeletion: ofFile(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: ofFile(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: ofFile(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: ofFile(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces?.[name]) },
  },
};

/** Guards of a cluster, which override those of the file one by one. */
export const clusterGuardEffects: EffectsOf<ParsedFile['guards'] | undefined> = {
  keys: {
    secretDeletion: ofCluster(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: ofCluster(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: ofCluster(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: ofCluster(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces[name]) },
  },
};
