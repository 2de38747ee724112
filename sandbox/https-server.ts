import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ServerCertificate } from './okta/certificate-authority';

/** An HTTPS server on a free port of 127.0.0.1. */
export interface HttpsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts an HTTPS server that no request can end: where answering one fails, that request alone is answered with 500.
 * @param answer answers a request; what it throws, at once or later, is such a failure.
 */
export async function startHttpsServer(
  { certificatePem, keyPem }: ServerCertificate,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<HttpsServer> {
  const server = createServer({ cert: certificatePem, key: keyPem }, async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (!request.destroyed) console.error(`A request could not be answered: ${(error as Error).message}`);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    }
  });
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
      // Also those that asked for nothing yet, which Node would wait for: browsers connect in advance.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * The body of a request as text; undefined where it is longer, and then the rest is not read.
 * @param most characters.
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > most) return undefined;
  }
  return text;
}
