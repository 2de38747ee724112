import type { Guards } from '../../derived/guards';
import type { ParsedFile } from '../../file/parsed-file';
import { type EffectsOf, membersTold, narrows, neutral, type Teller, type Told, widens } from './effect';

type List = readonly string[];

/** The list of a guard; without a list, it lets everyone through. */
function listTold(old: List | undefined, now: List | undefined, act: string): Told | undefined {
  if (now === undefined) return widens(`Everyone whose role allows it can ${act}: no guard refuses it`);
  if (old === undefined) return narrows(`Only these groups can ${act}, whatever the roles of others allow`);
  return membersTold(old, now, widens(`More groups can ${act}`), narrows(`Fewer groups can ${act}`));
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
    secretDeletion: (old, now) => listTold(old, now, DELETE_SECRETS),
    runAsRoot: (old, now) => listTold(old, now, RUN_AS_ROOT),
    systemNamespaces: (old, now) => listTold(old, now, CHANGE_SYSTEM_NAMESPACES),
    namespaces: { each: (old, now) => listTold(old, now, CHANGE_NAMESPACE) },
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
