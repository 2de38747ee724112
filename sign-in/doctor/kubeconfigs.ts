import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { escaped } from '../../constraints/finding';
import { certificateBlocks } from '../../live/facts/fact-finding';
import { isObject } from '../../model/file/is-object';
import { execArguments } from '../kubeconfig/kubeconfig-user';
import { type KubeloginCall, kubeloginCall } from '../kubeconfig/kubelogin-arguments';
import { readTextFile } from '../kubeconfig/private-file';
import { type KubeconfigList, readKubeconfig } from '../kubeconfig/read-kubeconfig';

type Value = Readonly<Record<string, unknown>>;

/** An entry of a kubeconfig with the file that it is in. */
interface Placed {
  readonly value: Value;
  readonly file: string;
}

/** The kubeconfig files of kubectl as it merges them: where two have an entry of one name, the first one counts. */
export interface Kubeconfigs {
  /** The files that exist. */
  readonly files: readonly string[];
  /** The files that do not exist, which kubectl ignores. */
  readonly missing: readonly string[];
  /** The current context; empty if there is none. */
  readonly current: string;
  readonly contexts: ReadonlyMap<string, Placed>;
  readonly clusters: ReadonlyMap<string, Placed>;
  readonly users: ReadonlyMap<string, Placed>;
}

/** The exec stanza of a user. */
export interface Exec {
  readonly command: string;
  readonly apiVersion: string;
  readonly interactiveMode: string;
  readonly args: readonly string[];
  /** Variables that kubectl adds to the environment of the command. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A context of a kubeconfig, with its cluster and its user. */
export interface KubeconfigContext {
  readonly name: string;
  /** Whether its cluster and its user exist. */
  readonly isComplete: boolean;
  /** The file of the user, from whose folder a relative command counts. */
  readonly file: string;
  /** URL of the API server; undefined if there is none. */
  readonly server: string | undefined;
  readonly proxy: string | undefined;
  /** The name that the certificate of the API server has to be for. @default - the host of the server */
  readonly serverName: string | undefined;
  /** The certificate authority in PEM; undefined if the file names none, and null if it could not be read. */
  readonly authority: string | null | undefined;
  /** The entries as the files have them. */
  readonly cluster: Value;
  readonly user: Value;
  /** Whether kubectl accepts every certificate of the API server. */
  readonly insecure: boolean;
  /** The file of the cluster, from whose folder the path of an authority starts. */
  readonly clusterFile: string;
  readonly exec: Exec | undefined;
  /** The call of kubelogin; undefined if the user signs in in another way. */
  readonly call: KubeloginCall | undefined;
  readonly issuer: string | undefined;
  readonly clientId: string | undefined;
}

/** The files that kubectl reads. @see https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ */
export function kubeconfigFiles(environment: NodeJS.ProcessEnv, given: string | undefined): readonly string[] {
  if (given !== undefined) return [given];
  const named = (environment.KUBECONFIG ?? '').split(delimiter).filter((file) => file !== '');
  return named.length > 0 ? named : [join(environment.HOME ?? homedir(), '.kube', 'config')];
}

/**
 * Reads the kubeconfig files of kubectl.
 * @throws AccessError with line and column for a damaged file.
 */
export function readKubeconfigs(files: readonly string[]): Kubeconfigs {
  const read = files.map((file) => ({ file, text: readTextFile(file) }));
  const found = read.flatMap(({ file, text }) =>
    text === undefined ? [] : [{ file, ...readKubeconfig(text, escaped(file)) }],
  );
  const entries = (list: KubeconfigList): ReadonlyMap<string, Placed> =>
    new Map(
      [...found]
        .reverse()
        .flatMap(({ file, entries }) => [...entries[list]].reverse().map(({ name, value }) => [name, { value, file }])),
    );
  const current = found
    .map(({ data }) => data['current-context'])
    .find((name) => typeof name === 'string' && name !== '');
  return {
    files: found.map(({ file }) => file),
    missing: read.flatMap(({ file, text }) => (text === undefined ? [file] : [])),
    current: typeof current === 'string' ? current : '',
    ...{ contexts: entries('contexts'), clusters: entries('clusters'), users: entries('users') },
  };
}

/** A context with its cluster and its user; undefined if there is no context of this name. */
export function contextOf({ contexts, clusters, users }: Kubeconfigs, name: string): KubeconfigContext | undefined {
  const context = contexts.get(name);
  if (context === undefined) return undefined;
  const none: Placed = { value: {}, file: context.file };
  const cluster = clusters.get(String(context.value.cluster)) ?? none;
  const { value: user, file } = users.get(String(context.value.user)) ?? none;
  const exec = execOf(user);
  const call = kubeloginCall(execArguments(user));
  return {
    isComplete: clusters.has(String(context.value.cluster)) && users.has(String(context.value.user)),
    ...{ name, file, user, exec, call, cluster: cluster.value, clusterFile: cluster.file },
    server: textOf(cluster.value.server),
    proxy: textOf(cluster.value['proxy-url']),
    serverName: textOf(cluster.value['tls-server-name']),
    authority: authorityOf(cluster),
    insecure: cluster.value['insecure-skip-tls-verify'] === true,
    issuer: call?.flags.get('oidc-issuer-url')?.at(-1),
    clientId: call?.flags.get('oidc-client-id')?.at(-1),
  };
}

function execOf({ exec }: Value): Exec | undefined {
  if (!isObject(exec)) return undefined;
  const { command, apiVersion, interactiveMode, env } = exec;
  const variables = (Array.isArray(env) ? env : []).filter(isObject);
  return {
    ...{ command: textOf(command) ?? '', apiVersion: textOf(apiVersion) ?? '' },
    interactiveMode: textOf(interactiveMode) ?? '',
    args: execArguments({ exec }),
    environment: Object.fromEntries(variables.map(({ name, value }) => [String(name), String(value ?? '')])),
  };
}

function authorityOf({ value, file }: Placed): string | null | undefined {
  const { 'certificate-authority-data': data, 'certificate-authority': path } = value;
  if (typeof data === 'string' && data !== '') {
    return pemOrNull(Buffer.from(data, 'base64').toString('utf8'));
  }
  if (typeof path !== 'string' || path === '') return undefined;
  try {
    return pemOrNull(readFileSync(resolve(dirname(file), path), 'utf8'));
  } catch {
    return null;
  }
}

function pemOrNull(text: string): string | null {
  const blocks = certificateBlocks(text);
  return blocks.length === 0 ? null : blocks.join('\n');
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
