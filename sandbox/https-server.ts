import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { CertificateWithKey } from './okta/certificate-authority';

/** An HTTP or HTTPS server on a free port of 127.0.0.1. */
export interface LocalServer {
  readonly port: number;
  close(): Promise<void>;
}

/** A request that is answered with this status. Koa reads these properties, too. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly expose = true;

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Statuses of the errors of Node's HTTP parser. All others are 400. */
const PARSER_STATUS: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
};

/** How long a client may still send after the answer to a request that could not be read. */
const LINGER_MS = 2000;

/**
 * Starts an HTTPS server that no request can end. This is the one place that catches the errors of requests: each request gets
 * an answer, and the next one is answered as if nothing had happened.
 * @param answer answers a request. If it throws or rejects, the answer is the status of the `RequestError`, or else 500.
 */
export async function startHttpsServer(
  { certificatePem, keyPem }: CertificateWithKey,
  answer: Answer,
): Promise<LocalServer> {
  return listening(createServer({ cert: certificatePem, key: keyPem, allowHalfOpen: true }, answered(answer)));
}

/** Starts a server without TLS, for clients that cannot use TLS on this machine. It is like that with TLS. */
export async function startHttpServer(answer: Answer): Promise<LocalServer> {
  return listening(createHttpServer(answered(answer)));
}

type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

function answered(answer: Answer): (request: IncomingMessage, response: ServerResponse) => Promise<void> {
  return async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      failed(request, response, error);
    }
  };
}

async function listening(server: Server): Promise<LocalServer> {
  // A client that has closed its half of the connection still waits for the answer. The types do not have this property.
  (server as Server & { httpAllowHalfOpen: boolean }).httpAllowHalfOpen = true;
  // Node would destroy the connection, often before the client has its answer.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    refuse(socket, PARSER_STATUS[error.code ?? ''] ?? 400);
  });
  // Without a listener, Node closes the connection without an answer.
  server.on('connect', (_request, socket) => refuse(socket, 405));
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Node would wait for idle connections, too, which browsers open in advance.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  const isExpected = error instanceof RequestError;
  const message = error instanceof Error ? error.message : String(error);
  if (!isExpected && !request.destroyed) console.error(`Could not answer a request: ${message}`);
  // Without the end of the connection, a client would wait for the rest of a response that has begun.
  if (response.headersSent) response.destroy();
  else response.writeHead(isExpected ? error.status : 500).end();
}

/** Answers without a response object, which exists only for requests that could be read. */
function refuse(socket: Duplex, status: number): void {
  // Node reports the same error for each further piece of a request.
  if (socket.writableEnded) return;
  // A client that has gone away needs no answer.
  socket.on('error', () => {});
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
  // Closing while the client still sends would reset the connection, and the client would lose the answer.
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.once('close', () => clearTimeout(timer)).resume();
}

/**
 * The body of a request as text; fails with a `RequestError` if it is too long.
 * @param most number of characters. Reading stops after it.
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string> {
  let text = '';
  // Destroying the request would close the connection before the answer.
  for await (const part of request.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    text += part;
    if (text.length > most) throw new RequestError(413, `The body has more than ${most} characters.`);
  }
  return text;
}
