import { type ApiAnswer, causesOf, ManagementTestWorld } from './management-world';

interface AppChanges {
  readonly label?: string;
  readonly client?: Record<string, unknown>;
  readonly oauthClient?: Record<string, unknown>;
  readonly settings?: Record<string, unknown>;
  readonly signOnMode?: string;
}

/** A native app, with changes. */
function app({
  label = 'EKS',
  client,
  oauthClient,
  settings,
  signOnMode = 'OPENID_CONNECT',
}: AppChanges = {}): unknown {
  return {
    name: 'oidc_client',
    ...{ label, signOnMode },
    credentials: { oauthClient: { token_endpoint_auth_method: 'none', pkce_required: true, ...client } },
    settings: {
      oauthClient: {
        application_type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: ['http://localhost:8000'],
        refresh_token: { rotation_type: 'ROTATE', leeway: 30 },
        ...oauthClient,
      },
      ...settings,
    },
  };
}

function labels({ body }: ApiAnswer): readonly string[] {
  return body.map(({ label }: { label: string }) => label);
}

describe('the apps of the management API', () => {
  let world: ManagementTestWorld;

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
  });

  const make = (changes?: AppChanges) => world.call('POST', '/apps', app(changes));
  const list = (query: Record<string, string>) => world.call('GET', `/apps?${new URLSearchParams(query)}`);

  test('are made and read', async () => {
    const { status, body } = await make();

    const self = `${world.management.url}/api/v1/apps/${body.id}`;
    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^0oa.{17}$/),
      ...{ name: 'oidc_client', label: 'EKS', status: 'ACTIVE', signOnMode: 'OPENID_CONNECT', features: [] },
      ...{ created: expect.any(String), lastUpdated: expect.any(String) },
      accessibility: { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
      visibility: {
        ...{ autoLaunch: false, autoSubmitToolbar: false },
        ...{ hide: { iOS: true, web: true }, appLinks: { oidc_client_link: true } },
      },
      credentials: {
        userNameTemplate: { template: '${source.login}', type: 'BUILT_IN' },
        signing: { kid: `kid ${body.id}` },
        oauthClient: {
          ...{ client_id: body.id, token_endpoint_auth_method: 'none', pkce_required: true, autoKeyRotation: true },
        },
      },
      settings: {
        app: {},
        notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
        implicitAssignment: false,
        notes: { admin: null, enduser: null },
        oauthClient: {
          ...{ application_type: 'native', consent_method: 'TRUSTED', issuer_mode: 'ORG_URL' },
          redirect_uris: ['http://localhost:8000'],
          post_logout_redirect_uris: [],
          response_types: ['code'],
          grant_types: ['authorization_code', 'refresh_token'],
          refresh_token: { rotation_type: 'ROTATE', leeway: 30 },
        },
      },
      _links: {
        self: { href: self },
        users: { href: `${self}/users` },
        groups: { href: `${self}/groups` },
        accessPolicy: { href: expect.stringMatching(/\/api\/v1\/policies\/rst/) },
        deactivate: { href: `${self}/lifecycle/deactivate` },
      },
    });
    expect((await world.call('GET', `/apps/${body.id}`)).body).toEqual(body);
  });

  test('keep what no sign-in depends on', async () => {
    const changes = {
      settings: { notes: { admin: 'for kubectl' } },
      oauthClient: { logo_uri: 'https://example.com/x.png' },
    };

    const { body } = await make(changes);

    expect(body.settings).toMatchObject({ notes: { admin: 'for kubectl' }, oauthClient: changes.oauthClient });
  });

  test('are changed, with their client id', async () => {
    const { id } = (await make()).body;

    const changes = {
      label: 'EKS 2',
      client: { client_id: id },
      oauthClient: { redirect_uris: ['http://localhost:18000'] },
    };
    const { body } = await world.call('PUT', `/apps/${id}`, app(changes));

    expect(body).toMatchObject({ label: 'EKS 2', credentials: { oauthClient: { client_id: id } } });
    expect(world.organization.appByClientId(id)?.redirectUris).toEqual(['http://localhost:18000']);
  });

  test('are deleted only when they are inactive', async () => {
    const { id } = (await make()).body;
    const refused = await world.call('DELETE', `/apps/${id}`);

    const deactivated = await world.call('POST', `/apps/${id}/lifecycle/deactivate`);
    const read = await world.call('GET', `/apps/${id}`);
    const deleted = await world.call('DELETE', `/apps/${id}`);

    expect([refused.status, refused.body.errorCode]).toEqual([403, 'E0000056']);
    expect([deactivated.status, deactivated.body, read.body.status, deleted.status]).toEqual([
      200,
      {},
      'INACTIVE',
      204,
    ]);
    expect((await world.call('GET', `/apps/${id}`)).status).toBe(404);
  });

  test('are found by label, status, user, and group, 20 on a page', async () => {
    const { id } = (await make()).body;
    await make({ label: 'Grafana' });
    await world.call('PUT', `/apps/${id}/groups/${world.idOf('eks-admins')}`, {});
    await world.call('POST', `/apps/${id}/lifecycle/deactivate`);

    expect(labels(await list({ q: 'gra' }))).toEqual(['Grafana']);
    expect(labels(await list({ filter: 'status eq "INACTIVE"' }))).toEqual(['EKS']);
    expect(labels(await list({ filter: `user.id eq "${world.idOf('ana')}"` }))).toEqual(['EKS']);
    expect(labels(await list({ filter: `user.id eq "${world.idOf('ben')}"` }))).toEqual([]);
    expect(labels(await list({ filter: `group.id eq "${world.idOf('eks-admins')}"` }))).toEqual(['EKS']);
    for (let index = 0; index < 25; index++) await make({ label: `app ${index}` });
    expect([(await list({})).body.length, (await list({ limit: '200' })).body.length]).toEqual([20, 27]);
  });

  test.each<[string, AppChanges, readonly string[]]>([
    [
      'PKCE that is off without a secret',
      { client: { pkce_required: false } },
      ["pkce_required: 'pkce_required' must be true when 'token_endpoint_auth_method' is 'none'"],
    ],
    ['no redirect URI', { oauthClient: { redirect_uris: [] } }, ["redirect_uris: 'redirect_uris' must not be empty"]],
    [
      'a redirect URI that is not one',
      { oauthClient: { redirect_uris: ['localhost'] } },
      ['settings.oauthClient.redirect_uris.0: Invalid URL'],
    ],
    [
      'no response type',
      { oauthClient: { response_types: [] } },
      ["response_types: 'response_types' must contain 'code' for the grant type 'authorization_code'"],
    ],
    [
      'a leeway that is too long',
      { oauthClient: { refresh_token: { leeway: 61 } } },
      ['settings.oauthClient.refresh_token.leeway: Too big: expected number to be <=60'],
    ],
    [
      'a client id of its own',
      { client: { client_id: 'mine' } },
      ['credentials.oauthClient.client_id: The local Okta gives client ids, and keeps them'],
    ],
    [
      'another kind of app',
      { signOnMode: 'SAML_2_0' },
      ['signOnMode: The local Okta only has apps with OPENID_CONNECT'],
    ],
  ])('are refused for %s', async (_what, changes, causes) => {
    const answer = await make(changes);

    expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
    expect(world.organization.allApps()).toEqual([]);
  });

  describe('with their assignments', () => {
    let path = '';

    beforeEach(async () => {
      path = `/apps/${(await make()).body.id}`;
    });

    test('of groups', async () => {
      const admins = world.idOf('eks-admins');

      const assigned = await world.call('PUT', `${path}/groups/${admins}`, { priority: 3, profile: { team: 'a' } });
      const one = await world.call('GET', `${path}/groups/${admins}`);
      const users = await world.call('GET', `${path}/users`);
      const removed = await world.call('DELETE', `${path}/groups/${admins}`);

      expect(assigned.status).toBe(200);
      expect(assigned.body).toMatchObject({
        id: admins,
        priority: 3,
        profile: { team: 'a' },
        lastUpdated: expect.any(String),
      });
      expect(one.body).toEqual(assigned.body);
      expect(users.body).toMatchObject([
        { id: world.idOf('ana'), scope: 'GROUP', credentials: { userName: 'ana@example.com' } },
      ]);
      expect([removed.status, (await world.call('GET', `${path}/groups`)).body]).toEqual([204, []]);
      expect((await world.call('DELETE', `${path}/groups/${admins}`)).status).toBe(404);
    });

    test('of users', async () => {
      const [ana, ben] = [world.idOf('ana'), world.idOf('ben')];
      await world.call('PUT', `${path}/groups/${world.idOf('eks-admins')}`, {});

      const assigned = await world.call('POST', `${path}/users`, { id: ben, scope: 'USER' });
      const users = await world.call('GET', `${path}/users`);
      const removed = await world.call('DELETE', `${path}/users/${ben}`);
      const ofGroup = await world.call('DELETE', `${path}/users/${ana}`);

      expect(assigned.body).toMatchObject({ id: ben, scope: 'USER', status: 'ACTIVE' });
      expect(users.body.map(({ id, scope }: { id: string; scope: string }) => [id, scope])).toEqual([
        [ana, 'GROUP'],
        [ben, 'USER'],
      ]);
      expect([removed.status, (await world.call('GET', `${path}/users/${ben}`)).status]).toEqual([204, 404]);
      expect(causesOf(ofGroup)).toEqual(['userId: The user is assigned by a group, and leaves the app with the group']);
    });

    test('go with a deleted group, user, and app', async () => {
      const admins = world.idOf('eks-admins');
      await world.call('PUT', `${path}/groups/${admins}`, {});
      await world.call('POST', `${path}/users`, { id: world.idOf('ben') });

      await world.call('DELETE', `/groups/${admins}`);
      for (let step = 0; step < 2; step++) await world.call('DELETE', '/users/ben@example.com');

      expect((await world.call('GET', `${path}/groups`)).body).toEqual([]);
      expect((await world.call('GET', `${path}/users`)).body).toEqual([]);
    });

    test('to an authentication policy', async () => {
      const { body: policy } = await world.call('POST', '/policies', { type: 'ACCESS_POLICY', name: 'EKS' });

      const assigned = await world.call('PUT', `${path}/policies/${policy.id}`);
      const { body } = await world.call('GET', path);
      const refused = await world.call('DELETE', `/policies/${policy.id}`);
      const apps = await world.call('GET', `/policies/${policy.id}/app`);

      expect([assigned.status, assigned.body]).toEqual([204, undefined]);
      expect(body._links.accessPolicy.href).toBe(`${world.management.url}/api/v1/policies/${policy.id}`);
      expect(labels(apps)).toEqual(['EKS']);
      expect(causesOf(refused)).toEqual(['policy: This policy is assigned to an application']);
      expect((await world.call('PUT', `${path}/policies/rstmissing`)).status).toBe(404);
    });
  });

  test('of Federation Broker Mode are assigned to everybody', async () => {
    const { id } = (await make({ settings: { implicitAssignment: true } })).body;

    expect((await world.call('GET', `/apps/${id}/users/ben@example.com`)).status).toBe(200);
  });
});
