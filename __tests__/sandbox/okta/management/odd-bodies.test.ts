import fc from 'fast-check';
import { ManagementTestWorld } from './management-world';

const ODD = [
  null,
  '',
  'x',
  ' ',
  0,
  -1,
  1.5,
  1e300,
  true,
  [],
  [null],
  ['x'],
  [[]],
  {},
  { id: 'x' },
  '\u0000',
  '${x}',
  '__proto__',
];

const RULE = {
  ...{ type: 'RESOURCE_ACCESS', name: 'code', priority: 1, status: 'ACTIVE' },
  conditions: {
    people: { groups: { include: ['EVERYONE'], exclude: [] }, users: { include: [], exclude: [] } },
    ...{ grantTypes: { include: ['authorization_code'] }, scopes: { include: ['*'] } },
  },
  actions: { token: { accessTokenLifetimeMinutes: 60, refreshTokenLifetimeMinutes: 0, refreshTokenWindowMinutes: 60 } },
};

/** A body that is fine for each call that takes one. */
const BODIES: Readonly<Record<string, unknown>> = {
  '/users': {
    profile: { login: 'c@example.com', email: 'c@example.com', firstName: 'C', lastName: 'D' },
    groupIds: [],
  },
  '/users/ana@example.com': {
    profile: { department: 'Shop' },
    credentials: { password: { value: 'a long password' } },
  },
  '/groups': { profile: { name: 'g', description: 'd' } },
  '/groups/rules': {
    name: 'r',
    conditions: {
      expression: { value: 'true', type: 'urn:okta:expression:1.0' },
      people: { users: { exclude: [] }, groups: { exclude: [] } },
    },
    actions: { assignUserToGroups: { groupIds: ['$group'] } },
  },
  '/apps': {
    ...{
      name: 'oidc_client',
      label: 'a',
      signOnMode: 'OPENID_CONNECT',
      visibility: {},
      accessibility: {},
      profile: {},
    },
    credentials: {
      userNameTemplate: {},
      oauthClient: { client_id: null, token_endpoint_auth_method: 'none', pkce_required: true },
    },
    settings: {
      ...{ app: {}, notes: {}, implicitAssignment: false },
      oauthClient: {
        ...{ application_type: 'native', grant_types: ['authorization_code'], response_types: ['code'] },
        ...{ redirect_uris: ['http://localhost:8000'], refresh_token: { rotation_type: 'STATIC', leeway: 0 } },
      },
    },
  },
  '/apps/$app/users': { id: '$user', profile: {} },
  '/authorizationServers': {
    name: 's',
    description: 'd',
    audiences: ['a'],
    issuerMode: 'ORG_URL',
    credentials: { signing: { rotationMode: 'AUTO' } },
  },
  '/authorizationServers/$server/claims': {
    ...{
      name: 'c',
      status: 'ACTIVE',
      claimType: 'IDENTITY',
      valueType: 'GROUPS',
      group_filter_type: 'REGEX',
      value: '.*',
    },
    ...{ alwaysIncludeInToken: true, conditions: { scopes: [] } },
  },
  '/authorizationServers/$server/scopes': { name: 's', description: 'd', consent: 'IMPLICIT' },
  '/authorizationServers/$server/policies': {
    name: 'p',
    description: 'd',
    priority: 1,
    conditions: { clients: { include: ['ALL_CLIENTS'] } },
  },
  '/authorizationServers/$server/policies/$policy/rules': RULE,
  '/policies': { type: 'ACCESS_POLICY', name: 'p', description: 'd' },
  '/policies/$authentication/rules': {
    name: 'r',
    priority: 1,
    conditions: {},
    actions: { appSignOn: { access: 'ALLOW' } },
  },
  '/zones': {
    type: 'IP',
    name: 'z',
    usage: 'POLICY',
    gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }],
    proxies: null,
  },
};

/** The paths of all values in a body. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, part]) => pathsOf(part, [...path, name]))];
}

function replaced(value: unknown, [name, ...rest]: readonly string[], by: unknown): unknown {
  if (name === undefined) return by;
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  copy[name] = replaced(copy[name], rest, by);
  return copy;
}

test('odd values in a body never break the API, and never change what a refused call left', async () => {
  const world = await ManagementTestWorld.start({ rateLimit: { limit: 100_000, windowSeconds: 60 } });
  const logged = jest.spyOn(console, 'error').mockReturnValue();
  const make = async (path: string, body: unknown): Promise<string> => (await world.call('POST', path, body)).body.id;
  const group = world.idOf('eks-admins');
  const app = await make('/apps', BODIES['/apps']);
  const server = await make('/authorizationServers', BODIES['/authorizationServers']);
  const policy = await make(
    `/authorizationServers/${server}/policies`,
    BODIES['/authorizationServers/$server/policies'],
  );
  const authentication = await make('/policies', BODIES['/policies']);
  const ids: Readonly<Record<string, string>> = { group, app, server, policy, authentication, user: world.idOf('ben') };
  const withIds = (text: string) => text.replace(/\$(\w+)/g, (name, key: string) => ids[key] ?? name);
  const calls = Object.entries(BODIES).flatMap(([path, body]) =>
    pathsOf(body).map((place) => ({
      path: withIds(path),
      body: JSON.parse(withIds(JSON.stringify(body))) as unknown,
      place,
    })),
  );

  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...calls), fc.constantFrom(...ODD), async ({ path, body, place }, odd) => {
      const before = world.organization.groups.all().length + world.organization.users.all().length;

      const answer = await world.call('POST', path, replaced(body, place, odd));

      expect([answer.status, answer.body?.errorSummary]).not.toEqual([500, expect.anything()]);
      const after = world.organization.groups.all().length + world.organization.users.all().length;
      if (answer.status >= 400) expect(after).toBe(before);
    }),
    { numRuns: 400, seed: 20_260_615 },
  );
  // What was accepted can be read.
  for (const path of [
    '/users',
    '/groups',
    '/groups/rules',
    '/apps',
    '/authorizationServers',
    '/policies?type=ACCESS_POLICY',
    '/zones',
    '/logs',
  ]) {
    expect([path, (await world.call('GET', path)).status]).toEqual([path, 200]);
  }
  expect(logged.mock.calls).toEqual([]);
  logged.mockRestore();
});
