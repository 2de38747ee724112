import { idTokenVerifier } from '../../authentication/id-token';
import { UnauthorizedError } from '../../authentication/unauthorized-error';
import { type ApiUser, userOfClaims } from '../../authentication/user-of-claims';
import { withoutTokens } from '../../constraints/without-tokens';
import type { LiveFacts } from '../../live/facts/live-facts';
import type { Access, Cluster } from '../../model';
import { signInScopes } from '../../model/derived/sign-in-scopes';
import { isObject } from '../../model/file/is-object';
import { type Explanation, explainGroup } from '../../model/review/explain';
import { clusterAuthentication } from '../cluster-authentication';
import { claimMeaning, headerMeaning, TIME_CLAIMS } from './claim-meaning';
import { nearestMisses } from './nearest-miss';
import { refusalFix } from './refusal';
import type { CheckedSignature } from './signature';

/** A parameter of the header, or a claim. */
export interface TokenPart {
  readonly name: string;
  readonly value: unknown;
  /** What it is; empty if it is a claim that Kubernetes does not read. */
  readonly meaning: string;
  /** The time that it is, in ISO 8601; only for times. */
  readonly time?: string;
}

/** What a token says, and what each cluster makes of it. */
export interface TokenExplanation {
  /** When it was explained, in ISO 8601. */
  readonly at: string;
  readonly header: readonly TokenPart[];
  readonly claims: readonly TokenPart[];
  readonly signature: Pick<CheckedSignature, 'state' | 'because'>;
  readonly clusters: readonly ClusterAnswer[];
}

/** What a cluster makes of a token. */
export interface ClusterAnswer {
  readonly cluster: string;
  /** Whether its API server accepts the token; null if that could not be checked. */
  readonly accepted: boolean | null;
  /** Why: the message of the API server, or what could not be checked. */
  readonly because: string;
  /** What to do about it; null if there is nothing to do. */
  readonly fix: string | null;
  /** Who the person is in Kubernetes; null if the token is refused. */
  readonly user: ApiUser | null;
  /** What the access file gives the person there. */
  readonly roles: readonly Explanation[];
  /** Groups of the token that are almost a group with a grant, and why the person has no role, in sentences. */
  readonly hints: readonly string[];
}

