import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { CertificateWithKey } from './okta/certificate-authority';

/** An HTTPS server on a free port of 127.0.0.1. */
export interface HttpsServer {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Starts an HTTPS server that no request can crash: if a request fails, only that request gets a 500.
 * @param answer answers a request. A request fails when this throws or rejects.
 */
export async function startHttpsServer(
  { certificatePem, keyPem }: CertificateWithKey,
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<HttpsServer> {
  const server = createServer({ cert: certificatePem, key: keyPem }, async (request, response) => {
    try {
      await answer(request, response);
    } catch (error) {
      if (!request.destroyed) console.error(`Could not answer a request: ${(error as Error).message}`);
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
      // Node would wait for idle connections, too, which browsers open in advance.
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/**
 * The body of a request as text; undefined if it is too long.
 * @param most number of characters. Reading stops after it.
 */
export async function bodyOf(request: IncomingMessage, most: number): Promise<string | undefined> {
  let text = '';
  for await (const part of request.setEncoding('utf8')) {
    text += part;
    if (text.length > most) return undefined;
  }
  return text;
}
