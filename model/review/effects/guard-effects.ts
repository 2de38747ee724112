import type { Access } from '../../derived/access';
import { type GuardLists, type Guards, refusingLists } from '../../derived/guards';
import type { ParsedFile } from '../../file/parsed-file';
import { type EffectsOf, membersTold, narrows, neutral, type Teller, type Told, together, widens } from './effect';

type List = readonly string[];

/** The list of a guard; without a list, or with a guard that only warns, everyone passes. */
function listTold(old: List | undefined, now: List | undefined, act: string): Told {
  if (old === undefined && now === undefined) return ONLY_WARN;
  if (now === undefined) return widens(`Everyone whose role allows it can ${act}: no guard refuses it`);
  if (old === undefined) return narrows(`Only these groups can ${act}, whatever the roles of others allow`);
  return membersTold(old, now, widens(`More groups can ${act}`), narrows(`Fewer groups can ${act}`)) ?? SAME;
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

type GuardValues = ParsedFile['guards'];

/** Tells a list of the file, as the clusters have it that do not override it. */
function listOfFile(act: string): Teller<List> {
  return (old, now, { before, after }) =>
    listTold(refusesAnything(before) ? old : undefined, refusesAnything(after) ? now : undefined, act);
}

/** Tells a setting that means nothing as long as the guards only warn. */
function ofFile<Value>(tell: (old: Value | undefined, now: Value | undefined) => Told): Teller<Value> {
  return (old, now, { before, after }) =>
    refusesAnything(before) || refusesAnything(after) ? tell(old, now) : ONLY_WARN;
}

function refusesAnything({ clusters }: Access): boolean {
  return Object.values(clusters).some(({ guards }) => guards.mode === 'deny');
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

/** Guards of the file, for the clusters without their own. */
export const GUARDS_EFFECTS: EffectsOf<GuardValues> = {
  keys: {
    secretDeletion: listOfFile(DELETE_SECRETS),
    runAsRoot: listOfFile(RUN_AS_ROOT),
    systemNamespaces: listOfFile(CHANGE_SYSTEM_NAMESPACES),
    namespaces: { each: listOfFile(CHANGE_NAMESPACE) },
    mode: modeTold,
    allowPrivilegeEscalation: ofFile(escalationTold),
    exemptServiceAccounts: ofFile(exemptTold),
  },
};

/** Guards of a cluster, which override those of the file one by one. */
export const clusterGuardEffects: EffectsOf<GuardValues | undefined> = {
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
