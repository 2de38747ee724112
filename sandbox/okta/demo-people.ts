import type { Organization } from './organization';

/** A person who tries out the access, with their groups except Everyone. */
export interface DemoPerson {
  readonly login: string;
  readonly groups: readonly string[];
  /** Attributes for group rules. @default - only those of a new user */
  readonly profile?: Readonly<Record<string, unknown>>;
  /** Whether the person has a second factor. The local Okta does not ask for it. @default - not said */
  readonly mfa?: boolean;
  /** The network zone of the person. The local Okta does not look at it. @default - not said */
  readonly zone?: string;
}

const DOMAIN = 'demo.example';

/**
 * Adds one person to each group, named after it, and one person in no group. Returns all people: first those from the stacks,
 * last the person in no group.
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

/** Adds the people of a people file to existing groups. A person who exists already joins the groups. */
export function addPeople(organization: Organization, people: readonly DemoPerson[]): readonly DemoPerson[] {
  for (const { login, groups, profile } of people) {
    if (organization.userByLogin(login) === undefined) organization.addUser({ login, profile });
    else if (profile !== undefined) organization.changeProfile(login, profile);
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

/** The name of a group as the local part of an e-mail address. */
function localPart(groupName: string): string {
  return (
    groupName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'group'
  );
}

/** A login that is not taken: two groups can have the same local part, and a group can be named `nobody`. */
function freeLogin(organization: Organization, local: string): string {
  for (let number = 1; ; number++) {
    const login = `${local}${number === 1 ? '' : `-${number}`}@${DOMAIN}`;
    if (organization.userByLogin(login) === undefined) return login;
  }
}
