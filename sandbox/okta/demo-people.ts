import type { Organization } from './organization';

/** Somebody who tries the access out, with the groups that decide it; Everyone is not among them. */
export interface DemoPerson {
  readonly login: string;
  readonly groups: readonly string[];
}

const DOMAIN = 'demo.example';

/**
 * Adds a person in each group of an organization, named after it, and one in no group. Returns them after the people
 * whom the stacks put into groups themselves; who is in no group comes last.
 */
export function addDemoPeople(organization: Organization): readonly DemoPerson[] {
  const groups = organization.allGroups().filter(({ type }) => type === 'OKTA_GROUP');
  for (const { name } of groups) {
    const { login } = organization.addUser({ login: freeLogin(organization, localPart(name)) });
    organization.addMember(name, login);
  }
  const nobody = organization.addUser({ login: freeLogin(organization, 'nobody') });
  return [...organization.people()]
    .sort((a, b) => Number(a === nobody) - Number(b === nobody))
    .map((user) => demoPerson(organization, user.login));
}

/** Adds the people of a people file, into groups that the organization has; who is there already joins their groups. */
export function addPeople(organization: Organization, people: readonly DemoPerson[]): readonly DemoPerson[] {
  for (const { login, groups } of people) {
    if (organization.userByLogin(login) === undefined) organization.addUser({ login });
    for (const group of groups) organization.addMember(group, login);
  }
  return people.map(({ login }) => demoPerson(organization, login));
}

function demoPerson(organization: Organization, login: string): DemoPerson {
  const user = organization.userByLogin(login);
  const groups = user === undefined ? [] : organization.groupsOf(user.id);
  return {
    login: user?.login ?? login,
    groups: groups.filter(({ type }) => type === 'OKTA_GROUP').map(({ name }) => name),
  };
}

/** What of a group's name may stand in an address. */
function localPart(groupName: string): string {
  return (
    groupName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'group'
  );
}

/** Two groups may have the same letters, and a group may be called nobody. */
function freeLogin(organization: Organization, local: string): string {
  for (let number = 1; ; number++) {
    const login = `${local}${number === 1 ? '' : `-${number}`}@${DOMAIN}`;
    if (organization.userByLogin(login) === undefined) return login;
  }
}
