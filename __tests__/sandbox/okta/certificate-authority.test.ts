import { X509Certificate } from 'node:crypto';
import { type CertificateAuthority, createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';

describe('the certificate authority of a run', () => {
  let ca: CertificateAuthority;

  beforeAll(async () => {
    ca = await createCertificateAuthority();
  });

  test('is self-signed', () => {
    const certificate = new X509Certificate(ca.caPem);

    expect(certificate.ca).toBe(true);
    expect(certificate.verify(certificate.publicKey)).toBe(true);
  });

  test('signs certificates for localhost and 127.0.0.1 only', async () => {
    const { certificatePem } = await ca.serverCertificate();

    const certificate = new X509Certificate(certificatePem);
    expect(certificate.ca).toBe(false);
    expect(certificate.verify(new X509Certificate(ca.caPem).publicKey)).toBe(true);
    expect(certificate.checkIssued(new X509Certificate(ca.caPem))).toBe(true);
    expect(certificate.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1');
    // Extended key usage: server authentication.
    expect(certificate.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  });

  test('is valid from a day ago for 30 days', () => {
    const certificate = new X509Certificate(ca.caPem);

    const days = (date: string) => (Date.parse(date) - Date.now()) / (24 * 60 * 60 * 1000);
    expect(days(certificate.validFrom)).toBeCloseTo(-1, 1);
    expect(days(certificate.validTo)).toBeCloseTo(30, 1);
  });

  test('creates a new key for each certificate', async () => {
    const [one, other] = await Promise.all([ca.serverCertificate(), ca.serverCertificate()]);

    expect(new Set([one.keyPem, other.keyPem]).size).toBe(2);
    expect(one.keyPem).toMatch(/^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----\n$/);
  });

  test('is different in every run', async () => {
    const other = await createCertificateAuthority();

    const { certificatePem } = await other.serverCertificate();

    expect(new X509Certificate(certificatePem).verify(new X509Certificate(ca.caPem).publicKey)).toBe(false);
  });
});
