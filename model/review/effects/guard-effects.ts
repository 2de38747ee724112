import type { Access } from '../../derived/access';
import type { Cluster } from '../../derived/clusters';
import { type Guards, hasGuards, hasGuardsStack } from '../../derived/guards';
import type { ParsedFile } from '../../file/parsed-file';
import {
  type EffectsOf,
  membersTold,
  narrows,
  neutral,
  replaces,
  type Teller,
  type Told,
  together,
  widens,
} from './effect';

type List = readonly string[];
type Settings = NonNullable<ParsedFile['guards']>;

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
function ofFile(act: string, own: (guards: Settings, name: string) => List | undefined): Teller<List> {
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

const STRANDED = replaces(
  'The stack guards-<key> of a cluster leaves the program without its first step, guards: {}. Its guards stay in force, and Terraform no longer manages them',
);

/** The keys of the clusters of both files whose guards stay in force because their stack leaves the program. */
function strandedGuards(before: Access, after: Access): readonly string[] {
  return Object.values(before.clusters).flatMap((cluster) => {
    const now = after.clusters[cluster.key];
    const isStranded = now !== undefined && hasGuards(cluster.guards) && !hasGuardsStack(after, now);
    return isStranded ? [cluster.key] : [];
  });
}

/** Tells a key `guards` of the file that is removed; its guards hold nowhere else than on stranded clusters. */
const guardsOfFile: Teller<Settings> = (_old, now, { before, after }) => {
  const stranded = now === undefined ? strandedGuards(before, after) : [];
  if (stranded.length === 0) return undefined;
  const isEverywhere = stranded.length === Object.keys(after.clusters).length;
  return together([
    STRANDED,
    ...(isEverywhere ? [] : [widens('No guard of the file refuses anything on clusters with guards of their own')]),
  ]);
};

const guardsOfOneCluster: Teller<Settings> = (_old, now, { before, after, segments }) =>
  now === undefined && strandedGuards(before, after).includes(String(segments[1])) ? STRANDED : undefined;

/** Guards of the file, for the clusters without their own. */
export const GUARDS_EFFECTS: EffectsOf<ParsedFile['guards']> = {
  whole: guardsOfFile,
  keys: {
    secretDeletion: ofFile(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: ofFile(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: ofFile(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: ofFile(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces?.[name]) },
  },
};

/** Guards of a cluster, which override those of the file one by one. */
export const clusterGuardEffects: EffectsOf<ParsedFile['guards']> = {
  whole: guardsOfOneCluster,
  keys: {
    secretDeletion: ofCluster(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: ofCluster(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: ofCluster(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: ofCluster(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces[name]) },
  },
};
