import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import type { ExecStanza, Kubeconfig } from './kubeconfig';
import { execArguments, issuerOfUser, issuersOf } from './kubeconfig-user';
import { kubeloginCall } from './kubelogin-arguments';
import type { KubeconfigEntry, KubeconfigFile, KubeconfigList } from './read-kubeconfig';
import { sameServer, serverText } from './same-server';
import type { Plain } from './yaml-text';

/** What the merge does with an entry. */
export interface Decision {
  readonly list: KubeconfigList;
  readonly name: string;
  /** What the entry is set to; keys that are not there stay. */
  readonly value: Readonly<Record<string, Plain | undefined>>;
  readonly existing: KubeconfigEntry | undefined;
  /** Why the entry is somebody else's, in words; undefined if it may be changed. */
  readonly conflict: string | undefined;
}

/**
 * What a merge does with each entry. An entry is ours if its context signs in with kubelogin at the same issuer.
 * @param name the name of the file, for messages.
 * @throws AccessError for a name that the file has twice.
 */
export function decisionsFor(file: KubeconfigFile, name: string, kubeconfig: Kubeconfig): readonly Decision[] {
  const { entries } = file;
  const find = {
    clusters: finder(entries.clusters, 'clusters', name),
    users: finder(entries.users, 'users', name),
    contexts: finder(entries.contexts, 'contexts', name),
  };
  const issuers = issuersOf(kubeconfig);
  /** Whether a context of the file signs in at our issuer. */
  const isOurs = (context: KubeconfigEntry | undefined) => {
    const user = typeof context?.value.user === 'string' ? find.users(context.value.user) : undefined;
    return user !== undefined && issuers.has(issuerOfUser(user.value) ?? '');
  };
  return [
    ...kubeconfig.clusters.map((cluster): Decision => {
      const existing = find.clusters(cluster.name);
      const context = find.contexts(cluster.name);
      const mayChange =
        existing === undefined ||
        sameServer(existing.value.server, cluster.cluster.server) ||
        (context?.value.cluster === cluster.name && isOurs(context));
      return {
        list: 'clusters',
        name: cluster.name,
        value: clusterValue(cluster.cluster, existing),
        existing,
        conflict: mayChange
          ? undefined
          : `cluster ${escaped(cluster.name)}: its server is ${serverText(existing?.value.server)}, not ${cluster.cluster.server}`,
      };
    }),
    ...kubeconfig.users.map((user): Decision => {
      const existing = find.users(user.name);
      const issuer = existing === undefined ? undefined : issuerOfUser(existing.value);
      const mayChange = existing === undefined || issuers.has(issuer ?? '');
      return {
        list: 'users',
        name: user.name,
        value: { exec: execValue(user.user.exec, existing) },
        existing,
        conflict: mayChange
          ? undefined
          : `user ${escaped(user.name)}: it ${issuer === undefined ? 'does not sign in with kubelogin' : `signs in at ${serverText(issuer)}`}`,
      };
    }),
    ...kubeconfig.contexts.map((context): Decision => {
      const existing = find.contexts(context.name);
      const { value } = existing ?? {};
      const mayChange =
        existing === undefined ||
        (value?.cluster === context.context.cluster && value?.user === context.context.user) ||
        isOurs(existing);
      return {
        list: 'contexts',
        name: context.name,
        value: context.context,
        existing,
        conflict: mayChange
          ? undefined
          : `context ${escaped(context.name)}: it is the cluster ${shownText(value?.cluster)} with the user ${shownText(value?.user)}`,
      };
    }),
  ];
}

/** Finds entries by name; fails for a name that is there twice, because kubectl reads no such file. */
function finder(entries: readonly KubeconfigEntry[], list: KubeconfigList, file: string) {
  const byName = new Map<string, KubeconfigEntry[]>();
  for (const entry of entries) byName.set(entry.name, [...(byName.get(entry.name) ?? []), entry]);
  return (name: string): KubeconfigEntry | undefined => {
    const [entry, twin] = byName.get(name) ?? [];
    if (twin === undefined) return entry;
    throw new AccessError(
      `${file} has two ${list} with the name ${escaped(name)}, in the lines ${entry?.line} and ${twin.line}. kubectl does not read such a file. Delete one of them. Nothing was changed.`,
    );
  };
}

/** The values of a cluster. What would contradict them is set to the value that says nothing. */
function clusterValue(
  { server, 'certificate-authority-data': certificateAuthority }: Kubeconfig['clusters'][number]['cluster'],
  existing: KubeconfigEntry | undefined,
): Decision['value'] {
  const had = existing?.value ?? {};
  return {
    // `https://a` and `https://a/` are one server.
    server: sameServer(had.server, server) ? (had.server as string) : server,
    'certificate-authority-data':
      certificateAuthority ?? (had['certificate-authority-data'] === undefined ? undefined : ''),
    'insecure-skip-tls-verify': had['insecure-skip-tls-verify'] === true ? false : undefined,
  };
}

/** The exec stanza, with the arguments that the user of the file has added, such as `--browser-command`, in their places. */
function execValue(stanza: ExecStanza, existing: KubeconfigEntry | undefined): Plain {
  const args = [...stanza.args];
  const own = existing === undefined ? [] : (kubeloginCall(execArguments(existing.value))?.own ?? []);
  // From the end, so that several behind one word stay in order.
  for (const { behind, words } of [...own].reverse()) {
    const flag = `${behind.split('=')[0]}=`;
    const same = args.indexOf(behind);
    const place = same >= 0 ? same : args.findLastIndex((argument) => argument.startsWith(flag));
    args.splice(place < 0 ? args.length : place + 1, 0, ...words);
  }
  return { ...stanza, args };
}

function shownText(value: unknown): string {
  return typeof value === 'string' && value !== '' ? escaped(value) : 'nothing';
}
