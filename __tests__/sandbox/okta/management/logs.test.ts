import { SystemLog } from '../../../../sandbox/okta/system-log';
import { IssuerWorld, TestBrowser } from '../issuer-world';
import { causesOf, ManagementTestWorld, nextPage } from './management-world';

interface ShownEvent {
  readonly eventType: string;
  readonly actor: { readonly id: string; readonly type: string; readonly alternateId: string };
  readonly outcome: { readonly result: string; readonly reason: string | null };
  readonly target: readonly { readonly type: string; readonly displayName: string }[];
}

/** The events of the sign-in since the start, as `type outcome reason actor → targets`. */
async function signIns(world: IssuerWorld): Promise<readonly string[]> {
  const events = (await world.api(
    'GET',
    `/logs?limit=1000&filter=${encodeURIComponent('not (eventType sw "group.") and not (eventType sw "policy.")')}`,
  )) as ShownEvent[];
  return events.map(({ eventType, outcome, actor, target }) =>
    [eventType, outcome.result, outcome.reason, actor.alternateId, '→', ...target.map(({ displayName }) => displayName)]
      .filter((word) => word !== null)
      .join(' '),
  );
}

async function attempt(
  world: IssuerWorld,
  changes: Record<string, string> = {},
  login = 'ana@example.com',
): Promise<void> {
  const browser = new TestBrowser(world.fetch);
  const start = await browser.open(world.authorizeUrl(changes));
  if (start.page?.status === 200) await browser.fillIn(start, login);
}

describe('the system log of sign-ins', () => {
  test('has the sign-in and each token', async () => {
    const world = await IssuerWorld.start({});

    await world.tokens({ scope: 'openid email offline_access' });

    expect(await signIns(world)).toEqual([
      'user.session.start SUCCESS ana@example.com →',
      'user.authentication.sso SUCCESS ana@example.com → EKS',
      'app.oauth2.as.authorize.code SUCCESS ana@example.com → EKS aus1',
      'app.oauth2.as.token.grant.id_token SUCCESS EKS → id token ana@example.com aus1',
      'app.oauth2.as.token.grant.access_token SUCCESS EKS → access token ana@example.com aus1',
      'app.oauth2.as.token.grant.refresh_token SUCCESS EKS → refresh token ana@example.com aus1',
    ]);
  });

  test.each<[string, (world: IssuerWorld) => Promise<unknown>, readonly string[]]>([
    [
      'a wrong password',
      async (world) => {
        const browser = new TestBrowser(world.fetch);
        await browser.fillIn(await browser.open(world.authorizeUrl()), 'ana@example.com', 'wrong');
      },
      ['user.session.start FAILURE INVALID_CREDENTIALS ana@example.com →'],
    ],
    [
      'an unknown login',
      (world) => attempt(world, {}, 'ana@other.example'),
      ['user.session.start FAILURE INVALID_CREDENTIALS ana@other.example →'],
    ],
    [
      'somebody who is not assigned',
      (world) => attempt(world, {}, 'eve@example.com'),
      [
        'user.session.start SUCCESS eve@example.com →',
        'app.oauth2.as.authorize FAILURE access_denied eve@example.com → EKS aus1',
        'app.generic.unauth_app_access_attempt FAILURE access_denied eve@example.com → EKS',
      ],
    ],
    [
      'an app without a policy',
      (world) => attempt(world, { client_id: 'without-policy' }),
      [
        'user.session.start SUCCESS ana@example.com →',
        'app.oauth2.as.authorize FAILURE no_matching_policy ana@example.com → EKS aus1',
      ],
    ],
    [
      'an unknown scope',
      (world) => attempt(world, { scope: 'openid teams' }),
      ['app.oauth2.as.authorize FAILURE invalid_scope unknown → EKS aus1'],
    ],
    [
      'an unknown app',
      (world) => attempt(world, { client_id: 'other' }),
      ['app.oauth2.as.authorize FAILURE invalid_client unknown → aus1'],
    ],
    [
      'a redirect that is not allowed',
      (world) => attempt(world, { redirect_uri: 'http://localhost:9999' }),
      ['app.oauth2.as.authorize FAILURE invalid_request unknown → EKS aus1'],
    ],
    [
      'a wrong code',
      (world) => world.exchange('wrong'),
      ['app.oauth2.as.token.grant FAILURE invalid_grant EKS → unknown aus1'],
    ],
  ])('has the reason of a refusal: %s', async (_what, act, expected) => {
    const world = await IssuerWorld.start({});

    await act(world);

    expect(await signIns(world)).toEqual(expected);
  });

  test('has a claim with too many groups', async () => {
    const world = await IssuerWorld.start({});
    for (let index = 0; index < 101; index++) {
      world.organization.addGroup(`eks-${index}`);
      world.organization.addMember(`eks-${index}`, 'ana@example.com');
    }

    await world.tokens();

    expect((await signIns(world)).at(-1)).toBe(
      'app.oauth2.as.evaluate.claim FAILURE server_error EKS → ana@example.com aus1',
    );
  });

  test('has the end of a session, and shows the last sign-in of a user', async () => {
    const world = await IssuerWorld.start({});
    const browser = new TestBrowser(world.fetch);
    const before = (await world.api('GET', '/users/ana@example.com')) as { lastLogin: string | null };
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    await browser.open(`https://localhost:${world.issuer.port}/login/signout`);

    expect((await signIns(world)).at(-1)).toBe('user.session.end SUCCESS ana@example.com →');
    expect([before.lastLogin, await world.api('GET', '/users/ana@example.com')]).toMatchObject([
      null,
      { lastLogin: expect.any(String) },
    ]);
  });
});

