import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import type { DoctorWorld } from './doctor-world';
import type { Laptop } from './laptop';

/** Something that breaks a sign-in, and what the doctor has to say. */
export interface Breakage {
  readonly name: string;
  /** The first check with a problem. */
  readonly check: string;
  /** Further checks with a problem, in order. @default - none */
  readonly also?: readonly string[];
  /** Whose laptop it is. @default - an editor's */
  readonly login?: string;
  /** Breaks it. Returns what mends the world. */
  make(laptop: Laptop, world: DoctorWorld): undefined | (() => unknown) | Promise<undefined | (() => unknown)>;
}

/** A breakage that only changes the laptop. */
export function onLaptop(
  check: string,
  name: string,
  change: (laptop: Laptop, world: DoctorWorld) => unknown,
  more: Pick<Breakage, 'also' | 'login'> = {},
): Breakage {
  return {
    ...{ check, name, ...more },
    async make(laptop, world) {
      await change(laptop, world);
      return undefined;
    },
  };
}

/** The parts of the context `prod` in the kubeconfig of a laptop. */
export function entriesOf({ kubeconfig }: Laptop) {
  const context = kubeconfig?.contexts.find(({ name }) => name === 'prod');
  const cluster = kubeconfig?.clusters.find(({ name }) => name === context?.context.cluster)?.cluster;
  const user = kubeconfig?.users.find(({ name }) => name === context?.context.user)?.user;
  if (context === undefined || cluster === undefined || user?.exec === undefined) throw new Error('no context prod');
  return { context: context.context, cluster, user, exec: user.exec };
}

/** Changes the arguments of kubelogin; undefined leaves one out. */
export function withArguments(
  laptop: Laptop,
  change: (argument: string) => string | readonly string[] | undefined,
): void {
  const { exec } = entriesOf(laptop);
  exec.args = exec.args.flatMap((argument) => change(argument) ?? []);
}

async function listening(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await new Promise((resolve, reject) => server.once('listening', resolve).once('error', reject));
  return server;
}

