import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { CompactSign, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { CertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import type { TokenCase } from './random-tokens';

/** An issuer that signs any claims. */
export interface TestIssuer {
  readonly issuerUrl: string;
  token(token: TokenCase): Promise<string>;
  close(): Promise<void>;
}

/** Starts an issuer that serves discovery and keys over HTTPS on a free port of 127.0.0.1. */
export async function startTestIssuer(ca: CertificateAuthority): Promise<TestIssuer> {
  const keys = {
    RS256: await generateKeyPair('RS256'),
    ES256: await generateKeyPair('ES256'),
    foreign: await generateKeyPair('RS256'),
  };
  const published: JWK[] = [
    { ...(await exportJWK(keys.RS256.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(keys.ES256.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
  ];
  const { certificatePem: cert, keyPem: key } = await ca.serverCertificate();
  const server = createServer({ cert, key }, ({ url }, response) => {
    const body =
      url === '/keys'
        ? { keys: published }
        : {
            issuer: issuerUrl(),
            jwks_uri: `${issuerUrl()}/keys`,
            id_token_signing_alg_values_supported: ['RS256', 'ES256'],
          };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuerUrl = () => `https://localhost:${(server.address() as AddressInfo).port}`;

  const signed = (
    claims: object,
    signingKey: Parameters<CompactSign['sign']>[0],
    header: { alg: string; kid?: string },
  ) => new CompactSign(Buffer.from(JSON.stringify(claims))).setProtectedHeader(header).sign(signingKey);
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    issuerUrl: issuerUrl(),
    async token({ claims, signature }) {
      const rsa = keys.RS256.privateKey;
      switch (signature) {
        case 'RS256':
          return signed(claims, rsa, { alg: 'RS256', kid: 'rsa' });
        case 'ES256':
          return signed(claims, keys.ES256.privateKey, { alg: 'ES256', kid: 'ec' });
        case 'foreign key':
          return signed(claims, keys.foreign.privateKey, { alg: 'RS256', kid: 'rsa' });
        case 'unknown key id':
          return signed(claims, rsa, { alg: 'RS256', kid: 'unknown' });
        case 'no key id':
          return signed(claims, rsa, { alg: 'RS256' });
        case 'none':
          return `${part({ alg: 'none' })}.${part(claims)}.`;
        case 'broken':
          return `${(await signed(claims, rsa, { alg: 'RS256', kid: 'rsa' })).slice(0, -6)}AAAAAA`;
      }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Clients keep connections open for later requests.
        server.closeAllConnections();
      }),
  };
}
