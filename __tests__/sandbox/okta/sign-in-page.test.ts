import { createHash } from 'node:crypto';
import { errorPage } from '../../../sandbox/okta/message-page';
import { signInPage } from '../../../sandbox/okta/sign-in-page';

describe('sign-in page', () => {
  const PROPS = { action: '/oauth2/aus1/v1/sign-in/uid', app: 'EKS' };

  /** Attributes of an input by its id. */
  function input(html: string, id: string): string {
    return new RegExp(`<input id="${id}"([^>]*)>`).exec(html)?.[1]?.trim() as string;
  }

  test('is a plain form with two labelled fields', () => {
    const { html } = signInPage(PROPS);

    expect(html).toContain('<form method="post" action="/oauth2/aus1/v1/sign-in/uid">');
    expect(html).toContain('<label for="username">Username</label>');
    expect(html).toContain('<label for="password">Password</label>');
    expect(input(html, 'username')).toBe(
      'name="username" type="text" value="" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus',
    );
    expect(input(html, 'password')).toBe('name="password" type="password" autocomplete="current-password" required');
    expect(html).not.toContain('role="alert"');
  });

  test('shows an error, with the focus on the next field', () => {
    const { html } = signInPage({ ...PROPS, login: 'ana@example.com', error: 'Unable to sign in' });

    expect(html).toContain('<p class="alert" id="error" role="alert">Unable to sign in</p>');
    expect(input(html, 'username')).toMatch(/value="ana@example.com".* aria-invalid="true" aria-describedby="error"$/);
    expect(input(html, 'password')).toMatch(/aria-invalid="true" aria-describedby="error" autofocus$/);
    expect(html).toContain('<title>Unable to sign in – sign in · stand-in for Okta</title>');
  });

  test('says that it is a stand-in', () => {
    for (const { html } of [signInPage(PROPS), errorPage({ error: 'invalid_request', description: 'Wrong.' })]) {
      expect(html).toContain('This is a stand-in for Okta that okta-eks-access runs on this machine.');
    }
  });

  test('escapes texts', () => {
    const { html } = signInPage({ ...PROPS, app: '<b>&"app', login: '"><script>', error: "<i>'" });

    expect(html).toContain('to &lt;b&gt;&amp;&quot;app');
    expect(html).toContain('value="&quot;&gt;&lt;script&gt;"');
    expect(html).toContain('role="alert">&lt;i&gt;&#39;</p>');
    expect(html).not.toContain('<script>');
  });

  test('allows its own style, no scripts, and forms to Okta and the app only', () => {
    const { html, contentSecurityPolicy } = signInPage({ ...PROPS, redirectOrigin: 'http://localhost:8000' });

    const style = /<style>([\s\S]*)<\/style>/.exec(html)?.[1] as string;
    const hash = createHash('sha256').update(style).digest('base64');
    expect(contentSecurityPolicy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self' http://localhost:8000; frame-ancestors 'none'; base-uri 'none'`,
    );
    expect(signInPage(PROPS).contentSecurityPolicy).toContain("form-action 'self';");
  });

  test('supports dark mode and small screens', () => {
    const { html } = signInPage(PROPS);

    expect(html).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">');
    expect(html).toContain('color-scheme: light dark');
    expect(html).toContain('@media (prefers-color-scheme: dark)');
  });
});
