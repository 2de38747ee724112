import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { rootCertificates } from 'node:tls';
import { AccessError } from '../../constraints/access-error';
import { escaped, plain } from '../../constraints/finding';
import { type PortalData, portalData } from '../portal/portal-data';

export interface PortalProps {
  /** Address of the page or of its data. */
  readonly url: string;
  /** PEM file with a certificate authority that is trusted besides the usual ones. @default - none */
  readonly caFile?: string;
}

/** The longest answer that is read, in bytes; a portal of 1000 clusters has about 3 MB. */
const LONGEST = 32 * 1024 * 1024;
const TIMEOUT_MS = 30_000;
const MOST_REDIRECTS = 5;

/**
 * Fetches the data of a published portal, from its page or from a file of `portal --json`. It uses https only, and follows
 * redirects only on the same server: whoever could answer for it could send ID tokens to an API server of theirs.
 * @throws AccessError if it cannot be fetched, or is not a portal.
 */
export async function fetchPortal({ url: given, caFile }: PortalProps): Promise<PortalData> {
  const start = portalUrl(given);
  const ca = caFile === undefined ? undefined : [...rootCertificates, certificateFile(caFile)];
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  let url = start;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
    const response = await orExplained(start, () => responseOf(url, ca, signal));
    const { statusCode = 0 } = response;
    const { location } = response.headers;
    if (statusCode < 300 || statusCode > 399 || location === undefined) {
      if (statusCode === 200) return portalOf(await orExplained(start, () => textOf(response, start)), start);
      response.destroy();
      throw new AccessError(
        `${start.href} answered with status ${statusCode}. ${STATUS_HINTS[statusCode] ?? 'A portal answers with 200.'}`,
      );
    }
    response.destroy();
    url = sameOrigin(location, url);
  }
  throw new AccessError(`${start.href} redirects more than ${MOST_REDIRECTS} times.`);
}

const STATUS_HINTS: Readonly<Partial<Record<number, string>>> = {
  401: 'It asks for a sign-in of its own: get the kubeconfig from the page in a browser.',
  403: 'It asks for a sign-in of its own: get the kubeconfig from the page in a browser.',
  404: 'Check the address.',
};

/**
 * The address of a portal, by which it is remembered.
 * @throws AccessError if it is not https, or has a user name.
 */
export function portalUrl(given: string): URL {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  if (url?.protocol === 'https:' && url.username === '' && url.password === '') {
    url.hash = '';
    return url;
  }
  throw new AccessError(
    `--portal is the https address of a portal without a user name, such as https://access.example.com/. Given: '${plain(url === undefined ? given : url.protocol)}'.`,
  );
}

function sameOrigin(location: string, from: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from.href) : undefined;
  if (url?.origin === from.origin && url.username === '' && url.password === '') return url;
  throw new AccessError(
    `${from.href} redirects to ${plain(url?.origin ?? location)}. Only redirects on the same server are followed. If that is the portal, give its address to --portal.`,
  );
}

function certificateFile(file: string): string {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  } catch (error) {
    throw new AccessError(`--portal-ca: ${escaped((error as Error).message)}`);
  }
  throw new AccessError(`--portal-ca: ${escaped(file)} contains no certificate in PEM.`);
}

function responseOf(url: URL, ca: string[] | undefined, signal: AbortSignal): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { accept: 'text/html, application/json', 'user-agent': 'eks-access' };
    request(url, { ca, signal, headers, agent: false }, resolve).on('error', reject).end();
  });
}

async function textOf(response: IncomingMessage, url: URL): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > LONGEST) throw new AccessError(`${url.href} answers with more than ${LONGEST / 1024 / 1024} MB.`);
    chunks.push(chunk);
  }
  // Without a byte order mark, which some tools put before a file.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

async function orExplained<Result>(url: URL, action: () => Promise<Result>): Promise<Result> {
  try {
    return await action();
  } catch (error) {
    if (AccessError.is(error)) throw error;
    const { name, code, message } = error as NodeJS.ErrnoException;
    if (name === 'AbortError' || name === 'TimeoutError') {
      throw new AccessError(`${url.href} did not answer within ${TIMEOUT_MS / 1000} seconds.`);
    }
    const isUnknownCa = /^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/.test(code ?? '');
    const hint = isUnknownCa ? ' If its certificate authority is private, give it with --portal-ca FILE.' : '';
    throw new AccessError(`${url.href} could not be fetched: ${escaped(message)}.${hint}`);
  }
}

/** The data of a page, or of the JSON itself. */
function portalOf(text: string, url: URL): PortalData {
  const scripts = [...text.matchAll(/<script\b(?=[^>]*\sid="portal-data")[^>]*>([\s\S]*?)<\/script>/g)];
  const json = text.trimStart().startsWith('{') ? text : scripts.length === 1 ? scripts[0]?.[1] : undefined;
  if (json === undefined) throw new AccessError(`${url.href} is not a portal: the page has no data of one.`);
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch {
    throw new AccessError(`${url.href} is not a portal: its data is not JSON.`);
  }
  const { schemaVersion } = (typeof data === 'object' && data !== null ? data : {}) as { schemaVersion?: unknown };
  const parsed = portalData.safeParse(data);
  if (parsed.success) return parsed.data;
  if (typeof schemaVersion === 'number' && schemaVersion > 1) {
    throw new AccessError(
      `${url.href} has data of version ${schemaVersion}, and this program reads version 1. Install a newer okta-eks-access.`,
    );
  }
  const issues = parsed.error.issues
    .slice(0, 5)
    .map(({ path, message }) => `  ${plain(path.join('.')) || 'the data'}: ${plain(message)}`);
  throw new AccessError(`${url.href} is not a portal that this program reads:\n${issues.join('\n')}`);
}
