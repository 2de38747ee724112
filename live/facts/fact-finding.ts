import { X509Certificate } from 'node:crypto';
import { plain } from '../../constraints/finding';

/** Checks of the values that only the live world knows: each gives what a wrong value has to be, or undefined. */
export const FACT_FINDINGS = {
  issuerUrl: (value: string) =>
    isHttpsUrl(value) && !/[?#]/.test(value)
      ? undefined
      : 'an https URL without a query, such as https://example.okta.com/oauth2/aus1abcd',
  clientId: (value: string) =>
    /^[\w.~-]{1,200}$/.test(value) ? undefined : 'a client ID of Okta, such as 0oa1bcd2EFGH3ijkl4x7',
  endpoint: (value: string) =>
    isHttpsUrl(value) ? undefined : 'an https URL, such as https://ABCD.gr7.eu-west-1.eks.amazonaws.com',
  certificateAuthority: (value: string) => {
    if (!isCertificateBundle(value)) return 'certificates in PEM, encoded in base64, as DescribeCluster gives them';
    // Everybody gets it, by a kubeconfig or the portal.
    return OTHER_BLOCK.test(pemOf(value))
      ? 'certificates alone: something else is between them, such as a private key'
      : undefined;
  },
} as const satisfies Readonly<Record<string, (value: string) => string | undefined>>;

/** The kinds of facts. */
export type FactKind = keyof typeof FACT_FINDINGS;

/** A sentence about a wrong value and its source; undefined for a good one. */
export function factProblem(kind: FactKind, value: unknown, source: string): string | undefined {
  const allowed = typeof value === 'string' ? FACT_FINDINGS[kind](value) : 'a text';
  if (allowed === undefined) return undefined;
  // A certificate is long, and what is there in its place may be a secret.
  const given =
    kind === 'certificateAuthority' || typeof value !== 'string' ? '' : ` Given: '${plain(shortUrl(value))}'.`;
  return `${source}: This is not ${allowed}.${given}`;
}

/** A URL without what can be secret: a user name with its password, and a query. */
function shortUrl(value: string): string {
  return value.replace(/\/\/[^/?#]*@/, '//…@').replace(/[?#].+$/s, '?…');
}

function isHttpsUrl(value: string): boolean {
  if (/\s/.test(value) || !URL.canParse(value)) return false;
  const { protocol, username, password, hostname } = new URL(value);
  return protocol === 'https:' && username === '' && password === '' && hostname !== '';
}

const PEM_CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

const OTHER_BLOCK = /-----BEGIN (?!CERTIFICATE-----)/;

/** The certificates of a text in PEM; fails if one of them is damaged. */
export function certificatesOf(pem: string): readonly X509Certificate[] {
  return certificateBlocks(pem).map((block) => new X509Certificate(block));
}

/** The certificates of a text as they are written, without what is between them, which may be a private key. */
export function certificateBlocks(pem: string): readonly string[] {
  return [...pem.matchAll(PEM_CERTIFICATE)].map(([block]) => block);
}

function isCertificateBundle(base64: string): boolean {
  if (!/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(base64)) return false;
  try {
    return certificatesOf(pemOf(base64)).length > 0;
  } catch {
    return false;
  }
}

function pemOf(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8');
}
