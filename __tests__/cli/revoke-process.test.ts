import { spawn } from 'node:child_process';
import { webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PemConverter, SubjectAlternativeNameExtension, X509CertificateGenerator } from '@peculiar/x509';
import { ANA, group } from '../operate/revoke/live';
import { SOUND } from './run-command';

// The program itself, as in a company: Okta is behind a proxy that opens TLS with the company's own certificate.
const HOST = 'example.okta.com';
const TOKEN = '00a-hunter2';
const ANSWERS: Readonly<Record<string, unknown>> = {
  'GET /api/v1/users/ana%40example.com': ANA,
  'GET /api/v1/users/00uAna/groups?limit=200': [group('eks-admins')],
  'GET /api/v1/groups/rules?limit=200': [],
  'GET /api/v1/authorizationServers?q=EKS&limit=200': [],
  'GET /api/v1/users/me': ANA,
  'GET /api/v1/users/00uAna/roles': [{ id: '1', type: 'SUPER_ADMIN' }],
};

let folder: string;
let okta: Server;
let proxy: Server;
let tunnels: string[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'revoke-'));
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${HOST}`, keys, signingAlgorithm: algorithm },
    extensions: [new SubjectAlternativeNameExtension([{ type: 'dns', value: HOST }])],
  });
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  const cert = certificate.toString('pem');
  writeFileSync(join(folder, 'company.pem'), cert);
  writeFileSync(join(folder, 'access.json'), JSON.stringify(SOUND));
  okta = createHttpsServer({ key, cert }, (request, response) => {
    const body = ANSWERS[`${request.method} ${request.url}`];
    const isAllowed = request.headers.authorization === `SSWS ${TOKEN}`;
    response.writeHead(isAllowed && body !== undefined ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  });
  proxy = createServer().on('connect', (request, socket: Socket) => {
    tunnels.push(request.url ?? '');
    const target = connect(portOf(okta), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      socket.pipe(target).pipe(socket);
    });
    for (const end of [socket, target]) end.on('error', () => {});
  });
  for (const server of [okta, proxy]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
});

afterAll(() => {
  okta.close();
  proxy.close();
  rmSync(folder, { recursive: true });
});

beforeEach(() => {
  tunnels = [];
});

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function run(
  environment: Readonly<Record<string, string>>,
): Promise<{ stdout: string; stderr: string; code: number | null }> {
  const program = join(__dirname, '../../eks-access.cjs');
  const child = spawn(process.execPath, [program, 'revoke', 'ana@example.com', '--file', join(folder, 'access.json')], {
    env: {
      ...process.env,
      OKTA_API_TOKEN: TOKEN,
      HTTPS_PROXY: `http://me:hunter2@127.0.0.1:${portOf(proxy)}`,
      ...environment,
    },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  return new Promise((done) => child.once('close', (code) => done({ stdout, stderr, code })));
}

test('asks Okta through the proxy, and trusts the certificate of the company', async () => {
  const { stdout, stderr, code } = await run({ NODE_EXTRA_CA_CERTS: join(folder, 'company.pem') });

  expect(stderr).toBe('');
  expect(stdout).toContain('Ana@example.com in Okta: ACTIVE, 00uAna\n');
  expect(code).toBe(2);
  expect(new Set(tunnels)).toEqual(new Set([`${HOST}:443`]));
});

test('fails without that trust, with one message, and without secrets', async () => {
  const { stdout, stderr, code } = await run({});

  expect({ stdout, code }).toEqual({ stdout: '', code: 1 });
  expect(stderr).toMatch(
    /^The certificate of https:\/\/example\.okta\.com is not trusted: .*NODE_EXTRA_CA_CERTS to the file of its certificate authority\.\n$/,
  );
  expect(stderr).not.toContain('hunter2');
});

test('fails for a proxy that does not answer, without its password', async () => {
  const { stderr, code } = await run({ HTTPS_PROXY: 'http://me:hunter2@127.0.0.1:9' });

  expect(code).toBe(1);
  expect(stderr).toMatch(
    /^Okta gave no answer to GET \/api\/v1\/users\/ana%40example\.com at https:\/\/example\.okta\.com: /,
  );
  expect(stderr).not.toContain('hunter2');
});
