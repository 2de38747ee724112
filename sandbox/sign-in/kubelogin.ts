import { spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { type ExecStanza, execStanza } from '../../sign-in/kubeconfig/kubeconfig';
import type { AppData } from '../../sign-in/sign-in-data';
import { type KubeconfigProps, writeKubeconfig } from '../api-server/kubeconfig';
import { type KubectlResult, runKubectl } from '../kubectl';

/** A cluster to sign in to. */
export interface SignInCluster {
  readonly key: string;
  readonly server: string;
  readonly caPem: string;
  readonly issuerUrl: string;
  readonly app: AppData;
}

export interface KubeloginProps {
  /** File of the kubelogin program. */
  readonly kubelogin: string;
  /** File with the certificate authority of the issuer. */
  readonly issuerCa: string;
  /** Folder in which kubelogin caches tokens. */
  readonly tokens: string;
  /**
   * Command that is run with the sign-in URL.
   * @default - the user's own browser
   */
  readonly browser?: string;
}

export interface HeadlessUserProps {
  readonly login: string;
  readonly password: string;
  /** The private folder of the run. */
  readonly folder: string;
  readonly kubelogin: string;
  readonly issuerCa: string;
  /** File of Chromium. */
  readonly chromium: string;
  readonly clusters: readonly SignInCluster[];
}

/** A headless user: a person with kubectl, kubelogin and a headless browser. */
export interface HeadlessUser {
  readonly login: string;
  readonly kubeconfig: string;
  /** Runs kubectl on a cluster. It signs in if there is no cached token. */
  kubectl(cluster: string, args: readonly string[]): Promise<KubectlResult>;
  /** The ID token that kubectl sends to a cluster; fails with the message of kubelogin. */
  idToken(cluster: string): Promise<string>;
  /** Deletes the cached tokens, as `kubectl oidc-login clean` does. */
  forgetTokens(): void;
}

/** A little longer than the browser. */
const HEADLESS_TIMEOUT_SECONDS = 150;

/** Creates a headless user, with a kubeconfig and a browser that fills in the sign-in page. */
export function headlessUser(props: HeadlessUserProps): HeadlessUser {
  const { login, folder, kubelogin, issuerCa, clusters } = props;
  const name = encodeURIComponent(login);
  const tokens = join(folder, `${name}.tokens`);
  const browser = join(folder, `${name}.browser`);
  writeFileSync(browser, browserScript(props), { mode: 0o700 });
  const kubeconfig = join(folder, `${name}.kubeconfig`);
  const kubeloginProps = { kubelogin, issuerCa, tokens, browser };
  writeKubeconfig(
    kubeconfig,
    clusters.map((cluster) => kubeloginContext(cluster, kubeloginProps)),
  );
  return {
    login,
    kubeconfig,
    kubectl: (cluster, args) => runKubectl({ folder, kubeconfig, context: cluster, args }),
    idToken(key) {
      const cluster = clusters.find((candidate) => candidate.key === key);
      if (cluster === undefined) throw new AccessError(`The kubeconfig of ${login} has no cluster ${key}.`);
      return idToken(kubelogin, kubeloginExec(cluster, kubeloginProps).args);
    },
    forgetTokens: () => rmSync(tokens, { recursive: true, force: true }),
  };
}

/** A kubeconfig context that signs in to a cluster with kubelogin. */
export function kubeloginContext(cluster: SignInCluster, props: KubeloginProps): KubeconfigProps {
  const { key, server, caPem } = cluster;
  return {
    name: key,
    server,
    caPem,
    user: { exec: kubeloginExec(cluster, props) },
  };
}

/** The exec stanza of every kubeconfig, with what a run of the sandbox has of its own. */
function kubeloginExec(
  { issuerUrl, app }: SignInCluster,
  { kubelogin, issuerCa, tokens, browser }: KubeloginProps,
): ExecStanza {
  const args = [
    `--certificate-authority=${issuerCa}`,
    '--token-cache-storage=disk',
    `--token-cache-dir=${tokens}`,
    ...(browser === undefined
      ? []
      : [`--browser-command=${browser}`, `--authentication-timeout-sec=${HEADLESS_TIMEOUT_SECONDS}`]),
  ];
  return execStanza(issuerUrl, app, { kubelogin: { file: kubelogin, args } });
}

/** kubelogin runs the browser command with the URL as its only argument. TMPDIR keeps the browser's files in the private folder. */
function browserScript({ login, password, folder, chromium }: HeadlessUserProps): string {
  const program = join(__dirname, `headless-browser${extname(__filename)}`);
  const loader = extname(program) === '.ts' ? ['--require', join(__dirname, '../../register-typescript.cjs')] : [];
  const environment = { SANDBOX_LOGIN: login, SANDBOX_PASSWORD: password, SANDBOX_CHROMIUM: chromium, TMPDIR: folder };
  return [
    '#!/bin/sh',
    `cd ${quoted(__dirname)} || exit 1`,
    ...Object.entries(environment).map(([variable, value]) => `export ${variable}=${quoted(value)}`),
    `exec ${[process.execPath, ...loader, program].map(quoted).join(' ')} "$@"`,
    '',
  ].join('\n');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

async function idToken(kubelogin: string, args: readonly string[]): Promise<string> {
  const child = spawn(kubelogin, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => {
    output.stdout += text;
  });
  child.stderr.on('data', (text: Buffer) => {
    output.stderr += text;
  });
  const code = await new Promise<number | null>((done, reject) => child.once('error', reject).once('close', done));
  if (code !== 0) throw new AccessError(`kubelogin could not sign in:\n${output.stderr}`);
  return (JSON.parse(output.stdout) as { status: { token: string } }).status.token;
}
