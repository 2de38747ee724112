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

  test('uses the login as e-mail address by default', () => {
    const organization = new Organization(PASSWORD);

    const ana = organization.addUser({ login: 'ana@example.com' });
    const ben = organization.addUser({ login: 'ben@example.com', profile: { email: 'ben@mail.example', title: 'x' } });

    expect(ana).toEqual({
      id: '00u00000000000000002',
      login: 'ana@example.com',
      email: 'ana@example.com',
      status: 'ACTIVE',
      profile: { login: 'ana@example.com', email: 'ana@example.com' },
    });
    expect(ben).toEqual({
      id: '00u00000000000000003',
      login: 'ben@example.com',
      email: 'ben@mail.example',
      status: 'ACTIVE',
      profile: { login: 'ben@example.com', email: 'ben@mail.example', title: 'x' },
    });
  });

  test('generates the same ids in every run, and accepts given ids', () => {
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
    organization.addUser({ login: 'gone@example.com', status: 'DEPROVISIONED' });

    const user = organization.checkPassword(login, password);

    expect(user?.login).toBe(expected);
  });

  test('puts everyone into Everyone', () => {
    const { organization } = demoOrganization();

    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone']);
    expect(organization.everyone).toEqual({
      id: '00g00000000000000001',
      name: 'Everyone',
      type: 'BUILT_IN',
      description: '',
    });
    expect(organization.allGroups().map(({ name }) => name)).toEqual(['Everyone', 'eks-admins']);
  });

  test('adds and removes members of a group', () => {
    const { organization } = demoOrganization();

    organization.addMember('eks-admins', 'ben@example.com');
    organization.removeMember('eks-admins', 'ana@example.com');

    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone', 'eks-admins']);
    expect(groupNames(organization, 'ana@example.com')).toEqual(['Everyone']);
  });

  test('applies active group rules, even those that depend on other rules', () => {
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
      status: 'ACTIVE',
    });
    organization.addGroupRule({
      name: 'shop',
      expression: 'user.department == "Shop"',
      groupIds: [shop],
      status: 'ACTIVE',
    });
    organization.addGroupRule({ name: 'off', expression: 'true', groupIds: [off], status: 'INACTIVE' });

    expect(groupNames(organization, 'cleo@example.com')).toEqual(['Everyone', 'shop', 'shop-leads']);
    expect(groupNames(organization, 'ben@example.com')).toEqual(['Everyone']);
  });

  test('assigns Everyone to an app', () => {
    const { organization, app } = demoOrganization();

    organization.assignGroups(app.id, [organization.everyone.id]);

    expect(organization.assignmentsOf(app.id).map(({ name }) => name)).toEqual(['Everyone']);
  });

  test('puts the claims of the server into ID tokens', () => {
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

  test('allows a scope that was added to the server', () => {
    const { organization, app, server } = demoOrganization();
    organization.addScope(server.id, { name: 'groups' });

    const answer = organization.authorize({
      serverId: server.id,
      clientId: app.clientId,
      scopes: ['openid', 'groups'],
      grantType: 'authorization_code',
    });

    expect(answer).toEqual({ ok: true, accessTokenMinutes: 60 });
    expect(organization.authorizationServers().map(({ scopes }) => scopes.at(-1)?.name)).toEqual(['groups']);
  });

  test('lists active people', () => {
    const { organization } = demoOrganization();
    organization.addUser({ login: 'gone@example.com', status: 'DEPROVISIONED' });

    expect(organization.people().map(({ login }) => login)).toEqual(['ana@example.com', 'ben@example.com']);
  });

  test.each<[string, (organization: Organization) => unknown, string]>([
    [
      'a second user with the same login',
      (o) => o.addUser({ login: 'Ana@example.com' }),
      'The user Ana@example.com already exists.',
    ],
    ['a second group with the same name', (o) => o.addGroup('eks-admins'), 'The group eks-admins already exists.'],
    ['an unknown group', (o) => o.addMember('x', 'ana@example.com'), 'The organization has no group x.'],
    ['an unknown member to add', (o) => o.addMember('eks-admins', 'eve'), 'The organization has no user eve.'],
    ['an unknown member to remove', (o) => o.removeMember('eks-admins', 'eve'), 'The organization has no user eve.'],
    ['an unknown group id', (o) => o.addMemberById('00g9', '00u9'), 'The organization has no group 00g9.'],
    ['an unknown user id', (o) => o.addMemberById(o.everyone.id, '00u9'), 'The organization has no user 00u9.'],
    ['the groups of an unknown user', (o) => o.groupsOf('00u9'), 'The organization has no user 00u9.'],
    ['assignments of an unknown app', (o) => o.assignGroups('0oa9', []), 'The organization has no app 0oa9.'],
    [
      'a scope of an unknown server',
      (o) => o.addScope('aus9', { name: 'x' }),
      'The organization has no authorization server aus9.',
    ],
    [
      'a rule of an unknown policy',
      (o) => o.addRule(o.authorizationServers()[0]?.id ?? '', '00p9', demoRule()),
      'The organization has no policy 00p9.',
    ],
  ])('fails for %s', (_what, act, message) => {
    const { organization } = demoOrganization();

    expect(() => act(organization)).toThrow(new Error(message));
  });

  test('names a group rule that it does not understand, which puts nobody into the group', () => {
    const { organization } = demoOrganization();
    const group = organization.addGroup('eks-new');
    const user = organization.addUser({ login: 'new@example.com' });

    const rule = {
      name: 'r',
      expression: 'Iso3166Convert.toName(user.countryCode) == "India"',
      groupIds: [group.id],
    };
    organization.addGroupRule(rule);

    expect(organization.unsupportedExpressions()).toEqual([
      'The local Okta does not support the group rule Iso3166Convert.toName(user.countryCode) == "India": it does not evaluate Iso3166Convert.toName (line 1, column 1).',
    ]);
    expect(organization.groupsOf(user.id).map(({ name }) => name)).not.toContain('eks-new');
  });

  test('adds attributes to a person, on which a rule depends', () => {
    const { organization } = demoOrganization();
    const group = organization.addGroup('eks-new');
    const user = organization.addUser({ login: 'new@example.com' });
    organization.addGroupRule({ name: 'r', expression: 'user.team == "x"', groupIds: [group.id], status: 'ACTIVE' });

    organization.changeProfile('new@example.com', { team: 'x', login: 'other@example.com' });

    expect(organization.groupsOf(user.id).map(({ name }) => name)).toContain('eks-new');
    expect(organization.userByLogin('new@example.com')?.profile.login).toBe('new@example.com');
  });

  test('fails for an assignment of an unknown group', () => {
    const { organization, app } = demoOrganization();

    expect(() => organization.assignGroups(app.id, ['00g9'])).toThrow(new Error('The organization has no group 00g9.'));
  });
});
