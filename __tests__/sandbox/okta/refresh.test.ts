import { decodeJwt } from 'jose';
import { IssuerWorld } from './issuer-world';

describe('refresh tokens', () => {
  const INVALID = {
    status: 400,
    body: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' },
  };
  const SCOPE = 'openid email offline_access';
  const MINUTE_MS = 60_000;
  let world: IssuerWorld;

  beforeAll(async () => {
    world = await IssuerWorld.start();
  });

  afterEach(() => jest.restoreAllMocks());

  async function refreshTokenOf(clientId: string): Promise<string> {
    return (await world.tokens({ client_id: clientId, scope: SCOPE })).refresh_token as string;
  }

  /** Advances the clock. */
  function pass(ms: number): void {
    const now = Date.now() + ms;
    jest.restoreAllMocks();
    jest.spyOn(Date, 'now').mockImplementation(() => now);
  }

  test.each([
    ['without the scope', 'eks', 'openid email'],
    ['without the grant', 'code-only', SCOPE],
  ])('are not issued %s', async (_case, clientId, scope) => {
    const tokens = await world.tokens({ client_id: clientId, scope });

    expect(tokens).toHaveProperty('id_token');
    expect(tokens).not.toHaveProperty('refresh_token');
  });

  test('return new tokens of the same person for the same app', async () => {
    const before = await world.tokens({ scope: SCOPE });

    const { status, body } = await world.refresh(before.refresh_token as string);

    expect(status).toBe(200);
    const { jti, iat, exp, ...claims } = decodeJwt(before.id_token as string);
    expect(decodeJwt(body.id_token as string)).toMatchObject(claims);
    expect(decodeJwt(body.id_token as string).jti).not.toBe(jti);
    expect(body.expires_in).toBe(30 * 60);
    expect(body.refresh_token).not.toBe(before.refresh_token);
  });

  test('are refused to another app', async () => {
    expect(await world.refresh(await refreshTokenOf('eks'), 'lenient')).toEqual(INVALID);
  });

  test('are refused after use, with all tokens of the same family', async () => {
    const first = await refreshTokenOf('eks');
    const { body: second } = await world.refresh(first);

    expect(await world.refresh(first)).toEqual(INVALID);

    expect(await world.refresh(second.refresh_token as string)).toEqual(INVALID);
    const headers = { authorization: `Bearer ${second.access_token}` };
    expect((await world.fetch(world.url('/v1/userinfo'), { headers })).status).toBe(401);
  });

  test('are accepted again within the leeway', async () => {
    const first = await refreshTokenOf('lenient');
    const { body: second } = await world.refresh(first, 'lenient');
    pass(20_000);

    const again = await world.refresh(first, 'lenient');

    expect(again.status).toBe(200);
    expect((await world.refresh(second.refresh_token as string, 'lenient')).status).toBe(200);
  });

  test('are refused after the leeway, even if they were used during it', async () => {
    const first = await refreshTokenOf('lenient');
    const { body: second } = await world.refresh(first, 'lenient');
    pass(20_000);
    await world.refresh(first, 'lenient');
    pass(11_000);

    expect(await world.refresh(first, 'lenient')).toEqual(INVALID);

    expect(await world.refresh(second.refresh_token as string, 'lenient')).toEqual(INVALID);
  });

  test('stay the same without rotation, and are extended by every use', async () => {
    const token = await refreshTokenOf('static');
    pass(50 * MINUTE_MS);
    const { body } = await world.refresh(token, 'static');
    pass(50 * MINUTE_MS);

    const again = await world.refresh(token, 'static');

    expect(body.refresh_token).toBe(token);
    expect(again.status).toBe(200);
  });

  test('are refused after an hour without use, the idle window of the rule', async () => {
    const [used, unused] = [await refreshTokenOf('eks'), await refreshTokenOf('eks')];
    pass(59 * MINUTE_MS);
    expect((await world.refresh(used)).status).toBe(200);
    pass(MINUTE_MS);

    expect(await world.refresh(unused)).toEqual(INVALID);
  });

  test.each(['eks', 'static'])(
    'of %s are refused two hours after the sign-in, the lifetime of the rule',
    async (clientId) => {
      let token = await refreshTokenOf(clientId);
      for (const minutes of [50, 50, 19]) {
        pass(minutes * MINUTE_MS);
        const { status, body } = await world.refresh(token, clientId);
        expect(status).toBe(200);
        token = body.refresh_token as string;
      }
      pass(MINUTE_MS);

      expect(await world.refresh(token, clientId)).toEqual(INVALID);
    },
  );

  test('return the current groups', async () => {
    const token = (await world.tokens({ scope: SCOPE }, 'bob@example.com')).refresh_token as string;
    world.organization.addMember('EKS-Upper', 'bob@example.com');

    const { body } = await world.refresh(token);

    expect(decodeJwt(body.id_token as string).groups).toEqual(['EKS-Upper', 'eks-admins']);
    world.organization.removeMember('EKS-Upper', 'bob@example.com');
    const { body: after } = await world.refresh(body.refresh_token as string);
    expect(decodeJwt(after.id_token as string).groups).toEqual(['eks-admins']);
  });

  test('are refused to people who are no longer assigned to the app', async () => {
    world.organization.addUser({ login: 'leaver@example.com' });
    world.organization.addMember('eks-admins', 'leaver@example.com');
    const { refresh_token: token = '' } = await world.tokens({ scope: SCOPE }, 'leaver@example.com');
    world.organization.removeMember('eks-admins', 'leaver@example.com');

    const answer = await world.refresh(token);

    expect(answer).toEqual({
      status: 400,
      body: { error: 'access_denied', error_description: 'User is not assigned to the client application.' },
    });
  });

  test('are refused after a revocation', async () => {
    const token = await refreshTokenOf('eks');

    await world.post(world.url('/v1/revoke'), { client_id: 'eks', token });

    expect(await world.refresh(token)).toEqual(INVALID);
  });

  test('cannot be revoked by another app', async () => {
    const token = await refreshTokenOf('eks');

    await world.post(world.url('/v1/revoke'), { client_id: 'lenient', token });

    expect((await world.refresh(token)).status).toBe(200);
  });

  test('are refused to deactivated people', async () => {
    world.organization.addUser({ login: 'gone@example.com' });
    world.organization.addMember('eks-admins', 'gone@example.com');
    const { refresh_token: token = '' } = await world.tokens({ scope: SCOPE }, 'gone@example.com');
    jest.spyOn(world.organization, 'userById').mockImplementation(() => undefined);

    expect(await world.refresh(token)).toEqual(INVALID);
  });

  test('stay valid when those of another sign-in are revoked', async () => {
    const [one, other] = [await refreshTokenOf('eks'), await refreshTokenOf('eks')];

    await world.post(world.url('/v1/revoke'), { client_id: 'eks', token: one });

    expect((await world.refresh(other)).status).toBe(200);
  });
});
