import { AccessError } from '../../constraints/access-error';
import { nameList } from '../../constraints/nearest-name';
import type { OktaApi } from '../../live/okta/okta-api';

/** What the credentials may do: yes, no, or null if Okta does not say it before the first attempt. */
export interface Rights {
  readonly manageUsers: boolean | null;
  readonly manageGroups: boolean | null;
  /** Why one of them is not yes, in sentences. */
  readonly because: readonly string[];
}

/** What the admin roles of Okta may do; roles that are not here may do neither. */
const ROLES: Readonly<Record<string, Pick<Rights, 'manageUsers' | 'manageGroups'>>> = {
  SUPER_ADMIN: { manageUsers: true, manageGroups: true },
  // Not for people who are administrators themselves; see below.
  ORG_ADMIN: { manageUsers: true, manageGroups: true },
  // These can be limited to some groups and people.
  USER_ADMIN: { manageUsers: null, manageGroups: null },
  GROUP_MEMBERSHIP_ADMIN: { manageUsers: false, manageGroups: null },
  HELP_DESK_ADMIN: { manageUsers: null, manageGroups: false },
  CUSTOM: { manageUsers: null, manageGroups: null },
};

const SCOPES = { manageUsers: 'okta.users.manage', manageGroups: 'okta.groups.manage' } as const;

/**
 * What the credentials of a connection may do, from their scopes and admin roles.
 * @param clientId the service app of the credentials, if they are one.
 * @param personId the person who is to be changed: only a Super Administrator changes an administrator.
 * @see https://help.okta.com/oie/en-us/content/topics/security/administrators-admin-comparison.htm
 */
export async function rightsOf(okta: OktaApi, clientId: string | undefined, personId: string): Promise<Rights> {
  const because: string[] = [];
  const byRoles = await orUnknown(because, async () => {
    const me = clientId === undefined ? await okta.me() : undefined;
    const roles = clientId !== undefined ? await okta.clientRoles(clientId) : me && (await okta.userRoles(me.id));
    if (roles === undefined) return undefined;
    const types = roles.filter(({ status }) => status !== 'INACTIVE').map(({ type }) => type);
    const isOfAdministrator = !types.includes('SUPER_ADMIN') && (await okta.userRoles(personId)).length > 0;
    const names = types.length === 0 ? 'no admin role' : `the admin roles ${nameList(types)}`;
    const right = (key: 'manageUsers' | 'manageGroups') => {
      if (key === 'manageUsers' && isOfAdministrator) return false;
      const answers = types.map((type) => ROLES[type]?.[key] ?? (type in ROLES ? null : false));
      return answers.includes(true) ? true : answers.includes(null) ? null : false;
    };
    const rights = { manageUsers: right('manageUsers'), manageGroups: right('manageGroups') };
    if (isOfAdministrator) because.push('The person is an administrator, whom only a Super Administrator can change.');
    if (!rights.manageUsers || !rights.manageGroups) because.push(`The credentials have ${names}.`);
    return rights;
  });
  const scopes = await okta.tokenScopes();
  const combined = (key: 'manageUsers' | 'manageGroups') => {
    if (scopes !== undefined && !scopes.includes(SCOPES[key])) {
      because.push(`The token lacks the scope ${SCOPES[key]}.`);
      return false;
    }
    return byRoles === undefined ? null : byRoles[key];
  };
  return { manageUsers: combined('manageUsers'), manageGroups: combined('manageGroups'), because };
}

/** What is read, or undefined with a reason if Okta does not allow to read it. */
async function orUnknown<Value>(because: string[], read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    because.push(`The admin roles of the credentials could not be read: ${error.message}`);
    return undefined;
  }
}
