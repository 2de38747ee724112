import { CookieJar } from '../../../sandbox/sign-in/cookie-jar';
import { type Arrival, IssuerWorld, PASSWORD, TestBrowser } from './issuer-world';

describe('the sign-in', () => {
  let world: IssuerWorld;
  let browser: TestBrowser;

  beforeAll(async () => {
    world = await IssuerWorld.start();
  });

  beforeEach(() => {
    browser = new TestBrowser(world.fetch);
  });

  function summary({ url, page }: Arrival): string {
    if (page === undefined) return `back to ${url.origin}${url.searchParams.has('code') ? ' with a code' : ''}`;
    return `${page.status} ${/<h1>([^<]*)/.exec(page.text)?.[1]}`;
  }

  async function subjectOf({ url }: Arrival): Promise<string | undefined> {
    const { body } = await world.exchange(url.searchParams.get('code') as string);
    const answer = await world.fetch(world.url('/v1/userinfo'), {
      headers: { authorization: `Bearer ${body.access_token}` },
    });
    return ((await answer.json()) as { email: string }).email;
  }

  test('redirects to the app', async () => {
    const page = await browser.open(world.authorizeUrl());

    expect(summary(page)).toBe('200 Sign in');
    expect(summary(await browser.fillIn(page, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('ignores case in the username', async () => {
    const page = await browser.open(world.authorizeUrl());

    expect(await subjectOf(await browser.fillIn(page, 'ANA@Example.COM'))).toBe('ana@example.com');
  });

  test.each([
    ['a wrong password', 'ana@example.com', 'wrong'],
    ['no password', 'ana@example.com', ''],
    ['an unknown username', 'nobody@example.com', PASSWORD],
  ])('fails with %s, keeps the username and lets the person try again', async (_case, login, password) => {
    const wrong = await browser.fillIn(await browser.open(world.authorizeUrl()), login, password);

    expect(wrong.page?.status).toBe(401);
    expect(wrong.page?.text).toContain('role="alert">Unable to sign in</p>');
    expect(wrong.page?.text).toContain(`value="${login}"`);
    expect(summary(await browser.fillIn(wrong, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('refuses deactivated people', async () => {
    world.organization.addUser({ login: 'gone@example.com', status: 'DEPROVISIONED' });

    const end = await browser.fillIn(await browser.open(world.authorizeUrl()), 'gone@example.com');

    expect(end.page?.status).toBe(401);
  });

  test('fills in the username of login_hint', async () => {
    const { page } = await browser.open(world.authorizeUrl({ login_hint: 'a"<b' }));

    expect(page?.text).toContain('value="a&quot;&lt;b"');
  });

  test('answers a form that is too long with 413', async () => {
    const page = await browser.open(world.authorizeUrl());
    const form = new URLSearchParams({ username: 'ana@example.com', password: PASSWORD, more: 'x'.repeat(20_000) });

    expect((await browser.open(page.url, form)).page?.status).toBe(413);
  });

  test('does not ask for consent', async () => {
    const page = await browser.open(world.authorizeUrl({ prompt: 'consent' }));

    expect(summary(await browser.fillIn(page, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('cannot continue in another browser', async () => {
    const { url } = await browser.open(world.authorizeUrl());

    const other = await new TestBrowser(world.fetch).open(url);

    expect(summary(other)).toBe('400 Sign-in failed');
    expect(other.page?.text).toContain('This sign-in has expired or was started in another browser.');
  });

  test('cannot continue in place of another one', async () => {
    const first = await browser.open(world.authorizeUrl());
    await browser.open(world.authorizeUrl());

    // A real browser sends the cookie of the first sign-in here; the test browser has only the last.
    expect(summary(await browser.open(first.url))).toBe('400 Sign-in failed');
  });

  test('cannot continue after it has ended', async () => {
    const page = await browser.open(world.authorizeUrl());
    await browser.fillIn(page, 'ana@example.com');

    expect(summary(await browser.open(page.url))).toBe('400 Sign-in failed');
  });

  test('is needed once per session, for all authorization servers', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    expect(summary(await browser.open(world.authorizeUrl()))).toBe('back to http://localhost:8000 with a code');
    const other = world.authorizeUrl().replace('/oauth2/aus1/', '/oauth2/aus2/');
    expect(summary(await browser.open(other))).toBe('back to http://localhost:8000 with a code');
  });

  test('is needed again with prompt=login, even as another person', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    const page = await browser.open(world.authorizeUrl({ prompt: 'login' }));
    expect(summary(page)).toBe('200 Sign in');

    const end = await browser.fillIn(page, 'bob@example.com');
    expect(await subjectOf(end)).toBe('bob@example.com');
    expect(await subjectOf(await browser.open(world.authorizeUrl()))).toBe('bob@example.com');
  });

  test('as another person does not revoke the tokens of the first person', async () => {
    const { searchParams } = await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const { body } = await world.exchange(searchParams.get('code') as string);
    await browser.fillIn(await browser.open(world.authorizeUrl({ prompt: 'login' })), 'bob@example.com');

    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await world.fetch(world.url('/v1/userinfo'), { headers })).status).toBe(200);
  });

  test('is needed again with prompt=login after a person who is not assigned', async () => {
    await browser.fillIn(await browser.open(world.authorizeUrl()), 'eve@example.com');

    expect(summary(await browser.open(world.authorizeUrl()))).toBe('back to http://localhost:8000');
    const page = await browser.open(world.authorizeUrl({ prompt: 'login' }));
    expect(await subjectOf(await browser.fillIn(page, 'ana@example.com'))).toBe('ana@example.com');
  });

  test('is needed again after two hours', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 2 * 60 * 60_000);

    const end = await browser.open(world.authorizeUrl());

    clock.mockRestore();
    expect(summary(end)).toBe('200 Sign in');
  });

  test('is needed again after signing out', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    const out = await browser.open(`https://localhost:${world.issuer.port}/login/signout`);

    expect(summary(out)).toBe('200 Signed out');
    expect(summary(await browser.open(world.authorizeUrl()))).toBe('200 Sign in');
  });

  test('is needed again after signing out, even with a copy of the old cookie', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const copy = new CookieJar();
    copy.take(
      new Response(null, {
        headers: browser.cookies
          .header()
          .split('; ')
          .map((cookie) => ['set-cookie', cookie]),
      }),
    );
    const thief = new TestBrowser(world.fetch, copy);
    expect((await thief.open(world.authorizeUrl())).url.searchParams.has('code')).toBe(true);

    await browser.open(`https://localhost:${world.issuer.port}/login/signout`);

    expect(summary(await thief.open(world.authorizeUrl()))).toBe('200 Sign in');
  });

  test('is needed again in a new run', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const other = await IssuerWorld.start();

    const withOldCookies = new TestBrowser(other.fetch, browser.cookies);

    expect(summary(await withOldCookies.open(other.authorizeUrl()))).toBe('200 Sign in');
  });

  test('sets a session cookie only', async () => {
    const page = await browser.open(world.authorizeUrl());
    const action = /action="([^"]*)"/.exec(page.page?.text ?? '')?.[1] as string;
    const form = new URLSearchParams({ username: 'ana@example.com', password: PASSWORD }).toString();
    const cookie = browser.cookies.header();
    const headers = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const resume = await world.fetch(new URL(action, page.url), { method: 'POST', headers, body: form });

    const end = await world.fetch(resume.headers.get('location') as string, { headers: { cookie } });

    const [session] = end.headers.getSetCookie().filter((set) => set.startsWith('okta_stand_in_session='));
    expect(session?.replace(/=[^;]+/, '=…')).toBe('okta_stand_in_session=…; path=/; samesite=lax; secure; httponly');
  });

  test('shows a page for an unknown path', async () => {
    const { page } = await browser.open(`https://localhost:${world.issuer.port}/`);

    expect(page?.status).toBe(404);
    expect(page?.text).toContain('role="alert">This page does not exist.');
  });

  test('is not cached, framed or scripted, and sends its form to Okta and the app only', async () => {
    const { page } = await browser.open(world.authorizeUrl());

    expect(page?.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' http:\/\/localhost:8000; frame-ancestors 'none'; base-uri 'none'$/,
    );
    expect(page?.headers.get('cache-control')).toBe('no-store');
    expect(page?.headers.get('referrer-policy')).toBe('no-referrer');
    expect(page?.headers.get('x-content-type-options')).toBe('nosniff');
    expect(page?.text).not.toContain('<script');
  });
});
