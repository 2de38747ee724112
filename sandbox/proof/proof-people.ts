import { AccessError } from '../../constraints/access-error';
import type { Access } from '../../model';
import { membershipsOf } from '../../model/review/explain';
import { addDemoPeople, addPeople, type DemoPeople, type DemoPerson } from '../okta/demo-people';
import { type GroupCondition, parseGroupCondition } from '../okta/evaluate-expression';
import type { User } from '../okta/objects';
import type { Organization } from '../okta/organization';

/**
 * Adds the people of a proof to an organization that was filled from the stacks. Their groups are those that the access
 * file says: its logins and its rules.
 * @param peopleOfFile the people of a people file; by default, people are made for each group and each rule.
 */
export function addProofPeople(
  organization: Organization,
  access: Access,
  peopleOfFile?: readonly DemoPerson[],
): DemoPeople {
  const rules = Object.entries(access.groups).flatMap(([name, { rule }]) =>
    rule === undefined ? [] : [[name, rule] as const],
  );
  const { people, unprovedRules } =
    peopleOfFile === undefined
      ? addDemoPeople(organization, Object.fromEntries(rules))
      : { people: addPeople(organization, peopleOfFile), unprovedRules: [] };
  const conditions = rules.flatMap(([name, rule]) => {
    const condition = knownCondition(rule);
    return condition === undefined ? [] : [{ name, condition }];
  });
  return { people: people.map(({ login }) => expected(organization, access, conditions, login)), unprovedRules };
}

interface NamedCondition {
  readonly name: string;
  readonly condition: GroupCondition;
}

function expected(
  organization: Organization,
  access: Access,
  conditions: readonly NamedCondition[],
  login: string,
): DemoPerson {
  const user = organization.userByLogin(login) as User;
  const names = new Set(listedGroups(organization, access, user));
  if (Object.hasOwn(access.groups, organization.everyone.name)) names.add(organization.everyone.name);
  // A rule can depend on a group that another rule gives.
  for (let before = -1; before < names.size; ) {
    before = names.size;
    const groups = organization.allGroups().filter((group) => group === organization.everyone || names.has(group.name));
    for (const { name, condition } of conditions) if (condition(user, groups)) names.add(name);
  }
  return { login: user.login, groups: Object.keys(access.groups).filter((name) => names.has(name)) };
}

/**
 * The groups that somebody added a person to. The file decides who is in a group with `logins`; a demo user, whom no
 * `logins` contain, is in the groups that they were made for.
 */
function listedGroups(organization: Organization, access: Access, { id, login }: User): readonly string[] {
  const named = membershipsOf(access, login).map(({ group }) => group);
  const added = organization.directGroupsOf(id).map(({ name }) => name);
  if (named.length === 0) return added;
  return [...named, ...added.filter((group) => access.groups[group]?.logins === undefined)];
}

function knownCondition(rule: string): GroupCondition | undefined {
  try {
    return parseGroupCondition(rule);
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return undefined;
  }
}
