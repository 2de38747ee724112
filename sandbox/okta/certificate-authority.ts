import { webcrypto } from 'node:crypto';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  type X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key, in PEM. */
export interface CertificateWithKey {
  readonly certificatePem: string;
  readonly keyPem: string;
}

/** The certificate authority of one run. Its private key stays in the memory of the process. */
export interface CertificateAuthority {
  readonly caPem: string;
  /** Issues a certificate for `localhost` and `127.0.0.1` with a new key. */
  serverCertificate(): Promise<CertificateWithKey>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const DAY_MS = 24 * 60 * 60 * 1000;
const LIFETIME_DAYS = 30;

/** Creates a certificate authority that is valid for 30 days. */
export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  const caKeys = await newKeys(false);
  const ca = await selfSigned('okta-eks-access sandbox', caKeys);
  return {
    caPem: pemLines(ca.toString('pem')),
    async serverCertificate() {
      const keys = await newKeys(true);
      const certificate = await X509CertificateGenerator.create({
        subject: 'CN=localhost',
        issuer: ca.subject,
        ...validity(),
        publicKey: keys.publicKey,
        signingKey: caKeys.privateKey,
        signingAlgorithm: ALGORITHM,
        extensions: [
          new BasicConstraintsExtension(false, undefined, true),
          new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
          new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
          new SubjectAlternativeNameExtension([
            { type: 'dns', value: 'localhost' },
            { type: 'ip', value: '127.0.0.1' },
          ]),
        ],
      });
      return withKey(certificate, keys);
    },
  };
}

/** The certificate and private key of a new authority, for a program that issues certificates itself. */
export async function authorityWithKey(name: string): Promise<CertificateWithKey> {
  const keys = await newKeys(true);
  return withKey(await selfSigned(name, keys), keys);
}

async function selfSigned(name: string, keys: webcrypto.CryptoKeyPair): Promise<X509Certificate> {
  return X509CertificateGenerator.createSelfSigned({
    name: `CN=${name}`,
    ...validity(),
    keys,
    signingAlgorithm: ALGORITHM,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

/** Clocks that are a little behind, such as those of virtual machines, accept it too. */
function validity(): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS), notAfter: new Date(Date.now() + LIFETIME_DAYS * DAY_MS) };
}

async function withKey(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<CertificateWithKey> {
  const key = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificatePem: pemLines(certificate.toString('pem')),
    keyPem: pemLines(PemConverter.encode(key, 'PRIVATE KEY')),
  };
}

function newKeys(extractable: boolean): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, extractable, ['sign', 'verify']) as Promise<webcrypto.CryptoKeyPair>;
}

/** Some PEM readers require a line break at the end. */
function pemLines(pem: string): string {
  return `${pem.trim()}\n`;
}
