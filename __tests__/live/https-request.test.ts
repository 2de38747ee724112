import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { httpsRequest } from '../../live/https-request';
import { type LocalServer, startHttpsServer } from '../../sandbox/https-server';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';

let server: LocalServer;
let ca: string;
let url: string;
const environment = { ...process.env };

beforeAll(async () => {
  const authority = await createCertificateAuthority();
  ca = authority.caPem;
  server = await startHttpsServer(await authority.serverCertificate(), (request, response) => {
    if (request.url === '/silent') return;
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': '100' }).write('{"a');
      setTimeout(() => response.destroy(), 50);
      return;
    }
    if (request.url === '/moved') return response.writeHead(302, { location: '/' }).end();
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => (body += text));
    request.on('end', () => response.end(`${request.method} ${request.headers.authorization} ${body}`));
  });
  url = `https://localhost:${server.port}`;
});

afterAll(() => server.close());
afterEach(() => {
  process.env = { ...environment };
});

const textOf = (body: Buffer) => body.toString('utf8');

test('sends a request, and does not follow a redirect', async () => {
  const posted = await httpsRequest(url, { ca: [ca], method: 'POST', body: { a: 1 }, headers: { authorization: 'x' } });
  const moved = await httpsRequest(`${url}/moved`, { ca: [ca] });

  expect(textOf(posted.body)).toBe('POST x {"a":1}');
  expect([moved.status, moved.headers.location]).toEqual([302, '/']);
});

test.each([
  [
    'no authority',
    () => httpsRequest(url),
    'certificate',
    /^the certificate of localhost:\d+ is not trusted: .*; it is for localhost, signed by okta-eks-access sandbox$/,
  ],
  [
    'another authority',
    async () => httpsRequest(url, { ca: [(await createCertificateAuthority()).caPem] }),
    'certificate',
    /^the certificate of /,
  ],
  [
    'another host name',
    () => httpsRequest(url, { ca: [ca], serverName: 'other.example' }),
    'certificate',
    /^the certificate of .*other\.example/,
  ],
  [
    'a name without an address',
    () => httpsRequest('https://okta.invalid'),
    'no such host',
    /^the name okta\.invalid has no address$/,
  ],
  [
    'a port at which nothing listens',
    () => httpsRequest('https://127.0.0.1:9'),
    'refused',
    /^nothing listens at 127\.0\.0\.1:9$/,
  ],
  [
    'a server that says nothing',
    () => httpsRequest(`${url}/silent`, { ca: [ca], timeout: 200 }),
    'timeout',
    /^localhost:\d+ does not answer in 0\.2 seconds$/,
  ],
  [
    'an answer that ends early',
    () => httpsRequest(`${url}/cut`, { ca: [ca] }),
    'other',
    /^localhost:\d+ gives no whole answer: /,
  ],
])('fails on %s, and says it in words', async (_, request, kind, message) => {
  await expect(request()).rejects.toMatchObject({ kind, message: expect.stringMatching(message) });
});

test('fails on something that is no TLS', async () => {
  const plain = createTcpServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  await new Promise((done) => plain.once('listening', done));

  const request = httpsRequest(`https://127.0.0.1:${(plain.address() as AddressInfo).port}`);

  await expect(request).rejects.toMatchObject({ kind: 'other' });
  plain.close();
});

describe('with a proxy', () => {
  let proxy: Server;
  let asked: string[];
  const sockets: Socket[] = [];

  beforeEach(async () => {
    asked = [];
    proxy = createServer().on('connect', (request, socket) => {
      asked.push(String(request.url));
      // Whatever the name, the server of the test answers.
      const target = connect(server.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        target.pipe(socket).pipe(target);
      });
      target.on('error', () => {});
      socket.on('error', () => {});
      sockets.push(target, socket as Socket);
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  });

  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
    proxy.close();
  });

  const proxyUrl = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;

  test('asks through that of the environment, and checks the certificate of the server all the same', async () => {
    process.env.HTTPS_PROXY = proxyUrl();

    const answer = await httpsRequest('https://okta.example', { ca: [ca], serverName: 'localhost' });
    const refused = httpsRequest('https://okta.example', { serverName: 'localhost' });

    expect(answer.status).toBe(200);
    await expect(refused).rejects.toMatchObject({ kind: 'certificate' });
    expect(asked[0]).toBe('okta.example:443');
  });

  test('asks through that of the request', async () => {
    await httpsRequest('https://okta.example:8443', { ca: [ca], serverName: 'localhost', proxy: proxyUrl() });

    expect(asked).toEqual(['okta.example:8443']);
  });

  test('asks this machine, and hosts of NO_PROXY, without one', async () => {
    process.env.HTTPS_PROXY = proxyUrl();
    process.env.NO_PROXY = 'okta.invalid';

    await httpsRequest(url, { ca: [ca] });
    await expect(httpsRequest('https://okta.invalid')).rejects.toMatchObject({ kind: 'no such host' });

    expect(asked).toEqual([]);
  });
});
