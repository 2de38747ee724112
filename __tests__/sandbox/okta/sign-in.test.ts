import { type Arrival, IssuerWorld, PASSWORD, TestBrowser } from './issuer-world';

describe('signing in at the page', () => {
  let world: IssuerWorld;
  let browser: TestBrowser;

  beforeAll(async () => {
    world = await IssuerWorld.start();
  });

  beforeEach(() => {
    browser = new TestBrowser(world.fetch);
  });

  afterAll(() => world.issuer.close());

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

  test('leads back to the app', async () => {
    const page = await browser.open(world.authorizeUrl());

    expect(summary(page)).toBe('200 Sign in');
    expect(summary(await browser.fillIn(page, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('takes a user name in any case', async () => {
    const page = await browser.open(world.authorizeUrl());

    expect(await subjectOf(await browser.fillIn(page, 'ANA@Example.COM'))).toBe('ana@example.com');
  });

  test.each([
    ['a wrong password', 'ana@example.com', 'wrong'],
    ['no password', 'ana@example.com', ''],
    ['a user name that is not there', 'nobody@example.com', PASSWORD],
  ])('with %s says so, keeps the user name and lets the person try again', async (_case, login, password) => {
    const wrong = await browser.fillIn(await browser.open(world.authorizeUrl()), login, password);

    expect(wrong.page?.status).toBe(401);
    expect(wrong.page?.text).toContain('role="alert">Unable to sign in</p>');
    expect(wrong.page?.text).toContain(`value="${login}"`);
    expect(summary(await browser.fillIn(wrong, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('is not for people who are deactivated', async () => {
    world.organization.addUser({ login: 'gone@example.com', active: false });

    const end = await browser.fillIn(await browser.open(world.authorizeUrl()), 'gone@example.com');

    expect(end.page?.status).toBe(401);
  });

  test('starts with the user name of login_hint', async () => {
    const { page } = await browser.open(world.authorizeUrl({ login_hint: 'a"<b' }));

    expect(page?.text).toContain('value="a&quot;&lt;b"');
  });

  test('takes no form that is longer than its own could be', async () => {
    const page = await browser.open(world.authorizeUrl());
    const form = new URLSearchParams({ username: 'ana@example.com', password: PASSWORD, more: 'x'.repeat(20_000) });

    expect((await browser.open(page.url, form)).page?.status).toBe(401);
  });

  test('asks nobody for consent', async () => {
    const page = await browser.open(world.authorizeUrl({ prompt: 'consent' }));

    expect(summary(await browser.fillIn(page, 'ana@example.com'))).toBe('back to http://localhost:8000 with a code');
  });

  test('does not go on in another browser', async () => {
    const { url } = await browser.open(world.authorizeUrl());

    const other = await new TestBrowser(world.fetch).open(url);

    expect(summary(other)).toBe('400 Sign-in failed');
    expect(other.page?.text).toContain('This sign-in has ended or was begun in another browser.');
  });

  test('does not go on in the place of another one', async () => {
    const first = await browser.open(world.authorizeUrl());
    await browser.open(world.authorizeUrl());

    // Browsers send the cookie of the first one here; this one knows only the last.
    expect(summary(await browser.open(first.url))).toBe('400 Sign-in failed');
  });

  test('does not go on when it has ended', async () => {
    const page = await browser.open(world.authorizeUrl());
    await browser.fillIn(page, 'ana@example.com');

    expect(summary(await browser.open(page.url))).toBe('400 Sign-in failed');
  });

  test('is asked for once a session, for all authorization servers', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    expect(summary(await browser.open(world.authorizeUrl()))).toBe('back to http://localhost:8000 with a code');
    const other = world.authorizeUrl().replace('/oauth2/aus1/', '/oauth2/aus2/');
    expect(summary(await browser.open(other))).toBe('back to http://localhost:8000 with a code');
  });

  test('is asked for again with prompt=login, for another person too', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    const page = await browser.open(world.authorizeUrl({ prompt: 'login' }));
    expect(summary(page)).toBe('200 Sign in');

    const end = await browser.fillIn(page, 'bob@example.com');
    expect(await subjectOf(end)).toBe('bob@example.com');
    expect(await subjectOf(await browser.open(world.authorizeUrl()))).toBe('bob@example.com');
  });

  test('as somebody else leaves the tokens of the first person as they are', async () => {
    const { searchParams } = await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const { body } = await world.exchange(searchParams.get('code') as string);
    await browser.fillIn(await browser.open(world.authorizeUrl({ prompt: 'login' })), 'bob@example.com');

    const headers = { authorization: `Bearer ${body.access_token}` };
    expect((await world.fetch(world.url('/v1/userinfo'), { headers })).status).toBe(200);
  });

  test('is asked for again with prompt=login of who is assigned to nothing', async () => {
    await browser.fillIn(await browser.open(world.authorizeUrl()), 'eve@example.com');

    expect(summary(await browser.open(world.authorizeUrl()))).toBe('back to http://localhost:8000');
    const page = await browser.open(world.authorizeUrl({ prompt: 'login' }));
    expect(await subjectOf(await browser.fillIn(page, 'ana@example.com'))).toBe('ana@example.com');
  });

  test('is asked for again after two hours', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const now = Date.now();
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => now + 2 * 60 * 60_000);

    const end = await browser.open(world.authorizeUrl());

    clock.mockRestore();
    expect(summary(end)).toBe('200 Sign in');
  });

  test('is asked for again after signing out', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');

    const out = await browser.open(`https://localhost:${world.issuer.port}/login/signout`);

    expect(summary(out)).toBe('200 Signed out');
    expect(summary(await browser.open(world.authorizeUrl()))).toBe('200 Sign in');
  });

  test('is asked for again in a new run', async () => {
    await browser.signIn(world.authorizeUrl(), 'ana@example.com');
    const other = await IssuerWorld.start();

    const withOldCookies = new TestBrowser(other.fetch, browser.cookies);

    expect(summary(await withOldCookies.open(other.authorizeUrl()))).toBe('200 Sign in');
    await other.issuer.close();
  });

  test('ends with the session: the browser is told to keep nothing', async () => {
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

  test('shows a page for whatever is not there', async () => {
    const { page } = await browser.open(`https://localhost:${world.issuer.port}/`);

    expect(page?.status).toBe(404);
    expect(page?.text).toContain('role="alert">There is nothing here.');
  });

  test('is not cached, framed, scripted or sent elsewhere than to Okta and the app', async () => {
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
