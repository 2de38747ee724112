import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';

export interface HttpsFetchOptions {
  /** @default 'GET' */
  readonly method?: string;
  /** @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  /** @default - none */
  readonly body?: string;
}

/** Requests a URL. It does not follow redirects. */
export type HttpsFetch = (url: string | URL, options?: HttpsFetchOptions) => Promise<Response>;

/** A `fetch` that trusts one certificate authority, which Node's own cannot. */
export function httpsFetch(caPem: string): HttpsFetch {
  const agent = new Agent({ ca: caPem, keepAlive: true });
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      request(url, { agent, method, headers: { ...headers, ...length } }, (message) => {
        responseOf(message).then(resolve, reject);
      })
        .on('error', reject)
        .end(body);
    });
}

async function responseOf(message: IncomingMessage): Promise<Response> {
  const headers = new Headers();
  for (const [name, values] of Object.entries(message.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value);
  }
  const body = Buffer.concat(await message.toArray());
  return new Response(body.length > 0 ? body : null, { status: message.statusCode, headers });
}
