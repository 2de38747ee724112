import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalServer, startHttpsServer } from '../../../sandbox/https-server';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { fetchPortal, portalUrl } from '../../../sign-in/kubeconfig/portal-source';
import { PORTAL } from './portal';

const folder = mkdtempSync(join(tmpdir(), 'portal-'));
const caFile = join(folder, 'ca.pem');
let server: LocalServer;
let answer: (request: IncomingMessage, response: ServerResponse) => void;

beforeAll(async () => {
  const ca = await createCertificateAuthority();
  writeFileSync(caFile, ca.caPem);
  server = await startHttpsServer(await ca.serverCertificate(), (request, response) => answer(request, response));
});

afterAll(async () => {
  await server?.close();
  rmSync(folder, { recursive: true });
});

const url = (path = '/') => `https://localhost:${server.port}${path}`;
const page = (json: string) =>
  `<!doctype html><title>Access</title><script type="application/json" id="portal-data">${json}</script><script>1</script>`;
/** Fetches what a server answers. */
function fetched(text: string, status = 200, headers: Record<string, string> = {}) {
  answer = (_, response) => response.writeHead(status, headers).end(text);
  return fetchPortal({ url: url(), caFile });
}

describe('a portal', () => {
  test.each([
    ['a page', page(JSON.stringify(PORTAL).replaceAll('<', '\\u003c'))],
    ['its data', JSON.stringify(PORTAL)],
  ])('is read from %s', async (_, text) => {
    expect(await fetched(text)).toEqual(PORTAL);
  });

  test('is found by redirects on the same server', async () => {
    answer = (request, response) =>
      request.url === '/'
        ? response.writeHead(302, { location: '/access/' }).end()
        : response.end(JSON.stringify(PORTAL));

    expect(await fetchPortal({ url: url(), caFile })).toEqual(PORTAL);
  });

  test.each([
    [
      'https://elsewhere.example/',
      'redirects to https://elsewhere.example. Only redirects on the same server are followed.',
    ],
    ['http://localhost/', 'redirects to http://localhost. Only redirects on the same server are followed.'],
    ['/again', 'redirects more than 5 times.'],
  ])('fails for a redirect to %s', async (location, message) => {
    await expect(fetched('', 302, { location })).rejects.toThrow(message);
  });

  test.each([
    [401, 'answered with status 401. It asks for a sign-in of its own: get the kubeconfig from the page in a browser.'],
    [404, 'answered with status 404. Check the address.'],
    [500, 'answered with status 500. A portal answers with 200.'],
  ])('fails for status %s', async (status, message) => {
    await expect(fetched('s3cret', status)).rejects.toThrow(message);
  });

  test.each([
    ['another page', '<!doctype html><p>Hello', 'is not a portal: the page has no data of one.'],
    ['two blocks of data', page('{}') + page('{}'), 'is not a portal: the page has no data of one.'],
    ['broken data', page('{'), 'is not a portal: its data is not JSON.'],
    [
      'a command',
      page(JSON.stringify({ ...PORTAL, command: 'sh' })),
      'is not a portal that this program reads:\n  the data: Unrecognized key: "command"',
    ],
    [
      'a newer version',
      page(JSON.stringify({ schemaVersion: 2 })),
      'has data of version 2, and this program reads version 1. Install a newer okta-eks-access.',
    ],
    [
      'an issuer without TLS',
      JSON.stringify({ ...PORTAL, issuerUrl: 'http://example.okta.com' }),
      'is not a portal that this program reads:\n  issuerUrl: ',
    ],
    ['too much', ' '.repeat(33 * 1024 * 1024), 'answers with more than 32 MB.'],
  ])('fails for %s', async (_, text, message) => {
    await expect(fetched(text)).rejects.toThrow(message);
  });

  test('fails for a client ID that would be another argument of kubelogin', async () => {
    const apps = PORTAL.apps.map((app) => ({ ...app, clientId: 'a --browser-command=sh' }));

    await expect(fetched(JSON.stringify({ ...PORTAL, apps }))).rejects.toThrow('apps.0.clientId: ');
  });

  test('fails for a server that nobody trusts, and says how to trust it', async () => {
    await expect(fetchPortal({ url: url() })).rejects.toThrow(
      /could not be fetched: .*\. If its certificate authority is private, give it with --portal-ca FILE\.$/,
    );
  });

  test('fails where nothing answers', async () => {
    await expect(fetchPortal({ url: 'https://localhost:1/', caFile })).rejects.toThrow(
      'https://localhost:1/ could not be fetched: ',
    );
  });

  test.each(['http://access.example.com/', 'file:///etc/passwd', 'https://me:s3cret@access.example.com/', 'portal'])(
    'is not %s',
    (given) => {
      expect(() => portalUrl(given)).toThrow('--portal is the https address of a portal without a user name');
      expect(() => portalUrl(given)).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('s3cret') }),
      );
    },
  );

  test('is remembered without the part of the page', () => {
    expect(portalUrl('https://access.example.com/#group=a').href).toBe('https://access.example.com/');
  });

  test('fails for a certificate authority that is none', async () => {
    writeFileSync(join(folder, 'no.pem'), 'no');

    await expect(fetchPortal({ url: url(), caFile: join(folder, 'no.pem') })).rejects.toThrow(
      'contains no certificate in PEM.',
    );
    await expect(fetchPortal({ url: url(), caFile: join(folder, 'none.pem') })).rejects.toThrow('--portal-ca: ENOENT');
  });
});
