import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import type { GoObject } from '../../authentication/go-json';
import { idTokenVerifier } from '../../authentication/id-token';
import { IssuerKeys } from '../../authentication/token-keys';
import { UnauthorizedError } from '../../authentication/unauthorized-error';
import { userOfClaims } from '../../authentication/user-of-claims';
import { CLIENT, ISSUER, NOW, SECONDS } from './fake-issuer';

// The answers are those of kube-apiserver 1.34. `__tests__/e2e/differential` compares more of these with a real one.

const RSA = generateKeyPairSync('rsa', { modulusLength: 2048 });
const WEAK = generateKeyPairSync('rsa', { modulusLength: 1024 });
const EC = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = ({ publicKey }: { publicKey: KeyObject }, kid: string) => ({ ...publicKey.export({ format: 'jwk' }), kid });
const KEYS = [jwk(RSA, 'rsa'), jwk(EC, 'ec'), jwk(WEAK, 'weak')];
const CLAIMS = `"iss":"${ISSUER}","aud":"${CLIENT}","exp":${SECONDS + 60},"email":"ana@example.com","groups":["eks-admins"]`;

const rsa = (input: Buffer) => sign('sha256', input, RSA.privateKey);
const pss = (saltLength: number) => (input: Buffer) =>
  sign('sha256', input, { key: RSA.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

interface Token {
  /** Members of the header. */
  readonly header?: string;
  readonly claims?: string;
  readonly signed?: (input: Buffer) => Buffer;
  /** Changes the text of the token. */
  readonly change?: (token: string) => string;
  /** The text of the key set. */
  readonly keys?: string;
}

/** The groups that a token gives; `401` if it is refused. */
async function groupsOf({
  header = '"alg":"RS256","kid":"rsa"',
  claims = CLAIMS,
  signed = rsa,
  change = (token) => token,
  keys = JSON.stringify({ keys: KEYS }),
}: Token): Promise<readonly string[] | string> {
  const part = (text: string | Buffer) => Buffer.from(text).toString('base64url');
  const input = `${part(`{${header}}`)}.${part(`{${claims}}`)}`;
  const discovery = JSON.stringify({ issuer: ISSUER, jwks_uri: `${ISSUER}/keys` });
  const verify = idTokenVerifier(
    { issuerUrl: ISSUER, clientId: CLIENT },
    new IssuerKeys(ISSUER, async (url) => new Response(url.endsWith('/keys') ? keys : discovery)),
    () => NOW,
  );
  try {
    const verified: GoObject = await verify(change(`${input}.${part(signed(Buffer.from(input)))}`));
    const config = { usernameClaim: 'email', usernamePrefix: '', groupsClaim: 'groups', groupsPrefix: '' };
    return userOfClaims(verified, { issuerUrl: ISSUER, clientId: CLIENT, requiredClaims: {}, ...config }).groups;
  } catch (error) {
    if (error instanceof UnauthorizedError) return '401';
    throw error;
  }
}

const withClaim = (more: string) => ({ claims: `${CLAIMS},${more}` });
const headerWith = (more: string) => ({ header: `"alg":"RS256","kid":"rsa",${more}` });
const deep = (levels: number) => '['.repeat(levels) + ']'.repeat(levels);
const withKey = (key: string) => ({ keys: JSON.stringify({ keys: KEYS }).replace('[', `[${key},`) });

describe('a token that the real API server refuses', () => {
  test.each<[string, Token]>([
    ['a key id that is a number', { header: '"alg":"RS256","kid":0' }],
    ['a nonce in the header that is a number', headerWith('"nonce":0')],
    ['a header parameter twice', headerWith('"alg":"RS256"')],
    ['a name twice deep in the header', headerWith('"x":{"y":[{"a":1,"a":1}]}')],
    ['a number in the header that is too large', headerWith('"x":1e400')],
    ['a key in the header that is no key', headerWith('"jwk":{}')],
    ['a key in the header that is a text', headerWith('"jwk":"x"')],
    ['a key in the header that is secret', headerWith('"jwk":{"kty":"oct","k":"AQ"}')],
    ['a certificate in the header that is none', headerWith('"x5c":["x"]')],
    ['`b64` without its effect', headerWith('"b64":false')],
    ['an unknown critical parameter', headerWith('"crit":["exp"]')],
    ['critical parameters that are a text', headerWith('"crit":"b64"')],
    ['a second audience in another case', withClaim('"Aud":"other"')],
    ['a second issuer in another case', withClaim('"ISS":"https://other.example"')],
    ['an expiry at the end of time', withClaim(`"exp":${2n ** 63n - 1n}`)],
    ['an expiry after the end of time', withClaim('"exp":1e19')],
    ['a start that is too large for a float', withClaim('"nbf":1e400')],
    [
      'groups from another place',
      {
        claims: `${CLAIMS.replace(/,"groups".*/, '')},"_claim_names":{"groups":"a"},"_claim_sources":{"a":{"endpoint":"https://a.example"}}`,
      },
    ],
    ['a claim from no place', withClaim('"_claim_names":{"x":"a"}')],
    ['a signature with padding', { change: (token) => `${token}==` }],
    ['a tab in the claims', { change: (token) => token.replace('.', '.\t') }],
    ['20 000 levels in a claim', withClaim(`"x":${deep(20_000)}`)],
    ['a signature with a curve in the place of RSA', { header: '"alg":"ES256","kid":"rsa"' }],
    ['a broken key beside the right one', withKey('{"kty":"RSA","n":"AQ"}')],
    ['a key of an unknown type beside the right one', withKey('{"kty":"x"}')],
    ['a key that is null beside the right one', withKey('null')],
    ['no keys', { keys: '{}' }],
    ['keys that are no list', { keys: '{"keys":1}' }],
    ['a key set that is no object', { keys: '[]' }],
  ])('has %s', async (_kind, token) => {
    expect(await groupsOf(token)).toBe('401');
  });
});

describe('a token that the real API server accepts', () => {
  const ISS = `"iss":"${ISSUER}",`;
  test.each<[string, Token, (readonly string[])?]>([
    ['nothing odd', {}],
    ['no critical parameters', headerWith('"crit":[]')],
    ['critical parameters that are null', headerWith('"crit":null')],
    ['`b64` that is true', headerWith('"b64":true,"crit":["b64"]')],
    ['20 000 levels in the header', headerWith(`"x":${deep(20_000)}`)],
    ['PS256', { header: '"alg":"PS256","kid":"rsa"', signed: pss(32) }],
    [
      'PS256 with the longest salt',
      { header: '"alg":"PS256","kid":"rsa"', signed: pss(constants.RSA_PSS_SALTLEN_MAX_SIGN) },
    ],
    [
      'RSA of 1024 bits',
      { header: '"alg":"RS256","kid":"weak"', signed: (input) => sign('sha256', input, WEAK.privateKey) },
    ],
    ['its issuer in another case only', { claims: CLAIMS.replace(ISS, ISS.replace('iss', 'ISS')) }],
    ['the right audience after a wrong one in another case', { claims: `"Aud":"other",${CLAIMS}` }],
    ['a start before the beginning of time', withClaim('"nbf":1e19')],
    ['a line break inside', { change: (token) => token.replace('.', '.\n') }],
    ['a tab in the signature', { change: (token) => `${token}\t` }],
    ['10 000 levels in a claim', withClaim(`"x":${deep(9_999)}`)],
    ['half a surrogate pair in a group', withClaim('"groups":["a\\ud800"]'), ['a\ufffd']],
    ['groups in another case', withClaim('"Groups":["eks-owners"]')],
    ['groups twice', withClaim('"groups":["eks-owners"]'), ['eks-owners']],
    ['a secret key beside the right one', withKey('{"kty":"oct","k":"AQ"}')],
    ['a key set in another case', { keys: JSON.stringify({ KEYS }) }],
  ])('has %s', async (_kind, token, groups = ['eks-admins']) => {
    expect(await groupsOf(token)).toEqual(groups);
  });

  test('has a raw payload, which `b64` announces', async () => {
    const claims = `{${CLAIMS}}`;
    const header = '"alg":"RS256","kid":"rsa","b64":false,"crit":["b64"]';
    const signed = () => rsa(Buffer.from(`${Buffer.from(`{${header}}`).toString('base64url')}.${claims}`));

    expect(await groupsOf({ header, signed })).toEqual(['eks-admins']);
  });
});
