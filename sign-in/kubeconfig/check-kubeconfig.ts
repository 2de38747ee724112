import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { nameList } from '../../constraints/nearest-name';
import { certificatesOf } from '../../live/facts/fact-finding';
import type { SignInData } from '../sign-in-data';
import { contextName, type NamedContext, namedContexts } from './kubeconfig';
import { execArguments, issuerOfUser } from './kubeconfig-user';
import { kubeloginCall } from './kubelogin-arguments';
import { type KubeconfigEntry, type KubeconfigFile, readKubeconfig } from './read-kubeconfig';
import { sameServer, serverText } from './same-server';

/** Something in a context that is no longer right. */
export interface ContextProblem {
  readonly what:
    | 'endpoint'
    | 'certificate authority'
    | 'issuer'
    | 'client ID'
    | 'scopes'
    | 'redirect port'
    | 'device code'
    | 'PKCE'
    | 'interactive mode'
    | 'credentials';
  /** What is wrong, in a sentence. */
  readonly text: string;
}

/** What a check says about a context, or about a cluster without one. */
export interface ContextCheck {
  /** Name of the context; null if the file has none for the cluster. */
  readonly context: string | null;
  /** Key of the cluster; null if the access file does not have it, or if it is not known which one it is. */
  readonly cluster: string | null;
  /**
   * `right`; `wrong`: something is no longer right; `missing`: the file has no context for the cluster; `gone`: the
   * cluster is no longer in the access file; `unknown`: what Okta and AWS know about the cluster was not found.
   */
  readonly state: 'right' | 'wrong' | 'missing' | 'gone' | 'unknown';
  readonly problems: readonly ContextProblem[];
  /** Name of the context that a merge writes instead of a wrong one. @default - the same, or the context is not wrong */
  readonly replacedBy?: string;
}

/** The check of a kubeconfig. */
export interface KubeconfigCheck {
  readonly contexts: readonly ContextCheck[];
  /** Contexts that do not sign in through this Okta organization; they are not judged. */
  readonly others: readonly string[];
}

export interface CheckedSignIn {
  /** What is known about the clusters. */
  readonly data: SignInData;
  /** The format of the names of contexts. @default '{cluster}' */
  readonly contextFormat?: string;
  /** Clusters about which something is not known. */
  readonly leftOut: readonly { readonly key: string; readonly missing: readonly string[] }[];
  /** Every cluster of the access file; contexts for those that are not asked for are no problem. */
  readonly allClusters: readonly { readonly key: string; readonly app: string }[];
}

/**
 * Compares a kubeconfig with what a sign-in needs now.
 * @param file the file, whose folder relative paths start from.
 * @throws AccessError with line and column for a damaged file.
 */
export function checkKubeconfig(text: string, file: string, signIn: CheckedSignIn): KubeconfigCheck {
  const kubeconfig = readKubeconfig(text, file);
  const { data, leftOut, allClusters, contextFormat } = signIn;
  const expected = namedContexts(data, contextFormat);
  const keys = new Map(
    allClusters.map((cluster) => [contextName(contextFormat, cluster, data.issuerUrl), cluster.key]),
  );
  const unknown = new Map(leftOut.map(({ key, missing }) => [key, missing]));
  const isLimited = allClusters.length > expected.length + leftOut.length;
  const contexts: ContextCheck[] = [];
  const others: string[] = [];
  for (const context of kubeconfig.entries.contexts) {
    const parts = partsOf(kubeconfig, context);
    const match =
      expected.find(({ name }) => name === context.name) ??
      expected.find(({ cluster }) => sameServer(parts.cluster.server, cluster.endpoint));
    const issuer = issuerOfUser(parts.user);
    if (issuer === undefined || (issuer !== data.issuerUrl && match === undefined)) others.push(context.name);
    else if (match !== undefined) contexts.push(compared(context.name, parts, match, data.issuerUrl, file));
    else {
      const key = keys.get(context.name);
      const missing = unknown.get(key ?? '');
      if (missing !== undefined) contexts.push(notKnown(context.name, key ?? null, missing));
      // Under a name of its own, it can be for a cluster whose server is not known, or that nobody asked for.
      else if (key === undefined && leftOut.length > 0) contexts.push(notRecognized(context.name, [...unknown.keys()]));
      else if (key === undefined && !isLimited)
        contexts.push({ context: context.name, cluster: null, state: 'gone', problems: [] });
    }
  }
  const found = new Set(contexts.map(({ cluster }) => cluster));
  return {
    contexts: [
      ...contexts,
      ...expected
        .filter(({ cluster }) => !found.has(cluster.key))
        .map(({ cluster }): ContextCheck => ({ context: null, cluster: cluster.key, state: 'missing', problems: [] })),
      ...leftOut.filter(({ key }) => !found.has(key)).map(({ key, missing }) => notKnown(null, key, missing)),
    ],
    others,
  };
}

