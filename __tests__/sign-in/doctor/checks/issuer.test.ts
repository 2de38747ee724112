import type { HttpsAnswer } from '../../../../live/https-request';
import { NoAnswerError } from '../../../../live/https-request';
import type { NoDiscovery } from '../../../../sign-in/doctor/issuer-answers';
import { ISSUER, lineOf, NOW, resultOf, signInContext } from '../context-with';

const found = {
  ...{ url: `${ISSUER}/.well-known/openid-configuration`, issuer: ISSUER, keysUrl: `${ISSUER}/v1/keys` },
  ...{ authorizeUrl: `${ISSUER}/v1/authorize`, issuerTime: NOW, ownTime: NOW },
};
const issuer = (changes: object = {}) => ({
  discovery: async () => found,
  foundDiscovery: async () => ({ ...found, ...changes }),
});

describe('issuer-reachable', () => {
  test.each<[NoDiscovery, string]>([
    [{ kind: 'unreachable', because: 'nothing listens at a' }, 'problem: Nothing listens at a.'],
    [{ kind: 'certificate', because: 'the certificate is not trusted' }, 'problem: The certificate is not trusted.'],
    [
      { kind: 'not known', because: 'the certificate is not trusted' },
      'could not check: The certificate is not trusted. kubelogin may trust it: it asks the operating system, which this program cannot.',
    ],
    [{ kind: 'not found', because: 'it answers with status 404' }, 'problem: It answers with status 404.'],
  ])('%j', async (answer, line) => {
    expect(await lineOf('issuer-reachable', { issuer: { discovery: async () => answer } })).toBe(line);
  });
});

describe('issuer-identical', () => {
  test.each([
    [{}, `ok: ${ISSUER}`],
    [
      { issuer: `${ISSUER}/` },
      `problem: The kubeconfig has ${ISSUER}, and the issuer calls itself ${ISSUER}/. Only the slash at the end differs.`,
    ],
    [
      { issuer: 'https://login.example.com/oauth2/aus1' },
      `problem: The kubeconfig has ${ISSUER}, and the issuer calls itself https://login.example.com/oauth2/aus1.`,
    ],
  ])('%j', async (changes, line) => {
    expect(await lineOf('issuer-identical', { kubeconfig: {}, issuer: issuer(changes) })).toBe(line);
  });

  test('finds the organization in place of an authorization server', async () => {
    const own = 'https://example.okta.com';

    expect(await lineOf('issuer-identical', { kubeconfig: { issuer: own }, issuer: issuer({ issuer: own }) })).toBe(
      'problem: https://example.okta.com is the organization itself, whose tokens have no groups claim of an authorization server.',
    );
  });
});

const answer = (status: number, headers: object, body = ''): HttpsAnswer => ({
  ...{ status, headers: { ...headers }, body: Buffer.from(body) },
});
const back = 'http://localhost:8000';
const location = (parameters: string) => ({ location: `${back}?${parameters}` });

describe('authorize-request', () => {
  const line = (given: HttpsAnswer | Error, args: readonly string[] = ['--listen-address=127.0.0.1:8000']) =>
    resultOf('authorize-request', {
      kubeconfig: signInContext(args),
      issuer: {
        ...issuer(),
        async authorize() {
          if (given instanceof Error) throw given;
          return given;
        },
      },
    });

  test.each([
    ['asks for a sign-in', answer(302, location('error=login_required&error_description=x'))],
    ['sends to another page', answer(302, { location: 'https://example.okta.com/login' })],
    ['shows its sign-in page', answer(200, {}, '<html>Sign in</html>')],
  ])('is ok where Okta %s', async (_, given) => {
    expect(await line(given)).toEqual({
      status: 'ok',
      evidence: 'Okta would show its sign-in page (ports 8000)',
      fix: null,
    });
  });

  test.each([
    [
      'a scope',
      answer(
        302,
        location(
          'error=invalid_scope&error_description=One+or+more+scopes+are+not+configured+for+the+authorization+server+resource.',
        ),
      ),
      'Okta refuses the request with port 8000 (status 302): invalid_scope One or more scopes are not configured for the authorization server resource.',
    ],
    [
      'the client, on a page',
      answer(
        400,
        {},
        '<script>x</script><p>Error: invalid_client</p><b>Invalid value for &#39;client_id&#39; parameter.</b>',
      ),
      "Okta refuses the request with port 8000 (status 400): Invalid value for 'client_id' parameter.",
    ],
    [
      'something else',
      answer(400, {}, '<h1>Bad   request</h1>'),
      'Okta refuses the request with port 8000 (status 400): Bad request',
    ],
  ])('finds that Okta refuses %s', async (_, given, evidence) => {
    const result = await line(given);

    expect([result.status, result.evidence]).toEqual(['problem', evidence]);
  });

  test.each([
    ['too many requests', answer(429, {}), 'Okta answers with status 429.'],
    ['an error of Okta', answer(503, {}), 'Okta answers with status 503.'],
    [
      'an error in the redirect',
      answer(302, location('error=temporarily_unavailable')),
      'Okta answers with temporarily_unavailable.',
    ],
    ['no answer', new NoAnswerError('timeout', 'a does not answer'), 'Okta gave no answer: a does not answer.'],
  ])('could not check after %s', async (_, given, evidence) => {
    expect(await line(given)).toEqual({ status: 'could not check', evidence, fix: null });
  });

  test('could not check a device code', async () => {
    expect((await line(answer(200, {}), ['--grant-type=device-code'])).status).toBe('could not check');
  });
});

describe('sign-in', () => {
  test('is not made without being asked for', async () => {
    expect((await resultOf('sign-in', {})).status).toBe('could not check');
  });

  test('says the last line of kubelogin if its message is not known', async () => {
    const signIn = { token: undefined, message: 'error: something new', symptom: undefined };

    expect(await lineOf('sign-in', { signIn })).toBe('problem: kubelogin got no token: error: something new');
  });
});
