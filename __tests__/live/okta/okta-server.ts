import type { IncomingMessage } from 'node:http';
import { bodyOf, startHttpsServer } from '../../../sandbox/https-server';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';

/** What the server that stands for Okta answers to one request. */
export interface GivenAnswer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is if it is a text, otherwise as JSON. */
  readonly body?: unknown;
  /** Ends the connection instead of an answer, or after the first half of the body. */
  readonly broken?: 'before' | 'within';
}

/** A request that the server got. */
export interface GivenRequest {
  /** Such as `GET /api/v1/users/me`. */
  readonly call: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

/** A server that stands for Okta, with a certificate of its own authority. */
export interface OktaServer {
  readonly address: { readonly url: string; readonly caPem: string };
  readonly port: number;
  readonly requests: readonly GivenRequest[];
  /** The next answers to calls, such as `GET /api/v1/users/me`; the last one stays. */
  answer(answers: Readonly<Record<string, GivenAnswer | readonly GivenAnswer[]>>): void;
  close(): Promise<void>;
}

/** Starts the server. What it was not told to answer is 404, in Okta's form. */
export async function startOktaServer(): Promise<OktaServer> {
  const ca = await createCertificateAuthority();
  let answers = new Map<string, GivenAnswer[]>();
  let requests: GivenRequest[] = [];
  const server = await startHttpsServer(await ca.serverCertificate(), async (request: IncomingMessage, response) => {
    const call = `${request.method} ${request.url}`;
    requests.push({ call, authorization: request.headers.authorization, body: await bodyOf(request, 100_000) });
    const left = answers.get(call) ?? [NOT_FOUND];
    const { status = 200, headers, body = {}, broken } = (left.length > 1 ? left.shift() : left[0]) as GivenAnswer;
    if (broken === 'before') return request.socket.destroy();
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    const length = broken === 'within' ? { 'content-length': String(text.length) } : {};
    response.writeHead(status, { 'content-type': 'application/json', ...length, ...headers });
    if (broken === undefined) response.end(status === 204 ? undefined : text);
    else response.write(text.slice(0, text.length / 2), () => request.socket.destroy());
  });
  return {
    address: { url: `https://localhost:${server.port}`, caPem: ca.caPem },
    port: server.port,
    get requests() {
      return requests;
    },
    answer(given) {
      requests = [];
      answers = new Map(Object.entries(given).map(([call, list]) => [call, [list].flat() as GivenAnswer[]]));
    },
    close: server.close,
  };
}

const NOT_FOUND = {
  status: 404,
  body: { errorCode: 'E0000007', errorSummary: 'Not found: Resource not found (User)', errorCauses: [] },
};
