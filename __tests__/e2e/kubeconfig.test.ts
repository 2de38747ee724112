import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium as playwright } from 'playwright-core';
import type { LiveFacts } from '../../live/facts/live-facts';
import { type Access, readAccess } from '../../model';
import { startHttpsServer } from '../../sandbox/https-server';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import type { RealWorld } from '../../sandbox/real-world';
import { portalOf } from '../../sign-in/portal/portal-of';
import { runNode } from '../command';
import { DAY } from '../day';
import { expireTokens } from './expire-tokens';
import { type Machine, machine } from './machine';
import { BUILD_TIMEOUT, chromium, realWorld, TIMEOUT } from './world';

const ROOT = join(__dirname, '../..');
const PERSON = 'eks-admins@demo.example';

/** Two clusters with one app, and one with an app of its own. */
const FILE = {
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {}, 'eks-viewers': {} },
  clusters: {
    one: { kind: 'existing-eks', region: 'eu-west-1', app: 'Shared' },
    two: { kind: 'existing-eks', region: 'eu-west-1', app: 'Shared' },
    own: { kind: 'self-managed', kubeconfigContext: 'own' },
  },
  signIn: { refresh: { leeway: 0 }, deviceCode: true },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-viewers', role: 'view', clusters: ['one'] },
  ],
};
const LIST = ['get', 'namespaces', '--output=name'];

let world: RealWorld;

