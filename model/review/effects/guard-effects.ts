import type { Access } from '../../derived/access';
import type { Cluster } from '../../derived/clusters';
import { type GuardLists, type Guards, hasGuards, hasGuardsStack, refusingLists } from '../../derived/guards';
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

/** The list of a guard; without a list, or with a guard that only warns, everyone passes. */
function listTold(old: List | undefined, now: List | undefined, act: string): Told {
  if (old === undefined && now === undefined) return ONLY_WARN;
  if (now === undefined) return widens(`Everyone whose role allows it can ${act}: no guard refuses it`);
  if (old === undefined) return narrows(`Only these groups can ${act}, whatever the roles of others allow`);
  return (
    membersTold(
      old,
      now,
      widens(`Groups are added that can ${act}`),
      narrows(`Groups are removed that could ${act}`),
    ) ?? SAME
  );
}

function modeTold(old: Guards['mode'] = 'deny', now: Guards['mode'] = 'deny'): Told {
  if (old === now) return SAME;
  return now === 'warn'
    ? widens('Guards only warn: everyone whose role allows it can do what they refused')
    : narrows('Guards refuse what they only warned of');
}

function escalationTold(old = true, now = true): Told {
  if (old === now) return SAME;
  return now
    ? widens('Containers of everyone can become root by a program with the setuid bit')
    : narrows('The guard of runAsRoot refuses containers that allow privilege escalation');
}

function exemptTold(old: List | undefined, now: List | undefined): Told {
  // Without a list, the service accounts of kube-system pass, and no others.
  const ofOthers = (accounts: List = []) => accounts.filter((account) => !account.startsWith('kube-system/'));
  const areLists = old !== undefined && now !== undefined;
  const [earlier, current] = areLists ? [old, now] : [ofOthers(old), ofOthers(now)];
  const ofKubeSystem =
    now === undefined ? [widens(EVERY_ACCOUNT)] : [narrows('Not every service account of kube-system passes')];
  const ofList = membersTold(
    earlier,
    current,
    widens('More service accounts pass the guards'),
    narrows('Fewer service accounts pass the guards'),
  );
  return together([...(areLists ? [] : ofKubeSystem), ...(ofList === undefined ? [] : [ofList])]) ?? SAME;
}

const EVERY_ACCOUNT = 'Every service account of kube-system passes the guards';
const ONLY_WARN = neutral('The guards only warn, so nobody can do more or less');
const SAME = neutral('The guards of the cluster stay the same: the file says it too');

/**
 * Tells a setting of the guards of the file, for the clusters that take it from the file before and after. What it means
 * for a cluster that has or gets its own is told there.
 */
function ofFile<Value>(
  own: (guards: Settings, name: string) => Value | undefined,
  tell: (old: Value | undefined, now: Value | undefined, areRefusing: readonly [boolean, boolean]) => Told,
): Teller<Value> {
  return (old, now, { before, after, segments }) => {
    const takes = ({ settings: { guards } }: Cluster) =>
      guards === undefined || own(guards, String(segments.at(-1))) === undefined;
    const taking = Object.entries(after.clusters).flatMap(([key, cluster]) => {
      const earlier = before.clusters[key];
      return earlier !== undefined && takes(earlier) && takes(cluster) ? [[earlier, cluster] as const] : [];
    });
    if (taking.length === 0) return neutral('No cluster takes this guard from both files');
    const told = taking.map(([earlier, cluster]) => tell(old, now, [refuses(earlier), refuses(cluster)]));
    return together([...new Map(told.map((each) => [each.what, each])).values()]);
  };
}

function refuses({ guards }: Cluster): boolean {
  return guards.mode === 'deny';
}

/** Tells a list of the file; guards that only warn let everyone pass. */
function listOfFile(act: string, own: (guards: Settings, name: string) => List | undefined): Teller<List> {
  return ofFile(own, (old, now, [didRefuse, doesRefuse]) =>
    listTold(didRefuse ? old : undefined, doesRefuse ? now : undefined, act),
  );
}

/** Tells a setting that means nothing as long as the guards only warn. */
function settingOfFile<Value>(
  own: (guards: Settings) => Value | undefined,
  tell: (old: Value | undefined, now: Value | undefined) => Told,
): Teller<Value> {
  return ofFile(own, (old, now, areRefusing) => (areRefusing.includes(true) ? tell(old, now) : ONLY_WARN));
}

/** Compares what the guards of a cluster are before and after: its own values, or else those of the file. */
function ofCluster<Value>(
  read: (guards: Guards | undefined, name: string) => Value,
  tell: (old: Value, now: Value) => Told,
): Teller<unknown> {
  return (_old, _now, { before, after, segments }) => {
    const [key, name] = [String(segments[1]), String(segments.at(-1))];
    const [old, now] = [before, after].map(({ clusters }) => clusters[key]?.guards);
    if (old?.mode === 'warn' && now?.mode === 'warn') return ONLY_WARN;
    const [earlier, current] = [read(old, name), read(now, name)];
    return JSON.stringify(earlier) === JSON.stringify(current) ? SAME : tell(earlier, current);
  };
}

/** Compares a list of a cluster's guards. */
function listOfCluster(act: string, list: (lists: GuardLists, name: string) => List | undefined): Teller<unknown> {
  return ofCluster(
    (guards, name) => guards && list(refusingLists(guards), name),
    (old, now) => listTold(old, now, act),
  );
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
    secretDeletion: listOfFile(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: listOfFile(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: listOfFile(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: listOfFile(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces?.[name]) },
    mode: ofFile(({ mode }) => mode, modeTold),
    allowPrivilegeEscalation: settingOfFile(({ allowPrivilegeEscalation }) => allowPrivilegeEscalation, escalationTold),
    exemptServiceAccounts: settingOfFile(({ exemptServiceAccounts }) => exemptServiceAccounts, exemptTold),
  },
};

/** Guards of a cluster, which override those of the file one by one. */
export const clusterGuardEffects: EffectsOf<ParsedFile['guards']> = {
  whole: guardsOfOneCluster,
  keys: {
    secretDeletion: listOfCluster(DELETE_SECRETS, ({ secretDeletion }) => secretDeletion),
    runAsRoot: listOfCluster(RUN_AS_ROOT, ({ runAsRoot }) => runAsRoot),
    systemNamespaces: listOfCluster(CHANGE_SYSTEM_NAMESPACES, ({ systemNamespaces }) => systemNamespaces),
    namespaces: { each: listOfCluster(CHANGE_NAMESPACE, ({ namespaces }, name) => namespaces[name]) },
    mode: ofCluster((guards) => guards?.mode, modeTold),
    allowPrivilegeEscalation: ofCluster((guards) => guards?.allowPrivilegeEscalation, escalationTold),
    exemptServiceAccounts: ofCluster((guards) => guards?.exemptServiceAccounts, exemptTold),
  },
};
