import { decodeJwt } from 'jose';
import { type Arrival, DEVICE_GRANT, IssuerWorld, TestBrowser } from './issuer-world';

describe('device flow', () => {
  let world: IssuerWorld;

  beforeAll(async () => {
    world = await IssuerWorld.start();
  });

  function begin(changes: Record<string, string> = {}) {
    return world.post(world.url('/v1/device/authorize'), {
      client_id: 'eks',
      scope: 'openid email offline_access',
      ...changes,
    });
  }

  function poll(deviceCode: string, clientId = 'eks') {
    return world.post(world.url('/v1/token'), {
      grant_type: DEVICE_GRANT,
      client_id: clientId,
      device_code: deviceCode,
    });
  }

  /** Enters a code on the activation page, and confirms or cancels. */
  async function activate(browser: TestBrowser, userCode: string, button: 'confirm' | 'abort'): Promise<Arrival> {
    const url = world.url('/activate');
    const input = await browser.open(url);
    const code = await browser.open(url, new URLSearchParams({ xsrf: xsrfOf(input), user_code: userCode }));
    if (!code.page?.text.includes('Confirm your device')) return code;
    return browser.open(
      url,
      new URLSearchParams({ xsrf: xsrfOf(code), user_code: userCode, confirm: 'yes', [button]: 'yes' }),
    );
  }

  function xsrfOf({ page }: Arrival): string {
    return /name="xsrf" value="([^"]*)"/.exec(page?.text ?? '')?.[1] as string;
  }

  test('issues tokens to the device once the person has signed in', async () => {
    const { body: device } = await begin();
    const browser = new TestBrowser(world.fetch);
    const pending = await poll(device.device_code as string);
    const signInPage = await activate(browser, device.user_code as string, 'confirm');

    const end = await browser.fillIn(signInPage, 'ana@example.com');

    expect(device.verification_uri).toBe(world.url('/activate'));
    expect(pending.body.error).toBe('authorization_pending');
    expect(end.page?.text).toContain('<h1>Device activated</h1>');
    const { body: tokens } = await poll(device.device_code as string);
    expect(decodeJwt(tokens.id_token as string)).toMatchObject({ aud: 'eks', email: 'ana@example.com' });
    expect((await world.refresh(tokens.refresh_token as string)).status).toBe(200);
  });

  test('is subject to the rules for it, at every refresh, too', async () => {
    const { body: device } = await begin({ client_id: 'device-only' });
    const browser = new TestBrowser(world.fetch);
    await browser.fillIn(await activate(browser, device.user_code as string, 'confirm'), 'ana@example.com');
    const { body: first } = await poll(device.device_code as string, 'device-only');

    const { body: second } = await world.refresh(first.refresh_token as string, 'device-only');

    expect((await world.refresh(second.refresh_token as string, 'device-only')).status).toBe(200);
  });

  test('is refused to an app without the grant', async () => {
    const { status, body } = await begin({ client_id: 'code-only' });

    expect([status, body.error]).toEqual([400, 'invalid_request']);
  });

  test('is refused for an unknown scope', async () => {
    const { body } = await begin({ scope: 'openid groups' });

    expect(body).toEqual({
      error: 'invalid_scope',
      error_description: 'One or more scopes are not configured for the authorization server resource.',
    });
  });

  test('is refused to people who are not assigned to the app, in the browser and on the device', async () => {
    const { body: device } = await begin();
    const browser = new TestBrowser(world.fetch);

    const end = await browser.fillIn(await activate(browser, device.user_code as string, 'confirm'), 'eve@example.com');

    expect(end.page?.text).toContain('role="alert">User is not assigned to the client application.</p>');
    expect((await poll(device.device_code as string)).body).toEqual({
      error: 'access_denied',
      error_description: 'User is not assigned to the client application.',
    });
  });

  test('can be cancelled', async () => {
    const { body: device } = await begin();

    const end = await activate(new TestBrowser(world.fetch), device.user_code as string, 'abort');

    expect(end.page?.text).toContain('role="alert">You cancelled the sign-in.</p>');
    expect((await poll(device.device_code as string)).body.error).toBe('access_denied');
  });

  test('lets the person try again after a mistyped code', async () => {
    const end = await activate(new TestBrowser(world.fetch), 'BBBB-BBBB', 'confirm');

    expect(end.page?.text).toContain('role="alert">Invalid code. Try again.</p>');
    expect(end.page?.text).toContain('<label for="user_code">');
  });

  test('accepts no form from a browser that did not open it', async () => {
    const { body: device } = await begin();
    const logged = jest.spyOn(console, 'error').mockReturnValue();

    const end = await new TestBrowser(world.fetch).open(
      world.url('/activate'),
      new URLSearchParams({ user_code: device.user_code as string }),
    );

    expect(end.page?.status).toBe(400);
    expect(end.page?.text).toContain('role="alert">This form has expired or is from another browser.');
    expect(logged).not.toHaveBeenCalled();
    logged.mockRestore();
  });

  test('accepts no code from a form of another browser', async () => {
    const { body: device } = await begin();
    const xsrf = xsrfOf(await new TestBrowser(world.fetch).open(world.url('/activate')));
    const browser = new TestBrowser(world.fetch);
    await browser.open(world.url('/activate'));

    const end = await browser.open(
      world.url('/activate'),
      new URLSearchParams({ xsrf, user_code: device.user_code as string }),
    );

    expect(end.page?.status).toBe(400);
  });
});