describe('the system log of the management API', () => {
  let world: ManagementTestWorld;

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
    for (const name of ['a', 'b', 'c']) await world.call('POST', '/groups', { profile: { name } });
  });

  const list = (query: Record<string, string>) => world.call('GET', `/logs?${new URLSearchParams(query)}`);
  const targets = (events: readonly ShownEvent[]) => events.map(({ target }) => target[0]?.displayName);

  test('has who changed what', async () => {
    const [event] = (await list({})).body;

    expect(event).toEqual({
      uuid: expect.any(String),
      published: expect.any(String),
      ...{ eventType: 'group.lifecycle.create', version: '0', severity: 'INFO', displayMessage: 'Create Okta group' },
      actor: {
        ...{ id: world.organization.userByLogin('admin@okta.example')?.id, type: 'User', detailEntry: null },
        ...{ alternateId: 'admin@okta.example', displayName: 'Local Administrator' },
      },
      client: {
        ...{ userAgent: { rawUserAgent: null, os: null, browser: null }, zone: null, device: null, id: null },
        ...{ ipAddress: '127.0.0.1', geographicalContext: null },
      },
      outcome: { result: 'SUCCESS', reason: null },
      target: [{ id: world.idOf('a'), type: 'UserGroup', alternateId: 'unknown', displayName: 'a', detailEntry: null }],
      transaction: { type: 'WEB', id: event.uuid, detail: {} },
      debugContext: { debugData: {} },
      authenticationContext: { authenticationStep: 0, externalSessionId: null },
      securityContext: {},
      request: { ipChain: [{ ip: '127.0.0.1', version: 'V4', source: null }] },
    });
  });

  test('has memberships with the person and the group, and what a rule excludes', async () => {
    world.organization.addGroupRule({ name: 'r', expression: 'true', groupIds: [world.idOf('a')] });
    await world.call('PUT', `/groups/${world.idOf('b')}/users/ana@example.com`);
    await world.call('DELETE', `/groups/${world.idOf('a')}/users/ana@example.com`);

    const { body } = await list({ filter: `target.id eq "${world.idOf('ana')}" and eventType sw "group."` });

    expect(
      body.map(({ eventType, target }: ShownEvent) => [
        eventType,
        ...target.map(({ type, displayName }) => `${type} ${displayName}`),
      ]),
    ).toEqual([
      ['group.user_membership.add', 'User Ana Lima', 'UserGroup b'],
      ['group.user_membership.remove', 'User Ana Lima', 'UserGroup a'],
      ['group.user_membership.rule.add_exclusion', 'User Ana Lima', 'GroupRule r'],
    ]);
  });

  test('is filtered by words, time, and order', async () => {
    const end = new Date(Date.now() + 60_000).toISOString();
    const start = new Date(Date.now() - 60_000).toISOString();

    expect(targets((await list({ until: end, sortOrder: 'DESCENDING' })).body)).toEqual(['c', 'b', 'a']);
    expect((await list({ until: start })).body).toEqual([]);
    expect((await list({ since: end })).body).toEqual([]);
    expect(targets((await list({ since: start, q: world.idOf('b') })).body)).toEqual(['b']);
    expect((await list({ q: 'nothing' })).body).toEqual([]);
  });

  test('comes in pages, and a page without an end leads to the events to come', async () => {
    const first = await list({ limit: '2' });
    const second = await world.call('GET', nextPage(first) ?? '');
    const empty = await world.call('GET', nextPage(second) ?? '');
    await world.call('POST', '/groups', { profile: { name: 'd' } });
    const later = await world.call('GET', nextPage(empty) ?? '');
    const bounded = await list({ until: new Date(Date.now() + 60_000).toISOString() });

    expect([first, second, empty, later].map(({ body }) => targets(body))).toEqual([['a', 'b'], ['c'], [], ['d']]);
    expect(nextPage(bounded)).toBeUndefined();
  });

  test('polls from the start when nothing has happened yet', async () => {
    const quiet = await ManagementTestWorld.start();
    const nothing = await quiet.call('GET', '/logs');
    await quiet.call('POST', '/groups', { profile: { name: 'a' } });

    expect([nothing.body, targets((await quiet.call('GET', nextPage(nothing) ?? '')).body)]).toEqual([[], ['a']]);
  });

  test.each([
    [{ since: 'yesterday' }, 'since: The value must be a time such as 2026-01-31T12:00:00Z, not yesterday'],
    [{ sortOrder: 'UP' }, 'sortOrder: The value must be ASCENDING or DESCENDING, not UP'],
    [{ filter: 'user eq "x"' }, expect.stringMatching(/^filter: The attribute user is not supported\./)],
  ])('is refused for %j', async (query, cause) => {
    const answer = await list(query as Record<string, string>);

    expect([answer.status, causesOf(answer)]).toEqual([400, [cause]]);
  });
});

describe('SystemLog', () => {
  test('keeps a limited number of events, and short user agents', () => {
    const log = new SystemLog();
    const actor = { id: '1', type: 'User', alternateId: 'ana', displayName: 'Ana' };

    for (let index = 0; index < 10_001; index++)
      log.add({ eventType: 'user.session.start', actor, userAgent: 'x'.repeat(1000) });

    expect(log.all()).toHaveLength(10_000);
    expect(log.all()[0]).toMatchObject({ number: 2, userAgent: 'x'.repeat(300) });
  });
});
