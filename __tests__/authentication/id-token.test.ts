import { GoNumber } from '../../authentication/go-json';
import { type IdTokenVerifier, idTokenVerifier } from '../../authentication/id-token';
import { IssuerKeys } from '../../authentication/token-keys';
import { UnauthorizedError } from '../../authentication/unauthorized-error';
import { CLIENT, type FakeIssuer, fakeIssuer, ISSUER, NOW, SECONDS, unsigned } from './fake-issuer';

describe('the verification of an ID token', () => {
  let issuer: FakeIssuer;
  let verify: IdTokenVerifier;

  beforeEach(async () => {
    issuer = await fakeIssuer();
    verify = idTokenVerifier({ issuerUrl: ISSUER, clientId: CLIENT }, new IssuerKeys(ISSUER, issuer.fetch), () => NOW);
  });

  async function refusal(token: string): Promise<string> {
    const error = await verify(token).then(
      () => 'accepted',
      (problem) => problem,
    );
    if (error === 'accepted') return error;
    expect(error).toBeInstanceOf(UnauthorizedError);
    return (error as Error).message;
  }

  test('returns the claims', async () => {
    const claims = await verify(await issuer.sign({ email: 'ben@example.com' }));

    expect(claims.members).toEqual([
      ['iss', ISSUER],
      ['aud', CLIENT],
      ['sub', '00u1'],
      ['exp', new GoNumber(String(SECONDS + 3600))],
      ['iat', new GoNumber(String(SECONDS))],
      ['email', 'ben@example.com'],
      ['groups', ['eks-admins']],
    ]);
  });

  test('finds the keys by discovery, once', async () => {
    await verify(await issuer.sign());
    await verify(await issuer.sign());

    expect(issuer.requested).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/v1/keys`]);
  });

  test('finds them once for concurrent calls', async () => {
    const token = await issuer.sign();

    await Promise.all([verify(token), verify(token), verify(token)]);

    expect(issuer.requested).toHaveLength(2);
  });

  test('fetches new keys when no key matches the signature', async () => {
    await verify(await issuer.sign());
    const old = await issuer.sign();
    await issuer.rotate();

    const claims = await verify(await issuer.sign());

    expect(claims.get('sub')).toBe('00u1');
    expect(issuer.requested).toHaveLength(3);
    expect(await refusal(old)).toBe('oidc: failed to verify id token signature');
  });

  test('accepts ES256', async () => {
    const token = await issuer.sign({}, { alg: 'ES256' });

    expect(await refusal(token)).toBe('accepted');
  });

  test('ignores use and algorithm of a key', async () => {
    issuer.keys = issuer.keys.map((key) => ({ ...key, use: 'enc', alg: 'RS512' }));

    expect(await refusal(await issuer.sign())).toBe('accepted');
  });

  test('does not double the slash at the end of an issuer', async () => {
    issuer.discovery = { ...issuer.discovery, issuer: `${ISSUER}/` };
    verify = idTokenVerifier(
      { issuerUrl: `${ISSUER}/`, clientId: CLIENT },
      new IssuerKeys(`${ISSUER}/`, issuer.fetch),
      () => NOW,
    );

    expect(await refusal(await issuer.sign({ iss: `${ISSUER}/` }))).toBe('accepted');
    expect(issuer.requested[0]).toBe(`${ISSUER}/.well-known/openid-configuration`);
  });

  test('ignores fractions of a second in an expiry', async () => {
    verify = idTokenVerifier(
      { issuerUrl: ISSUER, clientId: CLIENT },
      new IssuerKeys(ISSUER, issuer.fetch),
      () => NOW + 200,
    );

    expect(await refusal(await issuer.sign({ exp: SECONDS + 0.5 }))).toBe('oidc: token is expired');
  });

  test.each([
    ['one audience of several', { aud: ['other', CLIENT] }],
    ['an expiry that is now', { exp: SECONDS }],
    ['an expiry in quotes', { exp: String(SECONDS + 60) }],
    ['no time of issue', { iat: undefined }],
    ['a start within the leeway of a minute', { nbf: SECONDS + 60 }],
    ['a start that is null', { nbf: null }],
    ['a subject that is null', { sub: null }],
  ])('accepts %s', async (_, claims) => {
    const token = await issuer.sign(claims);

    expect(await refusal(token)).toBe('accepted');
  });

  test.each([
    ['another issuer', { iss: 'https://okta.example/oauth2/other' }, /^no authenticator for the issuer/],
    ['the issuer with a slash', { iss: `${ISSUER}/` }, /^no authenticator for the issuer/],
    ['no issuer', { iss: undefined }, /^no authenticator for the issuer "", expected/],
    [
      "another cluster's app",
      { aud: 'client-of-dev' },
      /^oidc: expected audience "client-of-prod" got \["client-of-dev"\]$/,
    ],
    ['no audience', { aud: undefined }, /^oidc: expected audience "client-of-prod" got \[\]$/],
    ['an audience that is a number', { aud: 1 }, /aud is not a list of strings$/],
    ['an audience with a number', { aud: [CLIENT, 1] }, /aud is not a list of strings$/],
    ['an expiry a second ago', { exp: SECONDS - 1 }, /^oidc: token is expired$/],
    ['no expiry', { exp: undefined }, /^oidc: token is expired$/],
    ['an expiry that is not a number', { exp: 'soon' }, /exp is not a number$/],
    ['an expiry that is null', { exp: null }, /exp is not a number$/],
    ['an expiry in another notation', { exp: '0xffffffff' }, /exp is not a number$/],
    ['a start that is an empty string', { nbf: '' }, /nbf is not a number$/],
    ['a start after the leeway', { nbf: SECONDS + 61 }, /^oidc: current time before the nbf/],
    ['a time of issue that is not a number', { iat: 'today' }, /iat is not a number$/],
    ['a subject that is a number', { sub: 1 }, /sub is not a string$/],
    ['a nonce that is a number', { nonce: 1 }, /nonce is not a string$/],
  ])('fails with %s', async (_, claims, message) => {
    const token = await issuer.sign(claims);

    expect(await refusal(token)).toMatch(message);
  });

  test('fails with `alg: none`', async () => {
    const token = unsigned({ alg: 'none' }, { iss: ISSUER, aud: CLIENT, exp: SECONDS + 60 });

    expect(await refusal(token)).toBe('oidc: id token signed with unsupported algorithm "none"');
    expect(await refusal(token.replace(/[^.]*$/, ''))).toBe('oidc: id token signed with unsupported algorithm "none"');
  });

  test('fails with HS256, which has no public key', async () => {
    const token = unsigned({ alg: 'HS256' }, { iss: ISSUER, aud: CLIENT, exp: SECONDS + 60 });

    expect(await refusal(token)).toBe('oidc: id token signed with unsupported algorithm "HS256"');
  });

  test('fails with a forged signature', async () => {
    const [header, , signature] = (await issuer.sign()).split('.');
    const [, claims] = (await issuer.sign({ groups: ['eks-owners'] })).split('.');

    expect(await refusal(`${header}.${claims}.${signature}`)).toBe('oidc: failed to verify id token signature');
  });

  test("fails with a forger's key with the same id", async () => {
    const forger = await fakeIssuer('a forger');

    expect(await refusal(await forger.sign())).toBe('oidc: failed to verify id token signature');
  });

  test('fails with an unknown key id', async () => {
    const token = await issuer.sign({}, { kid: 'unknown' });

    expect(await refusal(token)).toBe('oidc: failed to verify id token signature');
  });

  test.each([
    ['a token that is not a JWT', 'k8s-aws-v1.aHR0cHM6Ly9zdHM'],
    ['four parts', 'e30.e30.e30.e30'],
    ['a part that is not base64url', 'e30.e30!.e30'],
    ['claims that are not an object', `e30.${Buffer.from('[]').toString('base64url')}.e30`],
    ['claims that are not JSON', `e30.${Buffer.from('{').toString('base64url')}.e30`],
  ])('fails with %s', async (_, token) => {
    expect(await refusal(token)).toMatch(/^(invalid bearer token|oidc: malformed jwt): /);
  });

  test('fails while the issuer is down, and works once it is up', async () => {
    issuer.status = 503;
    expect(await refusal(await issuer.sign())).toBe(
      `oidc: authenticator not initialized: ${ISSUER}/.well-known/openid-configuration returned 503`,
    );

    issuer.status = 200;

    expect(await refusal(await issuer.sign())).toBe('accepted');
  });

  test('fails if discovery returns another issuer', async () => {
    issuer.discovery = { ...issuer.discovery, issuer: `${ISSUER}/` };

    expect(await refusal(await issuer.sign())).toBe(
      `oidc: issuer did not match the issuer returned by provider, expected "${ISSUER}" got "${ISSUER}/"`,
    );
  });
});