beforeAll(async () => {
  const access: Access = readAccess(FILE, DAY);
  world = await realWorld(access);
  writeFileSync(join(world.folder, 'access.json'), JSON.stringify(FILE));
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

/** What only Okta and the clusters of the run know, as options. */
function liveFlags(): readonly string[] {
  return world.clusters.flatMap(({ key, authentication: { issuerUrl, clientId } }, at) => {
    const { url, caPem } = world.servers.get(key) ?? { url: '', caPem: '' };
    const ca = join(world.folder, `${key}.ca.pem`);
    writeFileSync(ca, caPem);
    return [
      ...(at === 0 ? ['--issuer', issuerUrl] : []),
      ...(key === 'two' ? [] : ['--client-id', `${key === 'one' ? 'Shared' : key}=${clientId}`]),
      ...['--endpoint', `${key}=${url}`, '--certificate-authority', `${key}=${ca}`],
    ];
  });
}

/** The same as data. */
function facts(): LiveFacts {
  const fact = (value: string) => ({ value, source: 'the run' });
  const { clusters, servers } = world;
  return {
    issuerUrl: fact(clusters[0]?.authentication.issuerUrl ?? ''),
    clientIds: new Map(
      clusters.map(({ key, authentication }) => [key === 'own' ? 'own' : 'Shared', fact(authentication.clientId)]),
    ),
    endpoints: new Map([...servers].map(([key, { url }]) => [key, fact(url)])),
    certificateAuthorities: new Map(
      [...servers].map(([key, { caPem }]) => [key, fact(Buffer.from(caPem).toString('base64'))]),
    ),
  };
}

/** Runs `eks-access kubeconfig` with the access file. */
function kubeconfig(...args: readonly string[]): string {
  const file = ['--file', join(world.folder, 'access.json')];
  const { status, stdout, stderr } = runNode(
    [join(ROOT, 'eks-access.cjs'), 'kubeconfig', ...file, ...liveFlags(), ...args],
    world.folder,
  );
  if (status !== 0) throw new Error(`exit code ${status}: ${stderr}`);
  return stdout;
}

/** A machine with the kubeconfig that the command has merged. */
async function signedUp(name: string, login: string | undefined, ...args: readonly string[]): Promise<Machine> {
  const person = await machine(world, name, login);
  kubeconfig('--merge', join(person.home, '.kube', 'config'), ...args);
  return person;
}

describe('the kubeconfig of the command', () => {
  test(
    'signs in to two clusters with one app and to one with another app, by kubectl and kubelogin',
    async () => {
      const { run, home } = await signedUp('kubectl', PERSON);

      for (const context of ['one', 'two', 'own']) {
        const { code, stdout, stderr } = await run('kubectl', ['--context', context, ...LIST]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toContain('namespace/kube-system\n');
      }
      // One token for each app.
      const tokens = (await run('sh', ['-c', 'cat "$HOME"/.kube/cache/oidc-login/*'])).stdout;
      expect(tokens.match(/"id_token"/g)).toHaveLength(2);
      expect(readFileSync(join(home, '.kube', 'config'), 'utf8')).not.toContain('eyJ');
    },
    TIMEOUT,
  );

  test(
    'signs in by a client of somebody else, @kubernetes/client-node',
    async () => {
      const { run } = await signedUp('client-node', PERSON);
      const program = `
        import { CoreV1Api, KubeConfig } from '@kubernetes/client-node';
        const config = new KubeConfig();
        config.loadFromDefault();
        for (const context of ['one', 'own']) {
          config.setCurrentContext(context);
          const { items } = await config.makeApiClient(CoreV1Api).listNamespace();
          console.log(context, items.map(({ metadata }) => metadata.name).includes('kube-system'));
        }
      `;
      const file = join(ROOT, 'node_modules', '.cache', 'client-node.mjs');
      mkdirSync(join(ROOT, 'node_modules', '.cache'), { recursive: true });
      writeFileSync(file, program);

      const { code, stdout, stderr } = await run(process.execPath, [file]);

      expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: 'one true\nown true\n', stderr: '' });
    },
    TIMEOUT,
  );

  test(
    'stays signed in when the ID token expires, without a browser',
    async () => {
      const { run, home } = await signedUp('refresh', PERSON);
      expect((await run('kubectl', ['--context', 'one', ...LIST])).code).toBe(0);
      writeFileSync(join(home, 'bin', 'xdg-open'), '#!/bin/sh\nkill -TERM $PPID\n');
      const tokens = join(home, '.kube', 'cache', 'oidc-login');

      await expireTokens(world, tokens);

      expect((await run('kubectl', ['--context', 'one', ...LIST])).code).toBe(0);
    },
    TIMEOUT,
  );

  test(
    'signs in with a code on another device where there is no browser',
    async () => {
      const { run } = await signedUp('device', undefined, '--device-code');
      let answered: Promise<void> | undefined;

      const { code, stdout } = await run('kubectl', ['--context', 'one', ...LIST], {
        onError: (text) => {
          const [, url] = /Please visit the following URL in your browser: (\S+)\n/.exec(text) ?? [];
          if (url !== undefined) answered ??= activate(url);
        },
      });

      await answered;
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('namespace/kube-system\n') });
    },
    TIMEOUT,
  );

  test.each([
    '',
    'apiVersion: v1\nkind: Config\ncurrent-context: mine\ncontexts:\n- name: mine\n  context: {cluster: a, user: b}\n',
  ])(
    'is made by the printed commands too, in a file with %j',
    async (before) => {
      const person = await machine(world, `commands-${before.length}`, PERSON);
      const file = join(person.home, '.kube', 'config');
      mkdirSync(join(person.home, '.kube'));
      if (before !== '') writeFileSync(file, before);
      const format = "it's {cluster}.server.x $HOME";
      const commands = kubeconfig('--print', 'commands', '--context-format', format);

      const { code, stderr } = await person.run('sh', ['-e'], { input: commands });

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const current = await person.run('kubectl', ['config', 'current-context']);
      expect(current.stdout).toBe(before === '' ? "it's one.server.x $HOME\n" : 'mine\n');
      const list = await person.run('kubectl', ['--context', "it's own.server.x $HOME", ...LIST]);
      expect(list).toEqual({ code: 0, stdout: expect.stringContaining('namespace/kube-system\n'), stderr: '' });
    },
    TIMEOUT,
  );

  test(
    'comes from nothing but the address of a portal',
    async () => {
      const ca = await createCertificateAuthority();
      const data = JSON.stringify(portalOf(readAccess(FILE, DAY), facts()));
      const portal = await startHttpsServer(await ca.serverCertificate(), (_, response) => response.end(data));
      try {
        const { run, home } = await machine(world, 'portal', PERSON);
        writeFileSync(join(home, 'portal-ca.pem'), ca.caPem);
        const hosts = [...world.servers.values()].map(({ url }) => new URL(url).host);
        const words = [
          ...[
            'kubeconfig',
            '--portal',
            `https://localhost:${portal.port}/`,
            '--portal-ca',
            join(home, 'portal-ca.pem'),
          ],
          ...['--group', 'eks-viewers', '--yes', '--merge', join(home, '.kube', 'config')],
          ...hosts.map((host) => `--allow-endpoint=${host}`),
        ];

        const made = await run(process.execPath, [join(ROOT, 'eks-access.cjs'), ...words]);

        expect({ code: made.code, stdout: made.stdout }).toEqual({ code: 0, stdout: '' });
        expect((await run('kubectl', ['config', 'get-contexts', '--output=name'])).stdout).toBe('one\n');
        expect((await run('kubectl', LIST)).stdout).toContain('namespace/kube-system\n');
      } finally {
        await portal.close();
      }
    },
    TIMEOUT,
  );

  test(
    'is found right by --check, and no longer right after the certificate authority has changed',
    async () => {
      const { home } = await signedUp('check', PERSON);
      const file = join(home, '.kube', 'config');

      expect(kubeconfig('--check', file)).toContain('3 contexts, 0 problems\n');

      const issuerCa = Buffer.from(world.issuer.caPem).toString('base64');
      writeFileSync(
        file,
        readFileSync(file, 'utf8').replace(/(certificate-authority-data: ).*/, (_, key: string) => key + issuerCa),
      );
      expect(() => kubeconfig('--check', file)).toThrow('exit code 2');
      expect(kubeconfig('--check', file, '--findings-ok')).toContain(
        'certificate authority: It is that of another API server',
      );
    },
    TIMEOUT,
  );
});

/** Opens the address of a device code on another machine, confirms the code, and signs in. */
async function activate(url: string): Promise<void> {
  const browser = await playwright.launch({ executablePath: chromium() });
  try {
    const page = await browser.newPage({ ignoreHTTPSErrors: true });
    await page.goto(url);
    for (let at = 0; at < 5 && !(await page.getByText('Device activated').isVisible()); at++) {
      if ((await page.locator('input[type=password]').count()) > 0) {
        await page.getByLabel('Username').fill(PERSON);
        await page.getByLabel('Password').fill(world.password);
      }
      await page.getByRole('button').first().click();
      await page.waitForLoadState();
    }
  } finally {
    await browser.close();
  }
}
