import { createPrivateKey } from 'node:crypto';
import { type OktaApi, oktaApi } from '../../../live/okta/okta-api';
import type { OktaCredentials } from '../../../live/okta/okta-credentials';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { type RunningIssuer, type RunningManagement, startIssuer } from '../../../sandbox/okta/issuer';
import { Organization } from '../../../sandbox/okta/organization';
import { demoApp } from '../../sandbox/okta/demo-organization';

// The client against the management API of the local Okta, on real TLS.
const organization = new Organization('password');
let issuer: RunningIssuer;
let management: RunningManagement;
const clients: OktaApi[] = [];

beforeAll(async () => {
  issuer = await startIssuer({ organization, ca: await createCertificateAuthority(), management: {} });
  management = issuer.management as RunningManagement;
  organization.addUser({ login: 'Ana@example.com', profile: { department: 'Dev' } });
  organization.addUser({ login: 'bob@example.com' });
  const group = organization.addGroup('eks-devs');
  organization.addGroup('eks-devs-2');
  for (let at = 0; at < 250; at++) organization.addUser({ login: `user-${at}@example.com` });
  for (let at = 0; at < 250; at++) organization.addMember('eks-devs', `user-${at}@example.com`);
  organization.addMember('eks-devs', 'Ana@example.com');
  organization.addGroupRule({
    name: 'devs',
    expression: 'user.department == "Ops"',
    groupIds: [group.id],
    status: 'ACTIVE',
  });
  const app = organization.addApp(demoApp({ label: 'EKS' }));
  organization.assignGroups(app.id, [group.id]);
  organization.addAuthorizationServer({ name: 'EKS', audiences: ['http://localhost:8000'] });
});
afterAll(async () => {
  await Promise.all(clients.map((client) => client.close()));
  await issuer.close();
});

function connected(credentials: OktaCredentials): OktaApi {
  const client = oktaApi({
    ...{ organization: { orgName: 'example', baseUrl: 'okta.com' }, credentials },
    address: { url: management.url, caPem: issuer.caPem },
  });
  clients.push(client);
  return client;
}

const administrator = () => connected({ kind: 'api-token', token: management.apiToken });

function serviceApp(props: Parameters<RunningManagement['credentials']>[0]): OktaApi {
  const { clientId, privateKey } = management.credentials(props).serviceApp;
  const scopes = [...(props?.scopes ?? [])];
  return connected({ kind: 'service-app', clientId, privateKey: createPrivateKey(privateKey), scopes });
}

test('reads people, groups, rules, apps, and authorization servers', async () => {
  const okta = administrator();

  const user = await okta.userByLogin('ana@EXAMPLE.com');
  expect(user).toMatchObject({ status: 'ACTIVE', profile: { login: 'Ana@example.com', department: 'Dev' } });
  const { id = '' } = user ?? {};
  expect((await okta.userGroups(id)).map(({ profile }) => profile.name).sort()).toEqual(['Everyone', 'eks-devs']);
  const [group, ...others] = await okta.groupsByName('eks-devs');
  expect(others).toEqual([]);
  expect(await okta.groupMembers(group?.id ?? '')).toHaveLength(251);
  expect(await okta.groupRules()).toMatchObject([{ name: 'devs', status: 'ACTIVE' }]);
  const [app] = await okta.appsByLabel('EKS');
  expect(await okta.appGroups(app?.id ?? '')).toEqual([group?.id]);
  expect(await okta.appUsers(app?.id ?? '')).toHaveLength(251);
  expect(await okta.appUser(app?.id ?? '', id)).toMatchObject({ scope: 'GROUP' });
  const bob = (await okta.userByLogin('bob@example.com'))?.id ?? '';
  expect(await okta.appUser(app?.id ?? '', bob)).toBeUndefined();
  const [server] = await okta.authorizationServersByName('EKS');
  expect(await okta.scopes(server?.id ?? '')).toContain('openid');
  expect(await okta.claims(server?.id ?? '')).toEqual(expect.any(Array));
  expect(await okta.policies(server?.id ?? '')).toEqual([]);
  expect(await okta.userClients(id)).toEqual([]);
  expect((await okta.me())?.profile.login).toBe('admin@okta.example');
  expect(await okta.userRoles((await okta.me())?.id ?? '')).toMatchObject([{ type: 'SUPER_ADMIN' }]);
});

test('changes a person, and reads the changes in the log', async () => {
  const okta = administrator();
  const { id = '' } = (await okta.userByLogin('bob@example.com')) ?? {};
  const [group] = await okta.groupsByName('eks-devs-2');
  organization.addMember('eks-devs-2', 'bob@example.com');
  const since = new Date(Date.now() - 60_000);

  await okta.suspend(id);
  await okta.endSessions(id);
  await okta.removeMember(group?.id ?? '', id);

  expect((await okta.userByLogin('bob@example.com'))?.status).toBe('SUSPENDED');
  expect((await okta.userGroups(id)).map(({ profile }) => profile.name)).toEqual(['Everyone']);
  const until = new Date(Date.now() + 60_000);
  const query = { filter: 'eventType eq "user.lifecycle.suspend"', since, until, most: 10 };
  expect(await okta.logEvents(query)).toMatchObject([{ target: [{ id }] }]);
});

test('is a service app, which has no person', async () => {
  const okta = serviceApp({ scopes: ['okta.users.read'] });

  expect(await okta.userByLogin('ana@example.com')).toBeDefined();
  expect(await okta.me()).toBeUndefined();
  expect(await okta.tokenScopes()).toEqual(['okta.users.read']);
});

test('is told which scope is missing', async () => {
  const okta = serviceApp({ scopes: ['okta.users.read'] });

  await expect(okta.suspend('00u1')).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringMatching(/The token lacks the scope okta\.users\.manage\.$/),
  });
});

test('is told that a role is missing', async () => {
  const okta = connected({ kind: 'api-token', token: management.credentials({ role: 'READ_ONLY_ADMIN' }).apiToken });
  const { id = '' } = (await okta.userByLogin('ana@example.com')) ?? {};

  await expect(okta.suspend(id)).rejects.toMatchObject({
    kind: 'forbidden',
    message: expect.stringContaining('It needs the scope okta.users.manage, and an admin role'),
  });
});

test('is told that the credentials are wrong', async () => {
  const okta = connected({ kind: 'api-token', token: '00wrong' });

  await expect(okta.me()).rejects.toMatchObject({ kind: 'unauthorized' });
});
