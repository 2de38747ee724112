import { type OktaApi, oktaApi } from '../../../live/okta/okta-api';
import { type OktaServer, startOktaServer } from './okta-server';

let server: OktaServer;
let okta: OktaApi;

beforeAll(async () => {
  server = await startOktaServer();
  okta = oktaApi({
    ...{ organization: { orgName: 'example', baseUrl: 'okta.com' }, address: server.address },
    credentials: { kind: 'api-token', token: '00a' },
  });
});
afterAll(async () => {
  await okta.close();
  await server.close();
});

const ANA = { id: '00u1', status: 'ACTIVE', profile: { login: 'ana@example.com', email: 'a.b@example.com' } };
const group = (name: string, type = 'OKTA_GROUP') => ({ id: `00g-${name}-${type}`, type, profile: { name } });

describe('a person', () => {
  test('is found by the login, case aside, with the profile', async () => {
    server.answer({ 'GET /api/v1/users/Ana%40example.com': { body: ANA } });

    expect(await okta.userByLogin('Ana@example.com')).toEqual(ANA);
  });

  test('is not found by the part before the @, as Okta does', async () => {
    server.answer({ 'GET /api/v1/users/ana': { body: ANA } });

    expect(await okta.userByLogin('ana')).toBeUndefined();
  });

  test('is undefined if Okta does not have them', async () => {
    server.answer({});

    expect(await okta.userByLogin('bob@example.com')).toBeUndefined();
  });

  test('has no rights of others', async () => {
    server.answer({ 'GET /api/v1/users/me': { status: 403, body: { errorCode: 'E0000006' } } });

    await expect(okta.me()).rejects.toMatchObject({ kind: 'forbidden' });
  });
});

test('a name is the whole name, in its case, and can be that of several groups', async () => {
  const both = [group('eks'), group('eks', 'APP_GROUP')];
  server.answer({ 'GET /api/v1/groups?q=eks&limit=200': { body: [group('eks-admins'), group('EKS'), ...both] } });

  expect(await okta.groupsByName('eks')).toEqual(both);
});

test('a rule has the people whom it leaves out', async () => {
  const rule = {
    ...{ id: '0pr1', name: 'platform', status: 'ACTIVE', type: 'group_rule' },
    conditions: {
      people: { users: { exclude: ['00u1'] }, groups: { exclude: [] } },
      expression: { value: 'user.department == "Platform"', type: 'urn:okta:expression:1.0' },
    },
    actions: { assignUserToGroups: { groupIds: ['00g1'] } },
  };
  const bare = { id: '0pr2', name: 'bare', status: 'INACTIVE', actions: {} };
  server.answer({ 'GET /api/v1/groups/rules?limit=200': { body: [rule, bare] } });

  expect(await okta.groupRules()).toMatchObject([
    { conditions: { people: { users: { exclude: ['00u1'] } } } },
    { id: '0pr2', actions: {} },
  ]);
});

test('the system log is asked for a time that ends', async () => {
  const query = { since: new Date('2026-01-01T00:00:00Z'), until: new Date('2026-01-02T00:00:00Z'), most: 10 };
  const call =
    'GET /api/v1/logs?filter=eventType%20eq%20%22user.session.start%22&since=2026-01-01T00%3A00%3A00.000Z&until=2026-01-02T00%3A00%3A00.000Z&sortOrder=DESCENDING&limit=10';
  const event = { uuid: '1', published: '2026-01-01T10:00:00Z', eventType: 'user.session.start' };
  server.answer({ [call]: { body: [event] } });

  expect(await okta.logEvents({ filter: 'eventType eq "user.session.start"', ...query })).toEqual([event]);
});

test.each([
  ['suspends a person', () => okta.suspend('00u1'), 'POST /api/v1/users/00u1/lifecycle/suspend'],
  [
    'ends sessions with their tokens',
    () => okta.endSessions('00u1'),
    'DELETE /api/v1/users/00u1/sessions?oauthTokens=true',
  ],
  ['removes a member', () => okta.removeMember('00g1', '00u1'), 'DELETE /api/v1/groups/00g1/users/00u1'],
])('%s', async (_, change, call) => {
  server.answer({ [call]: { status: 204 } });

  await change();

  expect(server.requests.map((request) => request.call)).toEqual([call]);
});
