import type { OktaGroup, OktaGroupRule, OktaUser } from '../../../live/okta/okta-objects';
import type { LivePerson } from '../../../operate/revoke/live-person';

/** The person of the tests. */
export const ANA: OktaUser = {
  id: '00uAna',
  status: 'ACTIVE',
  profile: { login: 'Ana@example.com', email: 'ana.b@example.com', department: 'Dev' },
};

/** A group with its name as part of the ID. */
export function group(name: string, type = 'OKTA_GROUP'): OktaGroup {
  return { id: `00g-${name}`, type, profile: { name } };
}

/** A rule of the same name as its group. */
export function rule(
  name: string,
  expression: string,
  changes: { exclude?: string[]; status?: string } = {},
): OktaGroupRule {
  const { exclude = [], status = 'ACTIVE' } = changes;
  return {
    ...{ id: `0pr-${name}`, name, status },
    conditions: { people: { users: { exclude } }, expression: { value: expression } },
    actions: { assignUserToGroups: { groupIds: [`00g-${name}`] } },
  };
}

/** What Okta knows about the person of the tests. */
export function livePerson(changes: Partial<LivePerson> = {}): LivePerson {
  return { user: ANA, groups: [], rules: [], hasTokenHook: false, unchecked: [], ...changes };
}
