import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, connect as netConnect, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { readAccess } from '../../model';
import { type KubeconfigProps, writeKubeconfig } from '../../sandbox/api-server/kubeconfig';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import type { RealWorld } from '../../sandbox/real-world';
import { programFile } from '../../sandbox/tools/build-tools';
import { kubercWithPlugin } from '../../sign-in/kubeconfig/kuberc';
import { isSeen, SYMPTOMS } from '../../sign-in/symptoms';
import { DAY } from '../day';
import { BUILD_TIMEOUT, kubelogin, person, realWorld, TIMEOUT } from './world';

const EDITOR = 'eks-editors@demo.example';
const access = readAccess(
  {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {}, 'eks-editors': {} },
    clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1' } },
    guards: { secretDeletion: ['eks-admins'] },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-editors', role: 'edit', clusters: '*' },
    ],
  },
  DAY,
);

let world: RealWorld;
/** kubectl of a version that has a policy for plugins; the one in PATH may be older. */
let newKubectl: string;

beforeAll(async () => {
  world = await realWorld(access);
  newKubectl = await programFile(
    { name: 'kubectl', module: 'kubectl', package: 'k8s.io/kubernetes/cmd/kubectl', inAssets: false },
    { report: (line) => process.stderr.write(`${line}\n`) },
  );
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

/** A context for the API server of the world, with changes. */
function context(changes: Partial<KubeconfigProps>): KubeconfigProps {
  const { url: server = '', caPem = '' } = world.servers.get('prod') ?? {};
  return { name: 'prod', server, caPem, user: { token: 'no-token' }, ...changes };
}

/** Runs kubectl with a kubeconfig, in a terminal of somebody who has nothing else. */
function kubectl(
  kubeconfig: KubeconfigProps | undefined,
  args: readonly string[],
  { program = 'kubectl', path = process.env.PATH, kuberc = 'off' } = {},
): Promise<string> {
  const home = join(world.folder, 'home');
  mkdirSync(home, { recursive: true });
  const file = join(home, 'kubeconfig');
  if (kubeconfig !== undefined) writeKubeconfig(file, [kubeconfig]);
  const child = spawn(program, args, {
    env: { PATH: path, HOME: home, KUBERC: kuberc, ...(kubeconfig !== undefined && { KUBECONFIG: file }) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return outputOf(child);
}

function outputOf(child: ChildProcess): Promise<string> {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done, reject) => child.once('error', reject).once('close', () => done(output)));
}

/** What kubelogin prints in a new sign-in with one argument changed. */
async function signIn(from: string | RegExp, to: string | undefined, login = EDITOR): Promise<string> {
  const user = person(world, login);
  user.forgetTokens();
  const changed = (argument: string) =>
    to === undefined ? (argument.match(from) ? undefined : argument) : argument.replace(from, to);
  return (await kubelogin(user, 'prod', changed)).output;
}

const issuer = () => world.clusters[0]?.authentication.issuerUrl ?? '';
const ISSUER = /^--oidc-issuer-url=.*/;
const exec = (changes: object) => ({
  exec: {
    ...{ apiVersion: 'client.authentication.k8s.io/v1', command: 'kubectl-oidc_login', args: ['get-token'] },
    ...{ interactiveMode: 'Never', ...changes },
  },
});
const PODS = ['get', 'pods'];

/** A server on a free port that accepts connections and says nothing. */
async function listening(): Promise<Server> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  return server;
}

const portOf = (server: Server) => (server.address() as { port: number }).port;

/** Runs something while a port answers to nobody, as behind a firewall: its server is stopped, and its queue is full. */
async function withSilentPort(run: (port: number) => Promise<string>): Promise<string> {
  const program = `const server = require('node:net').createServer().listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
    console.log(server.address().port);
    process.kill(process.pid, 'SIGSTOP');
  });`;
  const child = spawn(process.execPath, ['--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const sockets: Socket[] = [];
  try {
    const port = await new Promise<number>((done) => child.stdout.once('data', (text: Buffer) => done(Number(text))));
    for (let index = 0; index < 4; index++) sockets.push(netConnect(port, '127.0.0.1').on('error', () => {}));
    await Promise.all(sockets.slice(0, 2).map((socket) => new Promise((done) => socket.once('connect', done))));
    return await run(port);
  } finally {
    for (const socket of sockets) socket.destroy();
    child.kill('SIGKILL');
  }
}

/** What kubelogin prints with a browser that signs nobody in, after two seconds. */
async function impatient(browser: string): Promise<string> {
  const user = person(world, EDITOR);
  user.forgetTokens();
  const changed = (argument: string) =>
    argument
      .replace(/^--browser-command=.*/, `--browser-command=${browser}`)
      .replace(/^--authentication-timeout-sec=.*/, '--authentication-timeout-sec=2');
  return (await kubelogin(user, 'prod', changed)).output;
}

/** What kubectl says to a plugin that prints nothing, with these preferences. */
function withPreferences(kuberc: string): Promise<string> {
  const bin = join(world.folder, 'plugins');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(bin, 'kubectl-oidc_login'), '#!/bin/sh\n', { mode: 0o700 });
  const file = join(world.folder, 'kuberc');
  writeFileSync(file, kuberc);
  const path = `${bin}:${process.env.PATH}`;
  return kubectl(context({ user: exec({}) }), PODS, { program: newKubectl, path, kuberc: file });
}

const PREFERENCES = `apiVersion: kubectl.config.k8s.io/v1beta1
kind: Preference
credentialPluginPolicy: Allowlist
credentialPluginAllowlist:
- name: aws
`;

/** How each symptom is made. */
const MADE: Readonly<Record<string, () => Promise<string>>> = {
  'no-kubeconfig': () => kubectl(undefined, PODS),
  'no-context': () => kubectl(context({}), ['--context=other', ...PODS]),
  'no-kubelogin': () => kubectl(context({ user: exec({}) }), PODS),
  // The command that kubectl would run: the kubectl of the Google Cloud SDK would start itself without end.
  'no-plugin': () => kubectl(context({}), ['oidc-login', 'get-token']),
  'plugin-not-allowed': () => withPreferences(PREFERENCES),
  'old-kubeconfig': () => kubectl(context({ user: exec({ interactiveMode: undefined }) }), PODS),
  'ports-in-use': async () => {
    const server = await listening();
    try {
      return await signIn(/^--listen-address=.*/, `--listen-address=127.0.0.1:${portOf(server)}`);
    } finally {
      server.close();
    }
  },
  'no-browser': () => impatient('/does/not/exist'),
  'issuer-not-found': () => signIn(ISSUER, '--oidc-issuer-url=https://okta.invalid/oauth2/aus1'),
  'no-such-issuer': () => signIn(ISSUER, `--oidc-issuer-url=${issuer()}other`),
  'issuer-differs': () => signIn(ISSUER, `--oidc-issuer-url=${issuer()}/`),
  'issuer-not-trusted': () => signIn(/^--certificate-authority=/, undefined),
  'unknown-client': () => signIn(/^--oidc-client-id=.*/, '--oidc-client-id=0oaother'),
  'redirect-not-allowed': async () => {
    const server = await listening();
    const port = portOf(server);
    await new Promise((done) => server.close(done));
    return signIn(/^--listen-address=.*/, `--listen-address=127.0.0.1:${port}`);
  },
  'not-assigned': () => signIn('', '', 'nobody@demo.example'),
  'no-rule': () => {
    const { organization } = world;
    const [app] = organization.allApps();
    if (app === undefined) throw new Error('no app');
    // The policy of the file is for the apps of the file.
    const { id: _id, clientId: _clientId, ...rest } = app;
    const other = organization.addApp(rest);
    organization.assignGroups(other.id, [organization.groupByName('eks-editors')?.id ?? '']);
    return signIn(/^--oidc-client-id=.*/, `--oidc-client-id=${other.clientId}`);
  },
  'unknown-scope': () => signIn('--oidc-extra-scope=email', '--oidc-extra-scope=groups'),
  'no-pkce': () => signIn('--oidc-pkce-method=S256', '--oidc-pkce-method=no'),
  'endpoint-unreachable': () =>
    withSilentPort((port) => kubectl(context({ server: `https://127.0.0.1:${port}` }), ['get', '--raw', '/version'])),
  'endpoint-not-found': () => kubectl(context({ server: 'https://cluster.invalid' }), PODS),
  'server-not-trusted': async () => kubectl(context({ caPem: (await createCertificateAuthority()).caPem }), PODS),
  'token-refused': () => kubectl(context({}), PODS),
  forbidden: async () => (await person(world, EDITOR).kubectl('prod', ['get', 'nodes'])).stderr,
  guard: async () => {
    const editor = person(world, EDITOR);
    await editor.kubectl('prod', ['create', 'secret', 'generic', 'one']);
    return (await editor.kubectl('prod', ['delete', 'secret', 'one'])).stderr;
  },
  'nobody-signed-in': () => {
    const browser = join(world.folder, 'idle-browser');
    writeFileSync(browser, '#!/bin/sh\nexit 0\n', { mode: 0o700 });
    return impatient(browser);
  },
};

/** What else is seen: kubelogin waits until its time is over, or the browser of the test ends with the error of its page. */
const ALSO: Readonly<Record<string, string>> = {
  'no-browser': 'nobody-signed-in',
  'unknown-client': 'no-browser',
  'redirect-not-allowed': 'no-browser',
};

/** Symptoms of programs that are not here, with the reason. */
const NOT_MADE: Readonly<Record<string, string>> = {
  'association-not-active': 'It is what EKS answers, and EKS is not here.',
};

test('every symptom is made, or says why not', () => {
  expect([...Object.keys(MADE), ...Object.keys(NOT_MADE)].sort()).toEqual(SYMPTOMS.map(({ name }) => name).sort());
});

test.each(SYMPTOMS.filter(({ name }) => Object.hasOwn(MADE, name)).map(({ name }) => name))(
  '%s is seen as the page says, and no other symptom is taken for it',
  async (name) => {
    const output = (await MADE[name]?.()) ?? '';

    const seen = SYMPTOMS.filter((other) => isSeen(other, output)).map((other) => other.name);
    expect({ output, seen: seen.sort() }).toEqual({ output, seen: [name, ALSO[name] ?? []].flat().sort() });
  },
  TIMEOUT,
);

test(
  'kubectl runs the plugin after kubeconfig --kuberc has allowed it',
  async () => {
    const { text, outcome } = kubercWithPlugin(PREFERENCES, 'kuberc', undefined);

    const output = await withPreferences(text);

    expect(outcome).toBe('added');
    expect(output).not.toContain('not permitted');
    // The plugin of this test prints no credentials.
    expect(output).toContain('plugin returned version');
  },
  TIMEOUT,
);
