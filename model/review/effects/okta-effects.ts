import type { ParsedFile } from '../../file/parsed-file';
import {
  type At,
  always,
  amount,
  type EffectsOf,
  flag,
  members,
  membersTold,
  moves,
  narrows,
  neutral,
  replaces,
  type Teller,
  type Told,
  text,
  widens,
} from './effect';
import { PRICE_OF_ASSOCIATION, PRICE_OF_GROUP } from './prices';

type Server = ParsedFile['authorizationServer'];
type SignIn = ParsedFile['signIn'];
type Policy = NonNullable<SignIn['authenticationPolicy']>;
type Group = ParsedFile['groups'][string];

const ORGANIZATION = moves(
  `People of another Okta organization sign in, and get what the file grants to groups with the same names; ${PRICE_OF_ASSOCIATION}`,
);

export const OKTA_EFFECTS: EffectsOf<ParsedFile['okta']> = {
  keys: { orgName: always(ORGANIZATION), baseUrl: always(ORGANIZATION) },
};

const serverName: Teller<string, Server> = (_old, _now, { parents }) =>
  parents.some((server) => server?.existing)
    ? moves(`Another authorization server issues the tokens; ${PRICE_OF_ASSOCIATION}`)
    : neutral('The server and its authentication policy get another name in Okta; the issuer stays the same');

const serverExisting: Teller<boolean, Server> = (_, now, { parents: [, server] }) => {
  if (!now) return moves(`A new server issues the tokens; ${PRICE_OF_ASSOCIATION}`);
  // The key handOver tells it.
  return server?.handOver
    ? undefined
    : moves(
        `A server that somebody else manages issues the tokens, with its own policies first. Terraform destroys the one that it created; ${PRICE_OF_ASSOCIATION}`,
      );
};

export const AUTHORIZATION_SERVER_EFFECTS: EffectsOf<Server> = {
  keys: {
    name: serverName,
    description: text('The description of the server'),
    audience: always(neutral('Only access tokens carry the audience; clusters read ID tokens')),
    issuerMode: always(replaces(`The issuer of the tokens changes; ${PRICE_OF_ASSOCIATION}`)),
    existing: serverExisting,
    handOver: (_, now) =>
      now
        ? neutral(
            'Terraform forgets the authorization server that it created, instead of deleting it. Policies that others add to it come first',
          )
        : neutral('Terraform no longer forgets the server, which it has done in the deployment before'),
    replaceable: flag(
      widens('A deployment may destroy the server and the apps that people sign in with'),
      narrows('Terraform refuses to destroy the server and the apps'),
    ),
  },
};

/** Okta compares the start of a name without case. */
const startsWith: Teller<string> = (old = '', now = '') => {
  const [earlier, later] = [old.toLowerCase(), now.toLowerCase()];
  if (earlier === later) return neutral('Okta ignores case here: the same groups are in the tokens');
  if (later.startsWith(earlier)) return narrows('Fewer groups are in the tokens');
  return widens('Groups are in the tokens that were not, and have what any binding of a cluster gives their names');
};

export const GROUPS_CLAIM_EFFECTS: EffectsOf<ParsedFile['groupsClaim']> = {
  keys: {
    name: always(replaces(`The clusters read the groups from another claim; ${PRICE_OF_ASSOCIATION}`)),
    startsWith,
  },
};

const OTHER_CLAIM = widens(
  'The claim has another value: as user name, people get other names; as a required claim, other people sign in',
);

export const CLAIMS_EFFECTS: EffectsOf<ParsedFile['claims']> = {
  each: {
    whole: (old, now) =>
      old === undefined
        ? neutral('Tokens carry the claim; what reads it says more')
        : now === undefined
          ? replaces('Tokens no longer carry the claim, if the file made it: who reads it refuses them')
          : OTHER_CLAIM,
    keys: { existing: () => undefined },
  },
};

/** A prefix keeps the names of Okta apart from others of the cluster. */
function prefix(names: string): Teller<string> {
  return (_, now) =>
    now === ''
      ? widens(
          `${names} have no prefix, so they can be equal to names that the clusters already know; ${PRICE_OF_ASSOCIATION}`,
        )
      : replaces(
          `${names} get another prefix, so bindings that Terraform does not manage no longer fit; ${PRICE_OF_ASSOCIATION}`,
        );
}

export const IDENTITY_PROVIDER_EFFECTS: EffectsOf<ParsedFile['identityProvider']> = {
  keys: {
    name: always(replaces(`The association gets another name; ${PRICE_OF_ASSOCIATION}`)),
    usernameClaim: always(
      replaces(
        `User names come from another claim, so bindings and guards of users that Terraform does not manage no longer fit; ${PRICE_OF_ASSOCIATION}`,
      ),
    ),
    prefix: { keys: { username: prefix('User names'), groups: prefix('Group names') } },
    requiredClaims: {
      each: (old, now) =>
        old === undefined
          ? replaces(`Tokens without this claim are refused; ${PRICE_OF_ASSOCIATION}`)
          : now === undefined
            ? widens(`Tokens without this claim are accepted; ${PRICE_OF_ASSOCIATION}`)
            : widens(`Tokens with another value of this claim are accepted; ${PRICE_OF_ASSOCIATION}`),
    },
    replaceable: flag(
      widens('A deployment may destroy every association. Sign-in is then unavailable for 20 minutes or more'),
      narrows('Terraform refuses to destroy an association'),
    ),
  },
};