/** The cluster and the user of a context, as the file has them. */
export interface Parts {
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly user: Readonly<Record<string, unknown>>;
}

function partsOf({ entries }: KubeconfigFile, { value }: KubeconfigEntry): Parts {
  const find = (list: readonly KubeconfigEntry[], name: unknown) =>
    list.find((entry) => entry.name === name)?.value ?? {};
  return { cluster: find(entries.clusters, value.cluster), user: find(entries.users, value.user) };
}

function notKnown(context: string | null, cluster: string | null, missing: readonly string[]): ContextCheck {
  const text = `Could not check: not known ${missing.length === 1 ? 'is' : 'are'} the ${missing.join(', the ')}.`;
  return { context, cluster, state: 'unknown', problems: [{ what: 'endpoint', text }] };
}

function notRecognized(context: string, keys: readonly string[]): ContextCheck {
  const text = `Could not check: it can be for a cluster of which not everything is known: ${nameList(keys)}.`;
  return { context, cluster: null, state: 'unknown', problems: [{ what: 'endpoint', text }] };
}

function compared(
  context: string,
  parts: Parts,
  expected: NamedContext,
  issuerUrl: string,
  file: string,
): ContextCheck {
  const problems = contextProblems(parts, expected, issuerUrl, file);
  const { name, cluster } = expected;
  if (problems.length === 0) return { context, cluster: cluster.key, state: 'right', problems };
  return { context, cluster: cluster.key, state: 'wrong', problems, ...(name !== context && { replacedBy: name }) };
}

/**
 * What is wrong with the cluster and the user of a context.
 * @param file the file of the cluster, whose folder relative paths start from.
 */
export function contextProblems(
  { cluster, user }: Parts,
  expected: Pick<NamedContext, 'cluster' | 'app'>,
  issuerUrl: string,
  file: string,
): readonly ContextProblem[] {
  return [...clusterProblems(cluster, expected, file), ...userProblems(user, expected, issuerUrl)];
}

function clusterProblems(
  cluster: Parts['cluster'],
  { cluster: { endpoint, certificateAuthority } }: Pick<NamedContext, 'cluster'>,
  file: string,
): readonly ContextProblem[] {
  return [
    ...(sameServer(cluster.server, endpoint)
      ? []
      : [
          {
            what: 'endpoint' as const,
            text: `The server is ${serverText(cluster.server)}, and should be ${endpoint}.`,
          },
        ]),
    ...certificateProblems(cluster, certificateAuthority, file).map((text) => ({
      what: 'certificate authority' as const,
      text,
    })),
  ];
}

/** While EKS rotates a certificate authority, there are several, and the API server can use each of them. */
function certificateProblems(cluster: Parts['cluster'], expected: string | null, file: string): readonly string[] {
  if (cluster['insecure-skip-tls-verify'] === true) return ['insecure-skip-tls-verify accepts every server.'];
  const has = certificatesIn(cluster, file);
  if (typeof has === 'string') return [has];
  const needs = fingerprints(Buffer.from(expected ?? '', 'base64').toString('utf8'));
  const lacking = [...needs].filter((print) => !has.has(print)).length;
  const stale = [...has].filter((print) => !needs.has(print)).length;
  if (needs.size > 0 && has.size === 0) return ['There is no certificate authority.'];
  return [
    ...(lacking > 0 && lacking === needs.size ? ['It is that of another API server, or from before a rotation.'] : []),
    ...(lacking > 0 && lacking < needs.size
      ? [
          `${lacking} of ${needs.size} certificates are missing: a rotation is under way, and sign-in will fail after it.`,
        ]
      : []),
    ...(stale > 0 && lacking < needs.size
      ? [`${stale} of ${has.size} certificates are no longer those of the cluster.`]
      : []),
    ...(stale > 0 && needs.size === 0
      ? ['The cluster has a public certificate authority, and the file names another one.']
      : []),
  ];
}

