import { httpsFetch } from '../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import { httpsServer, type TestServer } from './https-server';

describe('fetch by HTTPS', () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await httpsServer((request, response) => {
      const chunks: Buffer[] = [];
      request
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () => {
          response.writeHead(302, { location: '/next', 'set-cookie': ['a=1', 'b=2'] });
          const { method, url, headers } = request;
          response.end(
            JSON.stringify({ method, url, header: headers['x-test'], body: Buffer.concat(chunks).toString() }),
          );
        });
    });
  });

  afterAll(() => server.close());

  test('sends method, headers and body', async () => {
    const fetch = httpsFetch(server.caPem);

    const got = await fetch(`${server.url}/a`);
    const posted = await fetch(new URL(`${server.url}/b`), { method: 'POST', headers: { 'x-test': 'yes' }, body: 'é' });

    expect(await got.json()).toEqual({ method: 'GET', url: '/a', body: '' });
    expect(await posted.json()).toEqual({ method: 'POST', url: '/b', header: 'yes', body: 'é' });
  });

  test('does not follow redirects, and keeps all cookies', async () => {
    const response = await httpsFetch(server.caPem)(server.url);

    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe('/next');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  test('fails if another authority signed the certificate', async () => {
    const { caPem } = await createCertificateAuthority();

    await expect(httpsFetch(caPem)(server.url)).rejects.toThrow();
  });
});