const STAYS_LONGER = widens('People stay signed in longer without a password or a second factor');
const STAYS_SHORTER = narrows('People sign in again sooner');

/** Policies are compared by their conditions; what an existing policy or the default one asks for is unknown. */
const authenticationPolicy: Teller<Policy, SignIn> = (old, now) => {
  if (old !== undefined && now !== undefined && 'id' in old === 'id' in now) return undefined;
  if (now === undefined)
    return widens("The file no longer says which policy the apps have; Okta's default may ask for less");
  if (!('id' in now) && now.requireMfa) return narrows('Sign-in requires a second factor by a policy of the file');
  return widens('Sign-in has another policy, which may ask for less than the one before. The file does not know both');
};

const networkZones: Teller<readonly string[]> = (old = [], now = []) => {
  if (now.length === 0) return widens('People sign in from every network');
  if (old.length === 0) return narrows('People sign in only from these network zones');
  return membersTold(
    old,
    now,
    widens('People sign in from network zones that were not in the list'),
    narrows('People no longer sign in from the removed network zones'),
  );
};

export const SIGN_IN_EFFECTS: EffectsOf<SignIn> = {
  keys: {
    assignment: (_, now) =>
      now === 'everyone'
        ? widens('Everyone in the organization can sign in to the apps, not only groups with a grant')
        : narrows('Only groups with a grant can sign in to the apps'),
    redirectPorts: members(
      widens('The apps send people to more local ports after sign-in'),
      narrows('Sign-in on the removed ports fails'),
    ),
    refresh: {
      whole: (old, now) => (old === undefined ? STAYS_LONGER : now === undefined ? STAYS_SHORTER : undefined),
      keys: {
        lifetime: amount(STAYS_LONGER, STAYS_SHORTER),
        idle: amount(STAYS_LONGER, STAYS_SHORTER),
        rotation: flag(
          narrows('Each use returns a new refresh token, so a stolen one is detected'),
          widens('A stolen refresh token works unnoticed until it ends'),
        ),
        leeway: amount(
          widens('A refresh token that was already used works longer'),
          narrows('A refresh token that was already used works for a shorter time'),
        ),
      },
    },
    deviceCode: flag(
      widens('People can sign in on another device, which is what phishing asks for'),
      narrows('People can no longer sign in on another device'),
    ),
    accessTokenMinutes: amount(
      widens('Access tokens last longer'),
      narrows('Access tokens last for a shorter time'),
      // Okta's default.
      60,
    ),
    authenticationPolicy: {
      whole: authenticationPolicy,
      keys: {
        id: always(widens('Sign-in has another policy, which may ask for less than the one before')),
        requireMfa: flag(narrows('Sign-in requires a second factor'), widens('Sign-in requires no second factor')),
        networkZones,
      },
    },
  },
};

const ELSEWHERE = widens(
  'The file no longer lists the members: whoever manages the group in Okta decides, and the file does not show it',
);
const LISTED = narrows('The file decides who is a member; everyone else is removed from the group');

/** Whether the file says who the members of a group are. */
export function definesMembers(group: Group | undefined): boolean {
  return group?.logins !== undefined || group?.rule !== undefined;
}

/** Tells who defines the members, if that changes. */
function definition({ parents: [old, now] }: At<Group>): Told | undefined {
  if (definesMembers(old) === definesMembers(now)) return undefined;
  return definesMembers(now) ? LISTED : ELSEWHERE;
}

const groupExisting: Teller<boolean, Group> = (_, now, { parents: [, group] }) => {
  if (!now) return replaces('Terraform creates the group, which Okta refuses as long as one with the same name exists');
  // The key handOver tells it.
  return group?.handOver
    ? undefined
    : replaces('Terraform deletes the group that it created, with its members, and looks for one with the same name');
};

const was: Teller<string, Group> = (_, now, { before }) => {
  if (now === undefined) return neutral('The group is no longer renamed');
  // Of a group that is renamed, the old file is read with its new name.
  return Object.hasOwn(before.groups, now)
    ? replaces(
        `Nothing is renamed, because the old file has both groups; for the group of the old name: ${PRICE_OF_GROUP}`,
      )
    : replaces(
        'Okta renames the group in place. From the deployment of okta until that of rbac-<key>, its members have no access',
      );
};

export const GROUPS_EFFECTS: EffectsOf<ParsedFile['groups']> = {
  each: {
    whole: (old, now) => {
      if (old === undefined) return neutral('The file takes in a group; gains say what it is granted');
      if (now !== undefined) return undefined;
      return narrows(old.existing ? 'The file no longer has the group, which stays in Okta' : PRICE_OF_GROUP);
    },
    keys: {
      description: text('The description of the group'),
      logins: (old, now, at) =>
        definition(at) ?? membersTold(old, now, widens('People join the group'), narrows('People leave the group')),
      rule: (old, now, at) =>
        definition(at) ??
        (now === undefined
          ? narrows('The rule no longer selects members')
          : widens(old === undefined ? 'A rule selects the members' : 'Another rule selects the members')),
      existing: groupExisting,
      was,
      handOver: flag(
        neutral('Terraform forgets the group that it created, instead of deleting it'),
        neutral('Terraform no longer forgets the group, which it has done in the deployment before'),
      ),
    },
  },
};
