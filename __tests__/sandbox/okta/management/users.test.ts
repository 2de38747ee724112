import { IssuerWorld } from '../issuer-world';
import { type ApiAnswer, causesOf, ManagementTestWorld, nextPage, PASSWORD } from './management-world';

const CLEO = {
  login: 'cleo@example.com',
  email: 'cleo@mail.example',
  firstName: 'Cleo',
  lastName: 'Ito',
  department: 'Shop',
};

function logins({ body }: ApiAnswer): readonly string[] {
  return body.map(({ profile }: { profile: { login: string } }) => profile.login);
}

describe('the users of the management API', () => {
  let world: ManagementTestWorld;

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
  });

  const list = (query: Record<string, string>) => world.call('GET', `/users?${new URLSearchParams(query)}`);

  test('are made with a password, and sign in with it', async () => {
    const credentials = { password: { value: 'a long password' } };

    const { status, body } = await world.call('POST', '/users', { profile: CLEO, credentials });

    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^00u.{17}$/),
      status: 'ACTIVE',
      created: expect.any(String),
      activated: expect.any(String),
      statusChanged: expect.any(String),
      lastLogin: null,
      lastUpdated: expect.any(String),
      passwordChanged: expect.any(String),
      type: { id: expect.any(String) },
      profile: { ...CLEO, mobilePhone: null, secondEmail: null },
      credentials: { password: {}, provider: { type: 'OKTA', name: 'OKTA' } },
      _links: { self: { href: `${world.management.url}/api/v1/users/${body.id}` } },
    });
    // The answer does not tell the password.
    expect(JSON.stringify(body)).not.toContain('a long password');
    expect(world.organization.checkPassword(CLEO.login, 'a long password')?.id).toBe(body.id);
    expect(world.organization.checkPassword(CLEO.login, PASSWORD)).toBeUndefined();
  });

  test('without a password wait for one', async () => {
    const made = await world.call('POST', '/users', { profile: CLEO });

    const before = world.organization.checkPassword(CLEO.login, PASSWORD);
    const { body } = await world.call('POST', `/users/${CLEO.login}`, {
      credentials: { password: { value: 'a long password' } },
    });

    expect([made.body.status, body.status]).toEqual(['PROVISIONED', 'ACTIVE']);
    expect(before).toBeUndefined();
    expect(world.organization.checkPassword(CLEO.login, 'a long password')).toBeDefined();
  });

  test('are made in groups', async () => {
    const { body } = await world.call('POST', '/users', { profile: CLEO, groupIds: [world.idOf('eks-admins')] });

    const groups = await world.call('GET', `/users/${body.id}/groups`);

    expect(groups.body.map(({ profile }: { profile: { name: string } }) => profile.name)).toEqual([
      'Everyone',
      'eks-admins',
    ]);
  });

  test('change some attributes with POST, and all with PUT', async () => {
    const { body: made } = await world.call('POST', '/users', { profile: CLEO });

    const some = await world.call('POST', `/users/${made.id}`, { profile: { department: 'Bank' } });
    const all = await world.call('PUT', `/users/${made.id}`, {
      profile: { login: CLEO.login, email: 'new@mail.example' },
    });

    expect(some.body.profile).toMatchObject({ ...CLEO, department: 'Bank' });
    expect(all.body.profile).toEqual({
      ...{ login: CLEO.login, email: 'new@mail.example', firstName: null, lastName: null },
      ...{ mobilePhone: null, secondEmail: null },
    });
    expect(world.organization.userById(made.id)?.email).toBe('new@mail.example');
  });

  test('change their login', async () => {
    await world.call('POST', '/users/ana@example.com', { profile: { login: 'ana.lima@example.com' } });

    expect((await world.call('GET', '/users/ana.lima@example.com')).status).toBe(200);
    expect((await world.call('GET', '/users/ana@example.com')).status).toBe(404);
    expect(world.organization.checkPassword('ana.lima@example.com', PASSWORD)).toBeDefined();
  });

  test.each([
    [
      'POST /users',
      { ...CLEO, login: 'ANA@example.com' },
      ['login: An object with this field already exists in the current organization'],
    ],
    ['POST /users', { ...CLEO, login: undefined }, ['login: The field cannot be left blank']],
    ['POST /users', { ...CLEO, lastName: '' }, ['lastName: The field cannot be left blank']],
    [
      'POST /users/ana@example.com',
      { login: 'ben@example.com' },
      ['login: An object with this field already exists in the current organization'],
    ],
    ['PUT /users/ana@example.com', { login: 'ana@example.com' }, ['email: The field cannot be left blank']],
  ])('are refused by %s: %j', async (call, profile, causes) => {
    const [method = '', path = ''] = call.split(' ');

    const answer = await world.call(method, path, { profile });

    expect([answer.status, answer.body.errorCode, causesOf(answer)]).toEqual([400, 'E0000001', causes]);
    expect(world.organization.users.all()).toHaveLength(3);
  });

  test('are found by id, login in any case, and nothing else', async () => {
    const paths = [world.idOf('ana'), 'ANA@example.com', 'ana', 'ana@example.org'];

    const statuses = await Promise.all(paths.map(async (path) => (await world.call('GET', `/users/${path}`)).status));

    expect(statuses).toEqual([200, 200, 404, 404]);
  });

  test('are listed without those who were deactivated, except by their status', async () => {
    await world.call('POST', '/users', { profile: CLEO });
    await world.call('POST', '/users/ben@example.com/lifecycle/deactivate');

    expect(logins(await list({}))).toEqual(['ana@example.com', 'admin@okta.example', 'cleo@example.com']);
    expect(logins(await list({ filter: 'status eq "DEPROVISIONED"' }))).toEqual(['ben@example.com']);
    expect(logins(await list({ q: 'cle' }))).toEqual(['cleo@example.com']);
    expect(logins(await list({ search: 'profile.department eq "Shop" and status eq "PROVISIONED"' }))).toEqual([
      'cleo@example.com',
    ]);
    expect(logins(await list({ search: 'profile.login sw "b" or profile.firstName eq "Ana"' }))).toEqual([
      'ana@example.com',
      'ben@example.com',
    ]);
  });

  test.each([
    [{ filter: 'profile.login sw "a"' }, ['filter: The operator sw is not supported for profile.login. These are: eq']],
    [
      { filter: 'profile.department eq "x"' },
      [expect.stringMatching(/^filter: The attribute profile\.department is not supported\./)],
    ],
    [
      { search: 'login eq "ana@example.com"' },
      [expect.stringMatching(/^search: The attribute login is not supported\./)],
    ],
    [{ q: 'a', search: 'profile.login pr' }, ['search: Only one of q, filter, and search can be used']],
    [{ sortBy: 'status' }, [expect.stringMatching(/^sortBy: The local Okta does not support this parameter\./)]],
  ])('are not listed for %j', async (query, causes) => {
    const answer = await list(query as Record<string, string>);

    expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
  });

  test('come in pages of at most 200', async () => {
    for (let index = 0; index < 250; index++) world.organization.addUser({ login: `person-${index}@example.com` });

    const first = await list({ limit: '1000' });
    const second = await world.call('GET', nextPage(first) ?? '');

    expect([first.body.length, second.body.length, nextPage(second)]).toEqual([200, 53, undefined]);
    expect(new Set([...logins(first), ...logins(second)]).size).toBe(253);
  });

  test('come in pages that miss nobody when somebody is deleted between them', async () => {
    const first = await list({ limit: '1' });
    world.organization.removeUser(world.idOf('ana'));

    const second = await world.call('GET', nextPage(first) ?? '');

    expect([logins(first), logins(second)]).toEqual([['ana@example.com'], ['ben@example.com']]);
  });

  describe('in their life', () => {
    const move = (step: string) => world.call('POST', `/users/ana@example.com/lifecycle/${step}`);
    const status = async () => (await world.call('GET', '/users/ana@example.com')).body?.status;

    test('are suspended, unsuspended, deactivated, activated, and deleted in two steps', async () => {
      const statuses = [];
      for (const step of ['suspend', 'unsuspend', 'deactivate', 'activate', 'reactivate']) {
        expect((await move(step)).status).toBe(200);
        statuses.push(await status());
      }
      for (let step = 0; step < 2; step++) {
        expect((await world.call('DELETE', '/users/ana@example.com')).status).toBe(204);
        statuses.push(await status());
      }

      expect(statuses).toEqual([
        ...['SUSPENDED', 'ACTIVE', 'DEPROVISIONED', 'PROVISIONED', 'PROVISIONED'],
        ...['DEPROVISIONED', undefined],
      ]);
      expect(world.organization.directMembersOf(world.idOf('eks-admins'))).toEqual([]);
    });

    test.each([
      ['activate', 403, 'E0000016'],
      ['unsuspend', 400, 'E0000001'],
      ['reactivate', 400, 'E0000001'],
    ])('are not moved by %s when they are active', async (step, code, errorCode) => {
      const answer = await move(step);

      expect([answer.status, answer.body.errorCode, await status()]).toEqual([code, errorCode, 'ACTIVE']);
    });

    test('are not suspended twice', async () => {
      await move('suspend');

      const answer = await move('suspend');

      expect(causesOf(answer)).toEqual(['status: The user is SUSPENDED, and must be ACTIVE']);
    });

    test('are made without being activated', async () => {
      const credentials = { password: { value: 'a long password' } };
      const { body } = await world.call('POST', '/users?activate=false', { profile: CLEO, credentials });
      const before = world.organization.checkPassword(CLEO.login, 'a long password');

      await world.call('POST', `/users/${body.id}/lifecycle/activate`);

      expect([body.status, before]).toEqual(['STAGED', undefined]);
      expect(world.organization.checkPassword(CLEO.login, 'a long password')).toBeDefined();
    });
  });

  test('have the apps that they are assigned to', async () => {
    const app = { label: 'EKS', grantTypes: [], responseTypes: [], redirectUris: [], postLogoutRedirectUris: [] };
    const { id } = world.organization.addApp({
      ...app,
      ...{ tokenEndpointAuthMethod: 'none', pkceRequired: true, refreshTokenRotation: 'STATIC', refreshTokenLeeway: 0 },
    });
    world.organization.assignGroups(id, [world.idOf('eks-admins')]);
    const labels = async (login: string) =>
      (await world.call('GET', `/users/${login}/appLinks`)).body.map(({ label }: { label: string }) => label);

    expect([await labels('ana@example.com'), await labels('ben@example.com')]).toEqual([['EKS'], []]);
  });
});