function kuberc(laptop: Laptop, policy: string): void {
  const folder = join(tmpdir(), `doctor-kuberc-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, policy);
  const list = policy === 'Allowlist' ? 'credentialPluginAllowlist:\n- name: aws\n' : '';
  const text = `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: ${policy}\n${list}`;
  writeFileSync(file, text);
  laptop.environment.KUBERC = file;
}

const version = (text: string) => ({ script: `echo '{"clientVersion": {"gitVersion": "${text}"}}'` });

export const LAPTOP_BREAKAGES: readonly Breakage[] = [
  onLaptop('kubectl-installed', 'that kubectl is missing', ({ programs }) => delete programs.kubectl),
  onLaptop(
    'kubectl-installed',
    'a kubectl that is too old',
    ({ programs }) => (programs.kubectl = version('v1.21.3')),
    {
      also: ['kubectl-version'],
    },
  ),
  onLaptop('kubeconfig-file', 'that there is no kubeconfig', (laptop) => (laptop.kubeconfig = undefined)),
  onLaptop('kubeconfig-context', 'a context that does not exist', (laptop) => (laptop.context = 'other')),
  onLaptop('kubeconfig-context', 'a context without its user', ({ kubeconfig }) => {
    if (kubeconfig !== undefined) kubeconfig.users = [];
  }),
  onLaptop(
    'kubeconfig-exec',
    'an exec stanza without interactiveMode',
    (laptop) => delete entriesOf(laptop).exec.interactiveMode,
    {
      also: [],
    },
  ),
  onLaptop('kubeconfig-exec', 'an exec stanza of an old version', (laptop) => {
    entriesOf(laptop).exec.apiVersion = 'client.authentication.k8s.io/v1alpha1';
  }),
  onLaptop('kubeconfig-exec', 'a user who signs in with AWS', (laptop) => {
    laptop.programs.aws = { script: 'exit 1' };
    Object.assign(entriesOf(laptop).exec, { command: 'aws', args: ['eks', 'get-token'] });
  }),
  onLaptop('kubelogin-installed', 'that kubelogin is missing', ({ programs }) => delete programs['kubectl-oidc_login']),
  onLaptop('kubelogin-installed', 'kubectl oidc-login without the plugin', (laptop) => {
    delete laptop.programs['kubectl-oidc_login'];
    const { exec } = entriesOf(laptop);
    Object.assign(exec, { command: 'kubectl', args: ['oidc-login', ...exec.args] });
  }),
  onLaptop('kubelogin-flags', 'a kubelogin that is too old', ({ programs }) => {
    const flags = ['oidc-issuer-url', 'oidc-client-id', 'oidc-extra-scope', 'listen-address'];
    const help = flags.map((flag) => `      --${flag} string   text`).join('\n');
    programs['kubectl-oidc_login'] = { script: `echo 'kubelogin version v1.28.0'\ncat <<'END'\n${help}\nEND` };
    programs.cat = { file: '/bin/cat' };
  }),
  onLaptop('kuberc-policy', 'a list of plugins without kubelogin', (laptop) => kuberc(laptop, 'Allowlist')),
  onLaptop('kuberc-policy', 'a policy that denies every plugin', (laptop) => kuberc(laptop, 'DenyAll')),
  onLaptop('kubeconfig-credentials', 'a token in the kubeconfig', (laptop) => {
    entriesOf(laptop).user.token = 'abc';
  }),
  onLaptop(
    'kubeconfig-server',
    'the server of an earlier cluster',
    (laptop) => {
      entriesOf(laptop).cluster.server = 'https://earlier.invalid';
    },
    { also: ['endpoint-reachable'] },
  ),
  onLaptop(
    'kubeconfig-authority',
    'the certificate authority from before a rotation',
    async (laptop) => {
      const { caPem } = await createCertificateAuthority();
      entriesOf(laptop).cluster['certificate-authority-data'] = Buffer.from(caPem).toString('base64');
    },
    { also: ['endpoint-certificate'] },
  ),
  onLaptop(
    'kubeconfig-issuer',
    'an issuer with a slash at the end',
    (laptop) => {
      withArguments(laptop, (argument) => (argument.startsWith('--oidc-issuer-url=') ? `${argument}/` : argument));
    },
    { also: ['issuer-identical'] },
  ),
  onLaptop(
    'kubeconfig-issuer',
    'the organization as issuer',
    (laptop) => {
      withArguments(laptop, (argument) => argument.replace(/(--oidc-issuer-url=.*)\/oauth2\/.*/, '$1'));
    },
    { also: ['issuer-reachable'] },
  ),
  onLaptop('kubeconfig-client', 'the client ID of another app', (laptop) => {
    const stage = laptop.facts.clientIds.get('stage')?.value;
    withArguments(laptop, (argument) => argument.replace(/^--oidc-client-id=.*/, `--oidc-client-id=${stage}`));
  }),
  onLaptop(
    'kubeconfig-scopes',
    'a scope that the server does not have',
    (laptop) => {
      withArguments(laptop, (argument) =>
        argument === '--oidc-extra-scope=email' ? [argument, '--oidc-extra-scope=groups'] : argument,
      );
    },
    { also: ['authorize-request'] },
  ),
  onLaptop(
    'kubeconfig-flow',
    'a sign-in without PKCE',
    (laptop) => {
      withArguments(laptop, (argument) => argument.replace('--oidc-pkce-method=S256', '--oidc-pkce-method=no'));
    },
    { also: ['authorize-request'] },
  ),
  onLaptop(
    'kubeconfig-ports',
    'a port that the app does not allow',
    (laptop) => {
      let first = true;
      withArguments(laptop, (argument) => {
        if (!argument.startsWith('--listen-address=')) return argument;
        const kept = first ? '--listen-address=127.0.0.1:28123' : undefined;
        first = false;
        return kept;
      });
    },
    { also: ['authorize-request'] },
  ),
  onLaptop(
    'kubeconfig-client',
    'a sign-in to the app of another cluster',
    async (laptop, { tokenWith }) => {
      const stage = laptop.facts.clientIds.get('stage')?.value;
      withArguments(laptop, (argument) => argument.replace(/^--oidc-client-id=.*/, `--oidc-client-id=${stage}`));
      laptop.idToken = await tokenWith({ aud: stage });
    },
    { also: ['token-audience', 'token-accepted', 'authenticated'] },
  ),
  onLaptop(
    'kubeconfig-issuer',
    'a kubeconfig from before the authorization server was made again',
    (laptop) => {
      const issuerUrl = { value: 'https://example.okta.com/oauth2/new', source: 'the test' };
      laptop.facts = { ...laptop.facts, issuerUrl };
    },
    { also: ['token-issuer', 'token-accepted'] },
  ),
  {
    name: 'that other programs hold every port',
    check: 'ports-free',
    async make({ access }) {
      const servers = await Promise.all(access.signIn.redirectPorts.map(listening));
      return () => servers.map((server) => server.close());
    },
  },
  {
    name: 'two kubelogins that wait for a person',
    check: 'one-sign-in',
    async make(laptop) {
      const { exec } = entriesOf(laptop);
      const waiting = [1, 2].map(() =>
        spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1000)', '--', ...exec.args], { stdio: 'ignore' }),
      );
      await Promise.all(waiting.map((child) => new Promise((resolve) => child.once('spawn', resolve))));
      return () => waiting.map((child) => child.kill());
    },
  },
  onLaptop('clock', 'a clock that is behind', (laptop) => (laptop.ahead = -10 * 60_000)),
  onLaptop('clock', 'a clock that is ahead', (laptop) => (laptop.ahead = 2 * 60_000)),
];
