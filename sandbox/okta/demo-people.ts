import { AccessError } from '../../constraints/access-error';
import { parseExpression } from '../../constraints/okta/expression';
import { type GroupCondition, parseGroupCondition } from './evaluate-expression';
import type { Organization } from './organization';
import { traitsFor } from './person-for-rule';

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

/** People who try out the access. */
export interface DemoPeople {
  /** First those from the stacks, last the person in no group. */
  readonly people: readonly DemoPerson[];
  /** The results of group rules that no person has, in sentences. */
  readonly unprovedRules: readonly string[];
}

/**
 * Adds one person to each group, named after it, and one person in no group. For each group rule, there is a person for
 * whom it is true, and one for whom it is false.
 * @param rules rules by the name of their group. A rule that the local Okta does not understand is left out.
 */
export function addDemoPeople(organization: Organization, rules: Readonly<Record<string, string>> = {}): DemoPeople {
  const groups = organization.allGroups().filter(({ type }) => type === 'OKTA_GROUP');
  for (const { name } of groups) {
    const { login } = organization.addUser({ login: freeLogin(organization, localPart(name)) });
    organization.addMember(name, login);
  }
  const nobody = organization.addUser({ login: freeLogin(organization, 'nobody') });
  const unprovedRules = Object.entries(rules).flatMap(([group, rule]) => addPeopleOfRule(organization, group, rule));
  return {
    people: [...organization.people()]
      .sort((a, b) => Number(a === nobody) - Number(b === nobody))
      .map((user) => demoPerson(organization, user.login)),
    unprovedRules,
  };
}

/** Adds who is missing: a person for whom a rule is true, and one for whom it is false. Returns what it cannot prove. */
function addPeopleOfRule(organization: Organization, group: string, rule: string): readonly string[] {
  const condition = knownCondition(rule);
  if (condition === undefined) return [];
  return [true, false].flatMap((wanted) => {
    if (organization.people().some((user) => condition(user, organization.groupsOf(user.id)) === wanted)) return [];
    const login = freeLogin(organization, `${localPart(group)}-rule`);
    const start = { profile: { login, email: login }, groups: [organization.everyone] };
    const joinable = organization.allGroups().filter(({ name }) => name !== group);
    const traits =
      // Most rules do not look at the address, which is easier to read when it has the name of the group.
      traitsFor(parseExpression(rule), wanted, start, joinable) ??
      traitsFor(parseExpression(rule), wanted, { ...start, profile: {} }, joinable);
    const { login: own = login, ...profile } = traits?.profile ?? {};
    if (traits !== undefined && organization.userByLogin(String(own)) === undefined) {
      const user = organization.addUser({ login: String(own), profile });
      for (const { id } of traits.groups) if (id !== organization.everyone.id) organization.addMemberById(id, user.id);
      if (condition(user, organization.groupsOf(user.id)) === wanted) return [];
    }
    return [`No demo user makes the group rule ${rule} ${wanted}. Add one to a people file.`];
  });
}

function knownCondition(rule: string): GroupCondition | undefined {
  try {
    return parseGroupCondition(rule);
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return undefined;
  }
}

/**
 * Adds the people of a people file. A person who exists already joins the groups. A group that the organization does not
 * have is left out: the proof reports it.
 */
export function addPeople(organization: Organization, people: readonly DemoPerson[]): readonly DemoPerson[] {
  for (const { login, groups, profile } of people) {
    if (organization.userByLogin(login) === undefined) organization.addUser({ login, profile });
    else if (profile !== undefined) organization.changeProfile(login, profile);
    for (const group of groups) if (organization.groupByName(group) !== undefined) organization.addMember(group, login);
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
