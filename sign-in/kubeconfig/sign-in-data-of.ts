import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import type { LiveFacts } from '../../live/facts/live-facts';
import type { Access } from '../../model';
import { isEks } from '../../model/derived/cluster-kinds';
import { signInScopes } from '../../model/derived/sign-in-scopes';
import type { AppData, ClusterData, SignInData } from '../sign-in-data';

/** What a kubeconfig can be built from now. */
export interface KnownSignIn {
  readonly data: SignInData;
  /** Clusters that are left out, because something about them is not known. */
  readonly leftOut: readonly { readonly key: string; readonly missing: readonly string[] }[];
}

export interface SignInQuestion {
  readonly facts: LiveFacts;
  /** Why AWS gave no answer, in a sentence, by the key of the cluster. @default - nobody asked AWS */
  readonly unanswered?: ReadonlyMap<string, string>;
  /** Keys of the clusters. */
  readonly keys: readonly string[];
  /** Whether a person named the clusters, so that none may be left out. */
  readonly named: boolean;
}

/**
 * What a kubeconfig for clusters is built from: the access file, with what only Okta and AWS know.
 * @throws AccessError if something is not known about a named cluster, or about every cluster.
 */
export function signInDataOf(access: Access, question: SignInQuestion): KnownSignIn {
  const { facts, keys, named } = question;
  const missing = keys.flatMap((key) => {
    const unknown = missingFacts(access, facts, key);
    return unknown.length === 0 ? [] : [{ key, missing: unknown }];
  });
  const leftOut = new Set(missing.map(({ key }) => key));
  const complete = keys.filter((key) => !leftOut.has(key));
  if (complete.length === 0 || (named && missing.length > 0))
    throw new AccessError(missingText(access, question, missing));
  const names = new Set(complete.map((key) => access.clusters[key]?.app));
  return {
    data: {
      issuerUrl: facts.issuerUrl?.value as string,
      apps: access.apps.filter(({ name }) => names.has(name)).map((app) => appData(access, facts, app)),
      clusters: complete.map((key) => clusterData(access, facts, key)),
    },
    leftOut: missing,
  };
}

function missingFacts(access: Access, facts: LiveFacts, key: string): readonly string[] {
  const app = access.clusters[key]?.app ?? key;
  return [
    ...(facts.issuerUrl === undefined ? ['issuer'] : []),
    ...(facts.clientIds.has(app) ? [] : [`client ID of the app ${escaped(app)}`]),
    ...(facts.endpoints.has(key) ? [] : ['endpoint']),
    ...(facts.certificateAuthorities.has(key) ? [] : ['certificate authority']),
  ];
}

/** An app to sign in to, without its client ID, which Okta assigns. */
export function appSettings(access: Access, app: Access['apps'][number]): Omit<AppData, 'clientId'> {
  const { redirectPorts, deviceCode } = access.signIn;
  return { name: app.name, scopes: [...signInScopes(access, app)], redirectPorts: [...redirectPorts], deviceCode };
}

function appData(access: Access, facts: LiveFacts, app: Access['apps'][number]): AppData {
  return { ...appSettings(access, app), clientId: facts.clientIds.get(app.name)?.value as string };
}

function clusterData({ clusters }: Access, { endpoints, certificateAuthorities }: LiveFacts, key: string): ClusterData {
  return {
    key,
    app: clusters[key]?.app ?? key,
    endpoint: endpoints.get(key)?.value as string,
    certificateAuthority: certificateAuthorities.get(key)?.value as string,
  };
}

/** As many clusters as a message names. */
const MOST_NAMED = 10;

function missingText(access: Access, { unanswered }: SignInQuestion, missing: KnownSignIn['leftOut']): string {
  const first = missing[0];
  if (first === undefined) return 'There is no cluster to sign in to.';
  const lines = missing.slice(0, MOST_NAMED).map(({ key, missing: facts }) => {
    const why = unanswered?.get(key);
    return `  ${escaped(key)}: ${facts.join(', ')}${why === undefined ? '' : `. ${why}`}`;
  });
  const rest = missing.length - lines.length;
  const { key } = first;
  const app = access.clusters[key]?.app ?? key;
  const flags = [
    first.missing.includes('issuer') ? '--issuer URL' : [],
    first.missing.some((fact) => fact.startsWith('client ID')) ? `--client-id '${escaped(app)}=ID'` : [],
    first.missing.includes('endpoint') ? `--endpoint '${escaped(key)}=URL'` : [],
    first.missing.includes('certificate authority') ? `--certificate-authority '${escaped(key)}=FILE'` : [],
  ].flat();
  const cluster = access.clusters[key];
  const aws = cluster !== undefined && isEks(cluster) ? ', or ask AWS with --aws' : '';
  return `What only Okta and AWS know is missing:\n${lines.join('\n')}${rest > 0 ? `\n  and ${rest} more clusters` : ''}\nGive it with ${flags.join(' ')}, or with --outputs FILE (outputs of the stacks)${aws}.`;
}