describe('the refresh tokens of a user', () => {
  test('are listed by client, do not tell the token, and are ended one by one', async () => {
    const world = await IssuerWorld.start({});
    const scope = 'openid email offline_access';
    const tokens = [
      await world.tokens({ scope }),
      await world.tokens({ scope }),
      await world.tokens({ scope }, 'bob@example.com'),
    ];
    const path = '/users/ana@example.com/clients';

    const clients = await world.api('GET', path);
    const listed = (await world.api('GET', `${path}/eks/tokens`)) as { id: string }[];
    await world.api('DELETE', `${path}/eks/tokens/${listed[0]?.id}`);
    const statuses = [];
    for (const { refresh_token: token = '' } of tokens) statuses.push((await world.refresh(token)).status);

    expect(clients).toMatchObject([{ client_id: 'eks', client_name: 'EKS' }]);
    expect(listed).toHaveLength(2);
    expect(listed[0]).toMatchObject({
      id: expect.stringMatching(/^oar.{17}$/),
      ...{ clientId: 'eks', status: 'ACTIVE', scopes: ['openid', 'email', 'offline_access'] },
      issuer: world.issuer.issuerUrl('aus1'),
    });
    expect(JSON.stringify(listed)).not.toContain(tokens[0]?.refresh_token);
    expect(statuses).toEqual([400, 200, 200]);
  });

  test('are all ended for a client, and access tokens with them', async () => {
    const world = await IssuerWorld.start({});
    const { refresh_token: refresh = '', access_token: access = '' } = await world.tokens({
      scope: 'openid email offline_access',
    });
    const userinfo = async () =>
      (await world.fetch(world.url('/v1/userinfo'), { headers: { authorization: `Bearer ${access}` } })).status;
    const before = await userinfo();

    await world.api('DELETE', '/users/ana@example.com/clients/eks/tokens');

    expect([before, await userinfo(), (await world.refresh(refresh)).status]).toEqual([200, 401, 400]);
    expect(await world.api('GET', '/users/ana@example.com/clients')).toEqual([]);
  });

  test('are no grants: nobody consents to the apps of the company', async () => {
    const world = await IssuerWorld.start({});
    await world.tokens();

    expect(await world.api('GET', '/users/ana@example.com/grants')).toEqual([]);
    expect(await world.api('DELETE', '/users/ana@example.com/grants')).toBeUndefined();
  });
});
