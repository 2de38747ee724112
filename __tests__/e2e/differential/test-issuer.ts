import { constants, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { CertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import type { Change, Signature, TokenCase } from './random-tokens';

/** An issuer that signs any text. */
export interface TestIssuer {
  readonly issuerUrl: string;
  token(token: TokenCase): string;
  /** Signs claims with ES256 and a key that is not published. */
  signedBy(key: KeyObject, kid: string, claims: object): string;
  /** Publishes another text in place of the keys; undefined publishes the keys again. */
  publish(keySet: string | undefined): void;
  close(): Promise<void>;
}

/** How a signature is made, with the members of the header that say so. */
interface Signing {
  readonly alg: string;
  readonly kid?: string;
  readonly sign: (input: Buffer) => Buffer;
}

/** Starts an issuer that serves discovery and keys over HTTPS on a free port of 127.0.0.1. */
export async function startTestIssuer(ca: CertificateAuthority): Promise<TestIssuer> {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const weak = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const foreign = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = [
    { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...ec.publicKey.export({ format: 'jwk' }), kid: 'ec', alg: 'ES256', use: 'sig' },
    { ...weak.publicKey.export({ format: 'jwk' }), kid: 'weak', use: 'sig' },
  ];
  let published = JSON.stringify({ keys });
  const { certificatePem: cert, keyPem: key } = await ca.serverCertificate();
  const server = createServer({ cert, key }, ({ url }, response) => {
    const discovery = {
      issuer: issuerUrl(),
      jwks_uri: `${issuerUrl()}/keys`,
      id_token_signing_alg_values_supported: ['RS256', 'ES256'],
    };
    const body = url === '/keys' ? published : JSON.stringify(discovery);
    response.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuerUrl = () => `https://localhost:${(server.address() as AddressInfo).port}`;

  const pkcs1 =
    (hash: string, { privateKey }: { privateKey: KeyObject }) =>
    (input: Buffer) =>
      sign(hash, input, privateKey);
  const pss = (saltLength: number) => (input: Buffer) =>
    sign('sha256', input, { key: rsa.privateKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });
  const ecdsa = (hash: string, bytes: number, privateKey: KeyObject) => (input: Buffer) => {
    const numbers = sign(hash, input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
    const padding = Buffer.alloc(bytes - 32);
    return Buffer.concat([padding, numbers.subarray(0, 32), padding, numbers.subarray(32)]);
  };
  const rs256 = { alg: 'RS256', kid: 'rsa', sign: pkcs1('sha256', rsa) };
  const signings: Readonly<Record<Signature, Signing>> = {
    RS256: rs256,
    ES256: { alg: 'ES256', kid: 'ec', sign: ecdsa('sha256', 32, ec.privateKey) },
    'ES256 as ES512': { alg: 'ES512', kid: 'ec', sign: ecdsa('sha512', 66, ec.privateKey) },
    PS256: { alg: 'PS256', kid: 'rsa', sign: pss(32) },
    'PS256, longest salt': { alg: 'PS256', kid: 'rsa', sign: pss(constants.RSA_PSS_SALTLEN_MAX_SIGN) },
    'PS256, no salt': { alg: 'PS256', kid: 'rsa', sign: pss(0) },
    'RS512, 1024 bits': { alg: 'RS512', kid: 'weak', sign: pkcs1('sha512', weak) },
    'foreign key': { alg: 'RS256', kid: 'rsa', sign: pkcs1('sha256', foreign) },
    'unknown key id': { ...rs256, kid: 'unknown' },
    'no key id': { alg: 'RS256', sign: pkcs1('sha256', rsa) },
    none: { alg: 'none', sign: () => Buffer.alloc(0) },
    broken: { ...rs256, sign: (input) => pkcs1('sha256', rsa)(input).fill(0, 252) },
    'raw payload': rs256,
  };

  return {
    issuerUrl: issuerUrl(),
    token({ claims, header, signature, change }) {
      const { alg, kid, sign: signed } = signings[signature];
      const isRaw = signature === 'raw payload';
      const members = [
        ['alg', JSON.stringify(alg)],
        ...(kid === undefined ? [] : [['kid', JSON.stringify(kid)]]),
        ...(isRaw ? [['b64', 'false']] : []),
        ...header,
      ];
      const head = bytesOf(`{${members.map(([name, value]) => `"${name}":${value}`).join(',')}}`);
      const payload = bytesOf(claims);
      const content = isRaw ? payload : Buffer.from(payload.toString('base64url'));
      const input = Buffer.concat([Buffer.from(`${head.toString('base64url')}.`), content]);
      return changed(
        [head, payload, signed(input)].map((part) => part.toString('base64url')),
        change,
      );
    },
    signedBy(privateKey, kid, claims) {
      const parts = [{ alg: 'ES256', kid }, claims].map((part) =>
        Buffer.from(JSON.stringify(part)).toString('base64url'),
      );
      const input = Buffer.from(parts.join('.'));
      return `${input}.${ecdsa('sha256', 32, privateKey)(input).toString('base64url')}`;
    },
    publish(keySet) {
      published = keySet ?? JSON.stringify({ keys });
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections open for later requests.
        server.closeAllConnections();
      }),
  };
}

/** Characters from U+0080 to U+00FF are single bytes, so that a text can be broken UTF-8. */
function bytesOf(text: string): Buffer {
  return Buffer.concat(
    [...text].map((character) => Buffer.from(character, /[\x80-\xff]/.test(character) ? 'latin1' : 'utf8')),
  );
}

const BASE64URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function changed(parts: readonly string[], change: Change): string {
  switch (change) {
    case 'nothing':
      return parts.join('.');
    case 'padding':
      return `${parts.join('.')}==`;
    case 'four parts':
      return `${parts.join('.')}.AA`;
    case 'standard base64':
      return parts.join('.').replaceAll('-', '+').replaceAll('_', '/');
    case 'unused bits':
      return parts.map(withUnusedBits).join('.');
    default:
      return parts
        .map((part, index) =>
          index === change.part ? part.slice(0, change.at) + change.insert + part.slice(change.at) : part,
        )
        .join('.');
  }
}

/** The same bytes in other characters, if the last character has unused bits. */
function withUnusedBits(part: string): string {
  if (part.length % 4 < 2) return part;
  return part.slice(0, -1) + BASE64URL[BASE64URL.indexOf(part.at(-1) as string) + 1];
}
