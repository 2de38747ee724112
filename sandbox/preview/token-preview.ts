import type { Access } from '../../model';
import type { SignInApp } from '../../model/derived/sign-in-apps';
import { clientIdOutput } from '../../model/derived/sign-in-apps';
import { signInScopes } from '../../model/derived/sign-in-scopes';
import type { AppPreview, ClaimPreview, TokenPreview } from '../../model/review/token-preview';
import { assumedClaims } from '../okta/assumed-claims';
import { addPeople, type DemoPerson } from '../okta/demo-people';
import { fillOrganization } from '../okta/fill-organization';
import { TooManyGroupsError } from '../okta/id-token-claims';
import type { Claim, User } from '../okta/objects';
import { Organization } from '../okta/organization';
import type { Stacks } from '../synthesized/read-stacks';
import { groupPreviews } from './group-preview';

export interface TokenPreviewProps {
  readonly access: Access;
  readonly stacks: Stacks;
  readonly login: string;
  /** People of a people file. */
  readonly people: readonly DemoPerson[];
  /** The apps to sign in to. */
  readonly apps: readonly SignInApp[];
}

/** Previews the tokens of a person, from the synthesized stacks. */
export function tokenPreview({ access, stacks, login, people, apps }: TokenPreviewProps): TokenPreview {
  // Nobody signs in with a password here.
  const organization = new Organization('');
  const filled = fillOrganization(organization, stacks);
  addPeople(organization, people);
  const user = organization.userByLogin(login) ?? organization.addUser({ login });
  const listed = people.find((person) => organization.userByLogin(person.login) === user);
  const resolver = filled.resolver((serverId) => serverId);
  const serverId = String(resolver.output('okta', 'issuer_url'));
  return {
    login: user.login,
    apps: apps.map((app) => {
      const clientId = String(resolver.output('okta', clientIdOutput(app.name)));
      return appPreview({ access, organization, user, listed, app, serverId, clientId });
    }),
  };
}

interface AppPreviewProps {
  readonly access: Access;
  readonly organization: Organization;
  readonly user: User;
  readonly listed: DemoPerson | undefined;
  readonly app: SignInApp;
  readonly serverId: string;
  readonly clientId: string;
}

function appPreview({ access, organization, user, listed, app, serverId, clientId }: AppPreviewProps): AppPreview {
  const scopes = ['openid', ...signInScopes(access, app)];
  const result = organization.authorize({
    ...{ serverId, clientId, userId: user.id, scopes },
    redirectUri: `http://localhost:${access.signIn.redirectPorts[0]}`,
    grantType: 'authorization_code',
    codeChallengeMethod: 'S256',
  });
  const claims = claimsOf(organization, { serverId, clientId, userId: user.id, scopes });
  const refusal = result.ok ? undefined : `${result.error}: ${result.description}`;
  const made = organization.authorizationServers().find(({ id }) => id === serverId)?.claims ?? [];
  const tooMany = typeof claims === 'string';
  const known = tooMany ? {} : claims;
  const groups = groupPreviews({ access, organization, user, listed, app, claims: known, tooMany });
  const someUnknown = groups.some(({ inToken }) => inToken === null);
  const unless = someUnknown
    ? ' This may be different if the person is in one of the groups whose membership is not known.'
    : '';
  const refused = tooMany ? claims : refusal === undefined ? null : `${refusal}${unless}`;
  return {
    app: app.name,
    clusters: app.clusters,
    scopes,
    refused,
    claims:
      refused === null ? claimPreviews(known, made, { access, profile: listed?.profile, hasGroups: !someUnknown }) : [],
    groups,
  };
}

/** The claims, or the error of Okta. */
function claimsOf(
  organization: Organization,
  request: Parameters<Organization['idTokenClaims']>[0],
): Readonly<Record<string, unknown>> | string {
  try {
    return organization.idTokenClaims(request);
  } catch (error) {
    if (error instanceof TooManyGroupsError) return `${error.error}: ${error.message}`;
    throw error;
  }
}

/** Where Okta's own claims come from. */
const OWN: Readonly<Record<string, string>> = {
  sub: 'the ID of the person, which Okta gives; this one is made up',
  name: 'the profile, by the scope profile',
  preferred_username: 'the login, by the scope profile',
  email: 'the profile, by the scope email',
  email_verified: 'the profile, by the scope email',
};

interface KnownOfPerson {
  readonly access: Access;
  /** The profile in the people file. @default - only the login is known */
  readonly profile: DemoPerson['profile'];
  /** Whether it is known in which groups the person is. */
  readonly hasGroups: boolean;
}

/** What an expression reads that is not known; undefined if its value is certain. */
function unknownIn(expression: string, { profile, hasGroups }: KnownOfPerson): string | undefined {
  if (profile === undefined && /\buser\.(?!(login|email)\b)/.test(expression)) return 'the profile';
  return !hasGroups && /\bisMemberOf/.test(expression) ? 'the groups' : undefined;
}

/** Where one of Okta's own claims comes from. In Okta, an address can differ from the login. */
function ownWords(name: string, { profile }: KnownOfPerson): string {
  const from = OWN[name] ?? 'Okta';
  return name === 'email' && profile?.email === undefined ? `${from}; taken to be the login, as it is not known` : from;
}

function claimPreviews(
  claims: Readonly<Record<string, unknown>>,
  made: readonly Claim[],
  person: KnownOfPerson,
): readonly ClaimPreview[] {
  const { access } = person;
  const madeHere = made.filter(({ claimType }) => claimType === 'IDENTITY');
  const own = Object.keys(claims).filter((name) => !madeHere.some((claim) => claim.name === name));
  return [
    ...own.map((name) => ({ name, value: claims[name], from: ownWords(name, person) })),
    ...madeHere.map(({ name, filter, value }) => {
      const source =
        filter === 'EXPRESSION' ? `the expression ${value}` : `the groups of the person that fit ${filter} ${value}`;
      const isGroups = name === access.groupsClaim.name;
      const place = isGroups ? 'groupsClaim' : `claims.${name}`;
      const unknown = filter === 'EXPRESSION' ? unknownIn(value, person) : undefined;
      if (unknown !== undefined) {
        const from = `${place}: not known, because ${source} reads ${unknown}. A people file can have it: --people.`;
        return { name, value: null, from };
      }
      return name in claims
        ? { name, value: claims[name], from: `${place}: ${source}` }
        : { name, value: null, from: `${place}: not in the token, because nothing comes of ${source}` };
    }),
    ...assumedClaims(access).map((name) => ({
      name,
      value: null,
      from: 'set up in Okta, so its value is not known here',
    })),
  ];
}
