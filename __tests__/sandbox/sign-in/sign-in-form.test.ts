import { alertText, signInForm } from '../../../sandbox/sign-in/sign-in-form';

const ANA = { login: 'ana@example.com', password: 'a&b c' };

describe('the sign-in form', () => {
  test('is filled in as by a browser', () => {
    const form = signInForm(
      `<main><form method="post" action="/sign-in?a=1&amp;b=2">
        <input type=hidden name='token' value="&quot;x&#39;">
        <label>Email <input name="identifier" type="email" value="old" required></label>
        <input name="passcode" type="password">
        <input type="submit" name="go" value="Sign in">
        <input type="checkbox">
      </form></main>`,
      ANA,
    );

    expect(form?.action).toBe('/sign-in?a=1&b=2');
    expect([...(form?.body ?? [])]).toEqual([
      ['token', '"x\''],
      ['identifier', 'ana@example.com'],
      ['passcode', 'a&b c'],
    ]);
  });

  test('is sent to its own page by default', () => {
    expect(signInForm('<form><input type="password" name="p"></form>', ANA)?.action).toBe('');
  });

  test.each([
    ['no form', '<p>Signed in</p>'],
    ['a form without a password field', '<form><input name="q"></form>'],
  ])('is missing with %s', (_, page) => {
    expect(signInForm(page, ANA)).toBeUndefined();
  });
});

describe('the alert of a page', () => {
  test('is its text without tags', () => {
    const page = '<p>Hello</p><div class="error" role="alert"><b>Wrong</b>\n password &amp; user</div><p>Bye</p>';

    expect(alertText(page)).toBe('Wrong password & user');
  });

  test('is missing if the page has none', () => {
    expect(alertText('<p>Hello</p>')).toBeUndefined();
  });
});
