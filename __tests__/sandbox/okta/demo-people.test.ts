import { addDemoPeople, addPeople } from '../../../sandbox/okta/demo-people';
import { parseGroupCondition } from '../../../sandbox/okta/evaluate-expression';
import { Organization } from '../../../sandbox/okta/organization';
import { demoOrganization } from './demo-organization';

describe('addDemoPeople', () => {
  test('adds one person to each group and one without a group, after existing people', () => {
    const { organization } = demoOrganization();
    organization.addGroup('k8s Readers');

    const { people } = addDemoPeople(organization);

    expect(people).toEqual([
      { login: 'ana@example.com', groups: ['eks-admins'] },
      { login: 'ben@example.com', groups: [] },
      { login: 'eks-admins@demo.example', groups: ['eks-admins'] },
      { login: 'k8s-readers@demo.example', groups: ['k8s Readers'] },
      { login: 'nobody@demo.example', groups: [] },
    ]);
    expect(organization.people().map(({ login }) => login)).toEqual(people.map(({ login }) => login));
  });

  test('gives each person a unique login, whatever the names of the groups', () => {
    const organization = new Organization('x');
    for (const name of ['nobody', 'a b', 'A-B', '…']) organization.addGroup(name);

    expect(addDemoPeople(organization).people).toEqual([
      { login: 'nobody@demo.example', groups: ['nobody'] },
      { login: 'a-b@demo.example', groups: ['a b'] },
      { login: 'a-b-2@demo.example', groups: ['A-B'] },
      { login: 'group@demo.example', groups: ['…'] },
      { login: 'nobody-2@demo.example', groups: [] },
    ]);
  });
});

describe('the demo people of group rules', () => {
  test.each([
    ['user.department == "Shop"'],
    ['user.department == "Engineering" AND user.employeeType == "FTE"'],
    ['user.department != "Shop"'],
    ['user.a == "x" AND user.a != "y" AND NOT (user.b == "z")'],
    ['user.a == "x" OR user.b == "y" OR user.a == "z"'],
    ['NOT (user.a == null) AND user.b == null'],
    ['user.costCenter >= 100 AND user.costCenter < 101'],
    ['user.active == true AND user.contractor == false'],
    ['String.stringContains(user.title, "Lead") AND !String.startsWith(user.title, "Lead")'],
    ['String.startsWith(user.title, "Senior") AND String.stringContains(user.title, "Lead")'],
    ['String.substringAfter(user.email, "@") == "acme.example"'],
    ['String.substringBefore(user.team, "-") == "eks"'],
    ['String.stringContains(user.login, "@acme.example")'],
    ['user.login == "ana@acme.example"'],
    ['String.toLowerCase(user.department) == "shop"'],
    ['String.len(user.employeeNumber) > 5'],
    ['Arrays.contains(user.teams, "shop") AND Arrays.size(user.teams) > 1'],
    ['Arrays.isEmpty(user.teams)'],
    ['Arrays.contains({"a", "b"}, user.team)'],
    ['user.a == user.b AND user.a != null'],
    ['isMemberOfGroupName("eks-other") AND user.a == "x"'],
    ['isMemberOfGroupName("eks-other") AND isMemberOfGroupName("eks-third")'],
    ['isMemberOfGroupName("Everyone") AND NOT isMemberOfGroupNameStartsWith("eks-o")'],
    ['isMemberOfGroupNameRegex("eks-t.*") AND user.constructor == "x"'],
  ])('are one person for whom %s is true, and one for whom it is false', (rule) => {
    const organization = new Organization('x');
    const [group] = ['eks-ruled', 'eks-other', 'eks-third'].map((name) => organization.addGroup(name));
    organization.addGroupRule({ name: 'r', expression: rule, groupIds: [group?.id ?? ''], status: 'ACTIVE' });
    const condition = parseGroupCondition(rule);

    const { people, unprovedRules } = addDemoPeople(organization, { 'eks-ruled': rule });

    const results = organization.people().map((user) => condition(user, organization.groupsOf(user.id)));
    expect([...new Set(results)].sort()).toEqual([false, true]);
    expect(unprovedRules).toEqual([]);
    expect(people.at(-1)?.login).toBe('nobody@demo.example');
  });

  test('are named where a rule has the same result for everybody, or is not understood', () => {
    const organization = new Organization('x');
    organization.addGroup('eks-a');

    const { people, unprovedRules } = addDemoPeople(organization, {
      'eks-a': 'user.a == "x" AND user.a == "y"',
      'eks-b': 'user.a == "x" OR true',
      'eks-c': 'Iso3166Convert.toName(user.a) == "x"',
    });

    expect(unprovedRules).toEqual([
      'No demo user makes the group rule user.a == "x" AND user.a == "y" true. Add one to a people file.',
      'No demo user makes the group rule user.a == "x" OR true false. Add one to a people file.',
    ]);
    expect(people.map(({ login }) => login)).toEqual(['eks-a@demo.example', 'nobody@demo.example']);
  });

  test('are found in a short time, also for a long rule', () => {
    const organization = new Organization('x');
    const rule = Array.from({ length: 60 }, (_, at) => `user.a${at} == "x${at}" AND user.b != "y${at}"`).join(' AND ');

    expect(addDemoPeople(organization, { 'eks-a': rule }).unprovedRules).toEqual([]);
  });
});

describe('addPeople', () => {
  test('adds people, and adds existing people to groups', () => {
    const { organization } = demoOrganization();
    organization.addGroup('eks-readers');

    const people = addPeople(organization, [
      { login: 'ana@example.com', groups: ['eks-readers'] },
      { login: 'cleo@example.com', groups: ['eks-readers'] },
      { login: 'dan@example.com', groups: [] },
    ]);

    expect(people).toEqual([
      { login: 'ana@example.com', groups: ['eks-admins', 'eks-readers'] },
      { login: 'cleo@example.com', groups: ['eks-readers'] },
      { login: 'dan@example.com', groups: [] },
    ]);
  });

  test('leaves out a group that the organization does not have, which the proof reports', () => {
    const { organization } = demoOrganization();

    const people = addPeople(organization, [{ login: 'cleo@example.com', groups: ['eks-admin', 'eks-admins'] }]);

    expect(people).toEqual([{ login: 'cleo@example.com', groups: ['eks-admins'] }]);
  });
});
