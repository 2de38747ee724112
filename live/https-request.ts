import type { IncomingHttpHeaders } from 'node:http';
import { connect, type PeerCertificate } from 'node:tls';
import type { Dispatcher } from 'undici';

export interface HttpsRequest {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST';
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. @default - none */
  readonly body?: object;
  /** Certificate authorities in PEM. @default - those of Node.js */
  readonly ca?: readonly string[];
  /** The name that the certificate has to be for. @default - the host of the URL */
  readonly serverName?: string;
  /** URL of a proxy. @default - that of the environment */
  readonly proxy?: string;
  /** Milliseconds until the whole answer is there. @default 10000 */
  readonly timeout?: number;
}

export interface HttpsAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Why a server gave no answer. */
export type NoAnswerKind = 'no such host' | 'refused' | 'timeout' | 'certificate' | 'other';

/** A server gave no answer; the message is a part of a sentence about its host, without headers and bodies. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';

  constructor(
    readonly kind: NoAnswerKind,
    message: string,
  ) {
    super(message);
  }
}

const TIMEOUT_MILLISECONDS = 10_000;
/** More than any document of Okta or any review of Kubernetes has. */
const MOST_BYTES = 10_000_000;

/**
 * Requests a URL of an https server. Redirects are not followed; proxies are those of the environment, as for kubectl and
 * kubelogin.
 * @throws NoAnswerError if there is no whole answer.
 */
export async function httpsRequest(url: string, options: HttpsRequest = {}): Promise<HttpsAnswer> {
  const { method = 'GET', headers = {}, body, timeout = TIMEOUT_MILLISECONDS } = options;
  const target = new URL(url);
  const signal = AbortSignal.timeout(timeout);
  // Loaded here, because few commands ask servers.
  const { request } = require('undici') as typeof import('undici');
  let dispatcher: Dispatcher | undefined;
  try {
    dispatcher = dispatcherFor(target, options);
    const answer = await request(target, {
      ...{ dispatcher, method, signal },
      headers: { ...headers, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: answer.statusCode, headers: answer.headers, body: await bytesOf(answer.body) };
  } catch (error) {
    throw await noAnswer(target, error as NodeJS.ErrnoException, options, signal.aborted);
  } finally {
    await dispatcher?.destroy();
  }
}

function dispatcherFor({ hostname }: URL, { ca, serverName, proxy }: HttpsRequest): Dispatcher {
  const { Agent, EnvHttpProxyAgent, ProxyAgent } = require('undici') as typeof import('undici');
  const tls = { ...(ca !== undefined && { ca: [...ca] }), ...(serverName !== undefined && { servername: serverName }) };
  if (proxy !== undefined) return new ProxyAgent({ uri: proxy, requestTls: tls });
  // Go programs ask this machine without a proxy, whatever the environment says.
  if (isLoopback(hostname)) return new Agent({ connect: tls });
  return new EnvHttpProxyAgent({ connect: tls, requestTls: tls });
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\./.test(hostname);
}

async function bytesOf(body: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    bytes += part.length;
    if (bytes > MOST_BYTES) throw new Error(`the answer has more than ${MOST_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

/** Errors of certificates, as OpenSSL and Node.js name them. */
const CERTIFICATE = /CERT|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|SELF_SIGNED/;

async function noAnswer(
  target: URL,
  { code = '', message }: NodeJS.ErrnoException,
  options: HttpsRequest,
  late: boolean,
): Promise<NoAnswerError> {
  const { host, hostname } = target;
  const { timeout = TIMEOUT_MILLISECONDS } = options;
  if (late) return new NoAnswerError('timeout', `${host} does not answer in ${timeout / 1000} seconds`);
  if (code === 'ETIMEDOUT' || code === 'UND_ERR_CONNECT_TIMEOUT')
    return new NoAnswerError('timeout', `${host} does not answer`);
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new NoAnswerError('no such host', `the name ${hostname} has no address`);
  }
  if (code === 'ECONNREFUSED') return new NoAnswerError('refused', `nothing listens at ${host}`);
  if (CERTIFICATE.test(code)) {
    const shown = await certificateOf(target, options);
    const by = shown === undefined ? '' : `; it is for ${nameOf(shown.subject)}, signed by ${nameOf(shown.issuer)}`;
    return new NoAnswerError('certificate', `the certificate of ${host} is not trusted: ${message}${by}`);
  }
  return new NoAnswerError('other', `${host} gives no whole answer: ${message || code}`);
}

/** The certificate that a server shows, for a message; undefined if it cannot be had. Nothing is sent to the server. */
function certificateOf(
  { hostname, port }: URL,
  { serverName = hostname }: HttpsRequest,
): Promise<PeerCertificate | undefined> {
  return new Promise((resolve) => {
    const end = (certificate?: PeerCertificate) => {
      socket.destroy();
      resolve(certificate);
    };
    const socket = connect({
      ...{ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 443), timeout: 3000 },
      ...(!/^[\d.]+$|:/.test(serverName) && { servername: serverName }),
      rejectUnauthorized: false,
    });
    socket.once('secureConnect', () => end(socket.getPeerCertificate()));
    socket.once('timeout', () => end()).once('error', () => end());
  });
}

function nameOf({ CN, O }: PeerCertificate['issuer']): string {
  return [CN || O || 'nobody'].flat().join(' ');
}
