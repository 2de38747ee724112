import type { IncomingMessage, ServerResponse } from 'node:http';
import https, { type Server } from 'node:https';
import { connect } from 'node:tls';
import { bodyOf, startHttpsServer } from '../../sandbox/https-server';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import { RawClient } from './raw-requests';

const GET = 'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n';

/** The status lines of a server with this handler, for one request after the other. */
async function statuses(
  requests: readonly string[],
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): Promise<readonly string[]> {
  const ca = await createCertificateAuthority();
  const server = await startHttpsServer(await ca.serverCertificate(), answer);
  try {
    const answers: string[] = [];
    const client = new RawClient(server.port, ca.caPem);
    for (const text of requests) answers.push(await client.answer({ text, ending: 'close' }));
    return answers.map((text) => text.split('\r\n', 1)[0] as string);
  } finally {
    await server.close();
  }
}

describe('the HTTPS server of the sandbox', () => {
  let closeServer = async (): Promise<void> => {};

  afterEach(async () => {
    jest.restoreAllMocks();
    await closeServer();
  });

  test.each([
    [
      'thrown at once',
      () => {
        throw new Error('a fault');
      },
    ],
    ['thrown later', () => Promise.reject(new Error('a fault'))],
    ['not an Error', () => Promise.reject('a fault')],
  ])('answers with 500, and continues with the next request, if an error is %s', async (_when, fail) => {
    const logged = jest.spyOn(console, 'error').mockReturnValue();
    let requests = 0;

    const answered = await statuses([GET, GET], (_request, response) => {
      requests += 1;
      return requests === 1 ? fail() : response.end('fine');
    });

    expect(answered).toEqual(['HTTP/1.1 500 Internal Server Error', 'HTTP/1.1 200 OK']);
    expect(logged.mock.calls).toEqual([['Could not answer a request: a fault']]);
  });

  test('continues after an error in the middle of a response', async () => {
    jest.spyOn(console, 'error').mockReturnValue();

    const answered = await statuses([GET, GET], async (_request, response) => {
      response.writeHead(200).write('half of it');
      throw new Error('a fault');
    });

    expect(answered).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK']);
  });

  test.each([
    ['is not HTTP', 'not even HTTP\r\n\r\n', '400 Bad Request'],
    ['has a body without its end', 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{', '400 Bad Request'],
    ['has broken chunks', 'POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n', '400 Bad Request'],
    ['has headers without an end', `GET / HTTP/1.1\r\nX: ${'x'.repeat(20_000)}`, '431 Request Header Fields Too Large'],
    ['wants a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', '405 Method Not Allowed'],
    ['expects what no server does', 'GET / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n', '417 Expectation Failed'],
  ])('answers a request that %s, and continues', async (_case, request, status) => {
    const answered = await statuses([request, GET], async (incoming, response) => {
      await bodyOf(incoming, 100);
      response.end();
    });

    expect(answered).toEqual([`HTTP/1.1 ${status}`, 'HTTP/1.1 200 OK']);
  });

  test('reads a body up to the limit', async () => {
    const post = (body: string) =>
      `POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
    const bodies: string[] = [];

    const answered = await statuses([post('four'), post('fives'), post('four')], async (request, response) => {
      bodies.push(await bodyOf(request, 4));
      response.end();
    });

    expect(bodies).toEqual(['four', 'four']);
    expect(answered).toEqual(['HTTP/1.1 200 OK', 'HTTP/1.1 413 Payload Too Large', 'HTTP/1.1 200 OK']);
  });

  test('closes the connection if a body has no end', async () => {
    const ca = await createCertificateAuthority();
    const created = jest.spyOn(https, 'createServer');
    const server = await startHttpsServer(await ca.serverCertificate(), async (request, response) => {
      await bodyOf(request, 4);
      response.end();
    });
    closeServer = server.close;
    // How long Node leaves an answered connection open, by default 5 seconds.
    (created.mock.results[0]?.value as Server).keepAliveTimeout = 1;

    const socket = connect({ port: server.port, host: '127.0.0.1', servername: 'localhost', ca: ca.caPem });
    socket.on('error', () => {}).resume();
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfives\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
  });
});
