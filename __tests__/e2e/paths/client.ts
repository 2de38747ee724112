import { Agent, request } from 'node:https';

/** How a request says who sends it. */
export interface Credentials {
  readonly token?: string;
  /** A client certificate, with its key. */
  readonly certificate?: { readonly cert: string; readonly key: string };
  readonly impersonated?: { readonly user: string; readonly groups?: readonly string[] };
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: answers have every shape.
  readonly body: any;
  /** What the API server warns of. */
  readonly warnings: readonly string[];
}

/** Sends requests of many people to one API server. */
export interface Client {
  /** @param contentType of the body. A merge patch for PATCH by default. */
  send(who: Credentials, method: Method, path: string, body?: object, contentType?: string): Promise<Answer>;
  close(): void;
}

export const APPLY = 'application/apply-patch+yaml';

export function client(server: string, caPem: string): Client {
  const agent = new Agent({ ca: caPem, keepAlive: true, maxSockets: 24 });
  return {
    close: () => agent.destroy(),
    send(
      who,
      method,
      path,
      body,
      contentType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json',
    ) {
      const text = body === undefined ? '' : JSON.stringify(body);
      const { token, certificate, impersonated } = who;
      const headers = {
        accept: 'application/json',
        ...(body !== undefined && { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(impersonated !== undefined && { 'impersonate-user': impersonated.user }),
        ...(impersonated?.groups !== undefined && { 'impersonate-group': [...impersonated.groups] }),
      };
      return new Promise((resolve, reject) => {
        request(`${server}${path}`, { agent, method, headers, ...certificate }, async (message) => {
          try {
            const answer = Buffer.concat(await message.toArray()).toString();
            const { statusCode = 0, headersDistinct } = message;
            resolve({ status: statusCode, body: parsed(answer), warnings: headersDistinct.warning ?? [] });
          } catch (error) {
            reject(error);
          }
        })
          .on('error', reject)
          .end(text);
      });
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
