import { idTokenVerifier } from '../../../authentication/id-token';
import { UnauthorizedError } from '../../../authentication/unauthorized-error';
import { type ApiUser, userOfClaims } from '../../../authentication/user-of-claims';
import { escaped, plain } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { loginKey } from '../../../constraints/okta/login';
import type { Cluster, Grant } from '../../../model';
import { signInScopes } from '../../../model/derived/sign-in-scopes';
import { NEW_KUBECONFIG } from '../../symptoms';
import { nearestMisses } from '../../token/nearest-miss';
import { refusalFix } from '../../token/refusal';
import { couldNotCheck, type DoctorCheck, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import type { TokenInUse } from '../token-in-use';

const SIGN_IN_AGAIN = 'Run `kubectl oidc-login clean`, and sign in again.';
const tokenFound: DoctorCheck = {
  name: 'token-found',
  link: 'token',
  level: 'own',
  title: 'There is an ID token: of a new sign-in, or in the cache of kubelogin.',
  fix: SIGN_IN_AGAIN,
  async look({ tokens, machine }) {
    const { from, claims, refreshes } = await tokens.token();
    const minutes = Math.floor((machine.now() / 1000 - Number(claims.iat)) / 60);
    const left = Number(claims.exp) * 1000 - machine.now();
    const age = Number.isFinite(minutes) ? `, ${minutes} minutes old` : '';
    const expired =
      left > 0 ? '' : `; it has expired, and kubelogin ${refreshes ? 'refreshes' : 'replaces'} it at the next command`;
    return ok(`from ${from}${age}${expired}`);
  },
};

const tokenPerson: DoctorCheck = {
  name: 'token-person',
  link: 'token',
  level: 'own',
  title: 'The token is for the person of `--login`.',
  fix: `Sign out of Okta in the browser. ${SIGN_IN_AGAIN}`,
  appliesTo: ({ login }) => login !== undefined,
  async look({ tokens, login = '' }) {
    const { claims } = await tokens.token();
    const names = [claims.preferred_username, claims.email].filter((name) => typeof name === 'string');
    if (names.length === 0) return couldNotCheck('The token has neither a login nor an e-mail address.');
    return names.some((name) => loginKey(name) === loginKey(login))
      ? ok(escaped(login))
      : problem(`The token is for ${nameList(names)}, and not for ${escaped(login)}.`);
  },
};

const tokenIssuer: DoctorCheck = {
  name: 'token-issuer',
  link: 'token',
  level: 'own',
  title: 'The token is of the issuer that the cluster trusts (`iss`), letter by letter.',
  fix: NEW_KUBECONFIG,
  symptoms: ['token-refused'],
  async look(context) {
    const { claims } = await context.tokens.token();
    const { issuerUrl } = await context.authentication();
    return claims.iss === issuerUrl
      ? ok(escaped(issuerUrl))
      : problem(`The token has ${shownClaim(claims.iss)}, and the cluster trusts ${escaped(issuerUrl)}.`);
  },
};

const tokenAudience: DoctorCheck = {
  name: 'token-audience',
  link: 'token',
  level: 'own',
  title: 'The token is for the app that the cluster trusts (`aud` is its client ID).',
  fix: NEW_KUBECONFIG,
  symptoms: ['token-refused'],
  async look(context) {
    const { claims } = await context.tokens.token();
    const { clientId } = await context.authentication();
    const audiences = [claims.aud].flat();
    if (audiences.includes(clientId)) return ok(escaped(clientId));
    const apps = [...(await context.expected()).clientIds].filter(([, { value }]) => audiences.includes(value));
    const app = apps.length === 0 ? '' : `, the app ${escaped(apps[0]?.[0] ?? '')}`;
    return problem(`The token is for ${shownClaim(claims.aud)}${app}, and the cluster trusts ${escaped(clientId)}.`);
  },
};

const tokenUserName: DoctorCheck = {
  name: 'token-user-name',
  link: 'token',
  level: 'own',
  title: 'The token has the claim of the user name, and an e-mail address in it is not unverified.',
  fix: 'Request the scope of the claim (`--oidc-extra-scope=email` for the e-mail address), and verify the address in Okta.',
  symptoms: ['token-refused'],
  async look(context) {
    const { claims } = await context.tokens.token();
    const { usernameClaim, usernamePrefix } = await context.authentication();
    const value = claims[usernameClaim];
    if (value === undefined) {
      return problem(
        `The token has no claim ${escaped(usernameClaim)}. It has ${nameList(Object.keys(claims))}.`,
        ['email', 'name', 'preferred_username'].includes(usernameClaim)
          ? `Request the scope ${usernameClaim === 'email' ? 'email' : 'profile'}: ${NEW_KUBECONFIG}`
          : `Make the claim ${usernameClaim} on the authorization server (\`claims\` in the access file), and include it in ID tokens.`,
      );
    }
    if (typeof value !== 'string') return problem(`The claim ${escaped(usernameClaim)} is no text.`);
    if (usernameClaim === 'email' && claims.email_verified !== undefined && claims.email_verified !== true) {
      return problem(
        `The address ${escaped(value)} is not verified (email_verified is ${shownClaim(claims.email_verified)}).`,
        'Verify the address in Okta, or use another user name claim: `identityProvider.usernameClaim`.',
      );
    }
    return ok(`${escaped(usernamePrefix)}${escaped(value)}`);
  },
};

const tokenRequiredClaims: DoctorCheck = {
  name: 'token-required-claims',
  link: 'token',
  level: 'own',
  title: 'The token has every claim that the cluster requires, with its exact value.',
  fix: 'Give the person the value that `identityProvider.requiredClaims` of the access file wants, and include the claim in ID tokens.',
  symptoms: ['token-refused'],
  async look(context) {
    const { claims } = await context.tokens.token();
    const { requiredClaims } = await context.authentication();
    const wrong = Object.entries(requiredClaims).filter(([name, value]) => claims[name] !== value);
    if (wrong.length === 0) {
      const names = Object.keys(requiredClaims);
      return ok(names.length === 0 ? 'the cluster requires none' : nameList(names));
    }
    const lines = wrong.map(([name, value]) =>
      claims[name] === undefined
        ? `The token has no claim ${escaped(name)}; the cluster requires '${escaped(value)}'.`
        : `The claim ${escaped(name)} is ${shownClaim(claims[name])}; the cluster requires '${escaped(value)}'.`,
    );
    return problem(lines.join(' '));
  },
};

/** As many groups as Okta puts into a token. @see https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/ */
const MOST_GROUPS = 100;

const tokenGroups: DoctorCheck = {
  name: 'token-groups',
  link: 'token',
  level: 'own',
  title: 'The token has the groups claim, as a list of texts, with at most 100 groups.',
  fix: 'Put the person into a group of the cluster; then run `kubectl oidc-login clean`, and sign in again. `eks-access token preview --login LOGIN` says which groups the claim leaves out.',
  symptoms: ['forbidden'],
  async look(context) {
    const { claims } = await context.tokens.token();
    const { name } = context.access.groupsClaim;
    const value = claims[name];
    if (value === undefined) {
      return problem(
        `The token has no claim ${escaped(name)}, so the person is in no group. Okta leaves it out if no group of the person fits its filter. The token has ${nameList(Object.keys(claims))}.`,
      );
    }
    const groups = [value].flat();
    if (!groups.every((group) => typeof group === 'string')) {
      return problem(
        `The claim ${escaped(name)} is no list of texts.`,
        'Make it a claim of type Groups on the authorization server.',
      );
    }
    if (groups.length === 0) return problem(`The claim ${escaped(name)} is empty.`);
    if (groups.length >= MOST_GROUPS) {
      return problem(
        `The claim ${escaped(name)} has ${groups.length} groups, and Okta gives at most ${MOST_GROUPS}: one of the cluster can be missing.`,
        'Narrow `groupsClaim` of the access file, so that it includes only groups of clusters.',
      );
    }
    return ok(nameList(groups));
  },
};

const tokenGrantedGroup: DoctorCheck = {
  name: 'token-granted-group',
  link: 'token',
  level: 'own',
  title: 'A group of the token has a grant on the cluster, with the same letters: Kubernetes compares with case.',
  fix: 'Put the person into a group of the cluster; then run `kubectl oidc-login clean`, and sign in again.',
  symptoms: ['forbidden'],
  async look(context) {
    const groups = groupsOf(await context.tokens.token(), context);
    const { access, cluster } = context;
    const granted = grantedGroups(context);
    const own = groups.filter((group) => granted.includes(group));
    if (own.length > 0) return ok(nameList(own));
    if (groups.length === 0) return couldNotCheck('The token has no groups (see token-groups).');
    const [miss] = nearestMisses(access, cluster, groups);
    if (miss !== undefined) {
      return problem(
        miss,
        'Write one name for the group in Okta and in the access file, with the same letters, and deploy the stacks.',
      );
    }
    const expired = access.expired.find(
      ({ grant }) => grant !== undefined && isOn(grant, cluster) && groups.includes(grant.group),
    );
    if (expired !== undefined) {
      return problem(
        `The ${expired.what} ended on ${expired.expires} (${expired.path}).`,
        'If it should go on, set a later day in the access file, and deploy the stacks.',
      );
    }
    return problem(
      `The token has ${nameList(groups)}, and the cluster ${escaped(cluster.key)} gives roles to ${nameList(granted)}.`,
    );
  },
};

const tokenAccepted: DoctorCheck = {
  name: 'token-accepted',
  link: 'token',
  level: 'own',
  title:
    'An API server with the settings of the access file accepts the token: its signature, its times, and its claims.',
  fix: SIGN_IN_AGAIN,
  symptoms: ['token-refused'],
  async look(context) {
    const user = await tokenUser(context);
    if (typeof user !== 'string') return ok(`user ${escaped(user.name)}, groups ${nameList(user.groups) || 'none'}`);
    const { claims } = await context.tokens.token();
    const config = await context.authentication();
    const apps = new Map([...(await context.expected()).clientIds].map(([name, { value }]) => [value, name]));
    const scopes = signInScopes(context.access, { clusters: [context.cluster.key] });
    return problem(escaped(user), refusalFix(user, { claims, config, apps, scopes }));
  },
};

/**
 * Who the person is for an API server with the settings of the access file, or its message if it refuses the token.
 * kubelogin replaces a token that has expired; everything else about it is checked all the same.
 * @throws CouldNotCheck without a token, settings, or keys
 */
export async function tokenUser(context: DoctorContext): Promise<ApiUser | string> {
  const { token, claims } = await context.tokens.token();
  const config = await context.authentication();
  const keys = await context.issuer.keys();
  const expires = Number(claims.exp) * 1000;
  const now = context.machine.now();
  try {
    const verify = idTokenVerifier(config, keys, () => (expires <= now ? expires - 1000 : now));
    return userOfClaims(await verify(token), config);
  } catch (error) {
    if (!(error instanceof UnauthorizedError)) throw error;
    return error.message;
  }
}

const tokenRefresh: DoctorCheck = {
  name: 'token-refresh',
  link: 'token',
  level: 'own',
  title: 'With `signIn.refresh` in the access file, kubelogin has a refresh token, so that nobody signs in every hour.',
  fix: `Deploy the stack \`okta\`. ${NEW_KUBECONFIG} It requests \`offline_access\`. ${SIGN_IN_AGAIN}`,
  appliesTo: ({ access }) => access.signIn.refresh !== undefined,
  async look({ tokens }) {
    const { refreshes, from } = await tokens.token();
    if (refreshes === undefined) return couldNotCheck(`The token is from ${from}, and not from the cache.`);
    return refreshes ? ok('there is one') : problem('The cache of kubelogin has the token without a refresh token.');
  },
};

/** Whether a grant is for a cluster. */
function isOn({ clusters }: Grant, { key }: Cluster): boolean {
  return clusters === '*' || clusters.includes(key);
}

/** The groups in the claim of a token, without prefix. */
export function groupsOf({ claims }: TokenInUse, { access }: Pick<DoctorContext, 'access'>): readonly string[] {
  const value = claims[access.groupsClaim.name];
  return value === undefined ? [] : [value].flat().filter((group) => typeof group === 'string');
}

/** The groups with a role on the cluster. */
export function grantedGroups({ access, cluster }: Pick<DoctorContext, 'access' | 'cluster'>): readonly string[] {
  return [...new Set(access.placements.filter(({ cluster: key }) => key === cluster.key).map(({ group }) => group))];
}

/** A claim for a message. */
function shownClaim(value: unknown): string {
  return plain(JSON.stringify(value) ?? 'nothing');
}

/** What has to be right in the token. */
export const TOKEN_CHECKS: readonly DoctorCheck[] = [
  ...[tokenFound, tokenPerson, tokenIssuer, tokenAudience, tokenUserName, tokenRequiredClaims],
  ...[tokenGroups, tokenGrantedGroup, tokenAccepted, tokenRefresh],
];
