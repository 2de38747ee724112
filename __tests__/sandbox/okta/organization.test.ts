import { Organization } from '../../../sandbox/okta/organization';
import { demoApp, demoOrganization, demoRule, PASSWORD } from './demo-organization';

function groupNames(organization: Organization, login: string): readonly string[] {
  return organization.groupsOf(organization.userByLogin(login)?.id ?? '').map(({ name }) => name);
}

describe('Organization', () => {
  test('finds a person by login in any case', () => {
    const { organization } = demoOrganization();

    expect(organization.userByLogin('ANA@Example.com')?.login).toBe('ana@example.com');
    expect(organization.userByLogin('ana@example.org')).toBeUndefined();
  });

  test('takes the login for the address of a person who has no other', () => {
    const organization = new Organization(PASSWORD);

    const ana = organization.addUser({ login: 'ana@example.com' });
    const ben = organization.addUser({ login: 'ben@example.com', profile: { email: 'ben@mail.example', title: 'x' } });

    expect(ana).toEqual({
      id: '00u00000000000000002',
      login: 'ana@example.com',
      email: 'ana@example.com',
      active: true,
      profile: { login: 'ana@example.com', email: 'ana@example.com' },
    });
    expect(ben).toEqual({
      id: '00u00000000000000003',
      login: 'ben@example.com',
      email: 'ben@mail.example',
      active: true,
      profile: { login: 'ben@example.com', email: 'ben@mail.example', title: 'x' },
    });
  });

  test('makes the same ids in each run, and takes those that it is given', () => {
    const ids = () => {
      const { organization, app, server } = demoOrganization();
      const policy = organization.addPolicy(server.id, { name: 'p', priority: 1, clients: [app.clientId] });
      const rule = organization.addRule(server.id, policy.id, demoRule());
      return [app.id, app.clientId, server.id, policy.id, rule.id];
    };

    expect(ids()).toEqual(ids());
    expect(new Set(ids()).size).toBe(4);
    expect(new Organization(PASSWORD).addApp(demoApp({ id: 'my-app' }))).toMatchObject({
      id: 'my-app',
      clientId: 'my-app',
    });
  });

  test.each([
    ['ana@example.com', PASSWORD, 'ana@example.com'],
    ['ANA@example.com', PASSWORD, 'ana@example.com'],
    ['ana@example.com', `${PASSWORD} `, undefined],
    ['ana@example.com', '', undefined],
    ['eve@example.com', PASSWORD, undefined],
    ['gone@example.com', PASSWORD, undefined],
  ])('checks the password of %s: %s', (login, password, expected) => {
    const { organization } = demoOrganization();
    organization.addUser({ login: 'gone@example.com', active: false });

    const user = organization.checkPassword(login, password);

    expect(user?.login).toBe(expected);
  });

  test('puts everyone into Everyone', () => {
    const { organization } = demoOrganization();

    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone']);
    expect(organization.everyone).toEqual({ id: '00g00000000000000001', name: 'Everyone', type: 'BUILT_IN' });
    expect(organization.allGroups().map(({ name }) => name)).toEqual(['Everyone', 'eks-admins']);
  });

  test('adds members to a group and takes them out', () => {
    const { organization } = demoOrganization();

    organization.addMember('eks-admins', 'ben@example.com');
    organization.removeMember('eks-admins', 'ana@example.com');

    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone', 'eks-admins']);
    expect(groupNames(organization, 'ana@example.com')).toEqual(['Everyone']);
  });

  test('puts people into groups by active rules, also by those that look at what other rules did', () => {
    const { organization } = demoOrganization();
    organization.addUser({ login: 'cleo@example.com', profile: { department: 'Shop' } });
    const [shop, leads, off] = ['shop', 'shop-leads', 'off'].map((name) => organization.addGroup(name).id) as [
      string,
      string,
      string,
    ];
    organization.addGroupRule({
      name: 'leads',
      expression: 'isMemberOfGroupName("shop")',
      groupIds: [leads],
      active: true,
    });
    organization.addGroupRule({
      name: 'shop',
      expression: 'user.department == "Shop"',
      groupIds: [shop],
      active: true,
    });
    organization.addGroupRule({ name: 'off', expression: 'true', groupIds: [off], active: false });

    expect(groupNames(organization, 'cleo@example.com')).toEqual(['Everyone', 'shop', 'shop-leads']);
    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone']);
  });

  test('lets an assignment to Everyone take in everybody', () => {
    const { organization, app } = demoOrganization();

    organization.assignGroups(app.id, [organization.everyone.id]);

    expect(organization.assignmentsOf(app.id).map(({ name }) => name)).toEqual(['Everyone']);
  });

  test('puts the claims of its server into the ID token of a person', () => {
    const { organization, app, server } = demoOrganization();
    organization.addClaim(server.id, {
      name: 'groups',
      claimType: 'IDENTITY',
      filter: 'STARTS_WITH',
      value: 'eks-',
      alwaysIncludeInToken: true,
      scopes: [],
    });
    const ana = organization.userByLogin('ana@example.com')?.id ?? '';

    const claims = organization.idTokenClaims({
      serverId: server.id,
      clientId: app.clientId,
      userId: ana,
      scopes: ['openid'],
    });

    expect(claims).toEqual({ sub: ana, groups: ['eks-admins'] });
  });

  test('lets people ask for a scope that its server was given', () => {
    const { organization, app, server } = demoOrganization();
    organization.addScope(server.id, 'groups');

    const answer = organization.authorize({
      serverId: server.id,
      clientId: app.clientId,
      scopes: ['openid', 'groups'],
      grantType: 'authorization_code',
    });

    expect(answer).toEqual({ ok: true, accessTokenMinutes: 60 });
    expect(organization.authorizationServers().map(({ scopes }) => scopes.at(-1))).toEqual(['groups']);
  });

  test('lists those who can sign in', () => {
    const { organization } = demoOrganization();
    organization.addUser({ login: 'gone@example.com', active: false });

    expect(organization.people().map(({ login }) => login)).toEqual(['ana@example.com', 'ben@example.com']);
  });

  test.each<[string, (organization: Organization) => unknown, string]>([
    [
      'a second user of a login',
      (o) => o.addUser({ login: 'Ana@example.com' }),
      'There is a user Ana@example.com already.',
    ],
    ['a second group of a name', (o) => o.addGroup('eks-admins'), 'There is a group eks-admins already.'],
    ['a group that is unknown', (o) => o.addMember('x', 'ana@example.com'), 'The organization has no group x.'],
    ['a member who is unknown', (o) => o.addMember('eks-admins', 'eve'), 'The organization has no user eve.'],
    ['a leaver who is unknown', (o) => o.removeMember('eks-admins', 'eve'), 'The organization has no user eve.'],
    ['a group id that is unknown', (o) => o.putInto('00g9', '00u9'), 'The organization has no group 00g9.'],
    ['a user id that is unknown', (o) => o.putInto(o.everyone.id, '00u9'), 'The organization has no user 00u9.'],
    ['the groups of nobody', (o) => o.groupsOf('00u9'), 'The organization has no user 00u9.'],
    ['assignments of no app', (o) => o.assignGroups('0oa9', []), 'The organization has no app 0oa9.'],
    ['a claim of no server', (o) => o.addScope('aus9', 'x'), 'The organization has no authorization server aus9.'],
    [
      'a rule of no policy',
      (o) => o.addRule(o.authorizationServers()[0]?.id ?? '', '00p9', demoRule()),
      'The organization has no policy 00p9.',
    ],
    [
      'a group rule that it does not understand',
      (o) => o.addGroupRule({ name: 'r', expression: 'x', groupIds: [], active: true }),
      'The local Okta does not understand the group rule x: x is not known.',
    ],
  ])('fails for %s', (_what, act, message) => {
    const { organization } = demoOrganization();

    expect(() => act(organization)).toThrow(new Error(message));
  });

  test('fails for an assignment of a group that is unknown', () => {
    const { organization, app } = demoOrganization();

    expect(() => organization.assignGroups(app.id, ['00g9'])).toThrow(new Error('The organization has no group 00g9.'));
  });
});