/** The certificates of a cluster entry, or what is wrong with them. */
function certificatesIn(cluster: Parts['cluster'], file: string): ReadonlySet<string> | string {
  const { 'certificate-authority-data': data, 'certificate-authority': path } = cluster;
  try {
    if (typeof data === 'string' && data !== '') return fingerprints(Buffer.from(data, 'base64').toString('utf8'));
    if (typeof path !== 'string' || path === '') return new Set();
    return fingerprints(readFileSync(resolve(dirname(file), path), 'utf8'));
  } catch {
    return 'It could not be read.';
  }
}

function fingerprints(pem: string): ReadonlySet<string> {
  return new Set(certificatesOf(pem).map(({ fingerprint256 }) => fingerprint256));
}

/** What kubectl uses instead of the exec stanza if it is there. */
const BEFORE_EXEC = ['token', 'tokenFile', 'username', 'client-certificate', 'client-certificate-data'] as const;

function userProblems(
  user: Parts['user'],
  { app }: Pick<NamedContext, 'app'>,
  issuerUrl: string,
): readonly ContextProblem[] {
  const flags = kubeloginCall(execArguments(user))?.flags ?? new Map<string, readonly string[]>();
  const last = (flag: string) => flags.get(flag)?.at(-1);
  const problems: ContextProblem[] = [];
  const expect = (what: ContextProblem['what'], is: string, should: string, right = is === should) => {
    if (!right) problems.push({ what, text: `It is ${is}, and should be ${should}.` });
  };
  const issuer = last('oidc-issuer-url');
  expect('issuer', serverText(issuer), issuerUrl, issuer === issuerUrl);
  expect('client ID', last('oidc-client-id') ?? 'missing', app.clientId);
  const scopes = (flags.get('oidc-extra-scope') ?? []).filter((scope) => scope !== 'openid');
  expect('scopes', scopeText(scopes), scopeText(app.scopes));
  if (last('grant-type') === 'device-code') {
    if (!app.deviceCode) problems.push({ what: 'device code', text: 'The app does not allow it.' });
  } else {
    const ports = (flags.get('listen-address') ?? ['127.0.0.1:8000', '127.0.0.1:18000']).map((address) =>
      Number(address.split(':').at(-1)),
    );
    const wrong = ports.filter((port) => !app.redirectPorts.includes(port));
    if (wrong.length > 0) {
      const text = `Okta does not send people back to ${wrong.join(' and ')}, but to ${app.redirectPorts.join(' and ')}.`;
      problems.push({ what: 'redirect port', text });
    }
  }
  if (last('oidc-pkce-method') === 'no') {
    problems.push({ what: 'PKCE', text: 'It is off (--oidc-pkce-method=no), and Okta refuses the sign-in.' });
  }
  if (flags.has('oidc-use-access-token') && last('oidc-use-access-token') !== 'false') {
    const text = 'kubectl sends the access token (--oidc-use-access-token), which is not for the API server.';
    problems.push({ what: 'credentials', text });
  }
  const { exec } = user as { readonly exec?: Readonly<Record<string, unknown>> };
  if (exec?.apiVersion === 'client.authentication.k8s.io/v1' && !exec.interactiveMode) {
    problems.push({ what: 'interactive mode', text: 'It is missing, and kubectl refuses the file.' });
  }
  const before = BEFORE_EXEC.filter((key) => user[key] !== undefined && user[key] !== '');
  if (before.length > 0) {
    problems.push({ what: 'credentials', text: `kubectl uses ${before.join(' and ')} instead of signing in.` });
  }
  return problems;
}

function scopeText(scopes: readonly string[]): string {
  return scopes.length === 0 ? 'none' : [...new Set(scopes)].sort().join(' ');
}