export interface ExplainTokenProps {
  readonly token: string;
  readonly access: Access;
  /** The clusters to ask. */
  readonly clusters: readonly Cluster[];
  readonly facts: LiveFacts;
  readonly signature: CheckedSignature;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Explains a token: what is in it, whether each cluster accepts it, and what the person may do there. */
export async function explainToken(props: ExplainTokenProps): Promise<TokenExplanation> {
  const { token, access, clusters, signature, now } = props;
  const [header, claims] = token.split('.').map(objectIn) as [JsonObject, JsonObject];
  const configs = clusters.map((cluster) => clusterAuthentication(access, cluster, NO_FACTS));
  return {
    at: new Date(now).toISOString(),
    header: partsOf(header, headerMeaning),
    claims: partsOf(claims, (name) => claimMeaning(name, configs)),
    signature: { state: signature.state, because: signature.because },
    clusters: await Promise.all(clusters.map((cluster) => clusterAnswer(cluster, claims, props))),
  };
}

type JsonObject = Readonly<Record<string, unknown>>;

const NO_FACTS = { issuerUrl: '', clientId: '' };

/** The object in a part of a token, to be shown; empty if there is none. */
function objectIn(part: string): JsonObject {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function partsOf(object: JsonObject, meaningOf: (name: string) => string): readonly TokenPart[] {
  return Object.entries(object).map(([name, value]) => {
    const time = TIME_CLAIMS.includes(name) ? timeOf(value) : undefined;
    return { name, value: shownValue(value), meaning: meaningOf(name), ...(time !== undefined && { time }) };
  });
}

/** A value without the tokens in it: one that is shown could be used. */
function shownValue(value: unknown): unknown {
  try {
    return JSON.parse(withoutTokens(JSON.stringify(value)));
  } catch {
    return '(too many levels to show)';
  }
}

function timeOf(value: unknown): string | undefined {
  const date = new Date(Number(value) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

async function clusterAnswer(
  cluster: Cluster,
  claims: JsonObject,
  { token, access, facts, signature, now }: ExplainTokenProps,
): Promise<ClusterAnswer> {
  const { key, app } = cluster;
  const issuerUrl = facts.issuerUrl?.value;
  const clientId = facts.clientIds.get(app)?.value;
  // What is not known is taken from the token, so that everything else is checked all the same.
  const config = clusterAuthentication(access, cluster, {
    issuerUrl: issuerUrl ?? String(claims.iss),
    clientId: clientId ?? String([claims.aud].flat()[0]),
  });
  const unchecked = [
    ...(issuerUrl === undefined ? ['the issuer that the cluster trusts is not known'] : []),
    ...(clientId === undefined ? [`the client ID of the app ${app} is not known`] : []),
    ...(signature.state === 'not checked' ? ['the signature is not checked'] : []),
  ];
  const common = { cluster: key };
  try {
    const verify = idTokenVerifier(config, signature.keys, () => now);
    const user = userOfClaims(await verify(token), config);
    const roles = rolesOf(access, cluster, user);
    return {
      ...common,
      accepted: unchecked.length === 0 ? true : null,
      because: unchecked.length === 0 ? '' : `Could not check: ${unchecked.join(', ')}. Everything else fits.`,
      fix: unchecked.length === 0 ? null : fixOfUnknown(issuerUrl, clientId),
      ...{ user, roles },
      hints: hintsOf(access, cluster, { claims, user, roles }),
    };
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    const apps = new Map([...facts.clientIds].map(([name, { value }]) => [value, name]));
    const scopes = signInScopes(access, { clusters: [key] });
    return {
      ...common,
      accepted: false,
      because: error.message,
      fix: refusalFix(error.message, { claims, config, apps, scopes }),
      ...{ user: null, roles: [], hints: [] },
    };
  }
}

function fixOfUnknown(issuerUrl: string | undefined, clientId: string | undefined): string {
  const missing = [
    ...(issuerUrl === undefined ? ['--issuer'] : []),
    ...(clientId === undefined ? ['--client-id'] : []),
  ];
  return missing.length === 0
    ? 'Run it where the issuer can be reached, or save its key set and use --jwks.'
    : `Add --outputs, --aws, or ${missing.join(' and ')}.`;
}

/** What the access file gives a user on a cluster. */
function rolesOf(access: Access, { key, identityProvider }: Cluster, { groups }: ApiUser): readonly Explanation[] {
  const { groups: prefix } = identityProvider.prefix;
  return Object.keys(access.groups)
    .filter((group) => groups.includes(`${prefix}${group}`))
    .flatMap((group) => explainGroup(access, group).filter(({ cluster }) => cluster === key));
}

interface Answered {
  readonly claims: JsonObject;
  readonly user: ApiUser;
  readonly roles: readonly Explanation[];
}

function hintsOf(access: Access, cluster: Cluster, { claims, user, roles }: Answered): readonly string[] {
  const { name } = access.groupsClaim;
  const { groups: prefix } = cluster.identityProvider.prefix;
  const raw = user.groups.map((group) => group.slice(prefix.length));
  const misses = nearestMisses(access, cluster, raw);
  if (roles.length > 0 || misses.length > 0) return misses;
  if (claims[name] === undefined) {
    const names = Object.keys(claims).join(', ');
    return [
      `The token has no claim '${name}', so the person is in no group. Okta leaves the claim out if no group of the person fits the filter, and the claims of the token are: ${names}. Run token preview to see why.`,
    ];
  }
  return [
    `No group of the token has a grant on this cluster: ${raw.length === 0 ? 'it has no groups' : raw.join(', ')}.`,
  ];
}
