import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tls from 'node:tls';
import { certificateBlocks } from '../../live/facts/fact-finding';

/** The certificate authorities that kubectl and kubelogin trust without a file of their own. */
export interface TrustedRoots {
  /** In PEM. */
  readonly pem: readonly string[];
  /** Whether these are all of them. Only on Linux are they files; elsewhere the operating system decides. */
  readonly complete: boolean;
}

/** Where Go looks for authorities on Linux. @see https://github.com/golang/go/blob/go1.26.0/src/crypto/x509/root_linux.go */
const FILES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
];
const FOLDERS = ['/etc/ssl/certs', '/etc/pki/tls/certs'];

/** The authorities that programs written in Go trust on this machine. */
export function trustedRoots(environment: NodeJS.ProcessEnv): TrustedRoots {
  if (process.platform !== 'linux') return { pem: [...tls.rootCertificates, ...systemRoots()], complete: false };
  const { SSL_CERT_FILE, SSL_CERT_DIR } = environment;
  const files = SSL_CERT_FILE ? [SSL_CERT_FILE] : FILES;
  const folders = SSL_CERT_DIR ? SSL_CERT_DIR.split(':') : FOLDERS;
  const first = files.map(blocksOf).find((blocks) => blocks.length > 0) ?? [];
  return {
    pem: [...new Set([...first, ...folders.flatMap((folder) => filesOf(folder).flatMap(blocksOf))])],
    complete: true,
  };
}

function systemRoots(): readonly string[] {
  // From Node.js 22.15.
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'system') => readonly string[] };
  return getCACertificates?.('system') ?? [];
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

function blocksOf(file: string): readonly string[] {
  try {
    return certificateBlocks(readFileSync(file, 'utf8'));
  } catch {
    return [];
  }
}
