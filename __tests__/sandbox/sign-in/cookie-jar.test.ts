import { CookieJar } from '../../../sandbox/sign-in/cookie-jar';

function response(...cookies: readonly string[]): Response {
  return new Response(null, { headers: cookies.map((cookie): [string, string] => ['set-cookie', cookie]) });
}

describe('the cookies of a sign-in', () => {
  test('are sent back, with the newest value of each name', () => {
    const jar = new CookieJar();

    jar.take(response('session=1; Path=/; HttpOnly', 'state=a=b'));
    jar.take(response('session=2'));

    expect(jar.header()).toBe('session=2; state=a=b');
  });

  test('are deleted by the server', () => {
    const jar = new CookieJar();

    jar.take(response('session=1', 'state=2'));
    jar.take(response('state=; expires=Thu, 01 Jan 1970 00:00:00 GMT'));

    expect(jar.header()).toBe('session=1');
  });
});
