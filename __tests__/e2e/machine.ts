import { spawn } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { RealWorld } from '../../sandbox/real-world';
import { chromium, tools } from './world';

/** The machine of a person: kubectl, kubelogin as its plugin, a browser, and a home directory. */
export interface Machine {
  readonly home: string;
  /** The environment of its programs. */
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a program of the machine until it ends. */
  run(program: string, args: readonly string[], options?: RunOptions): Promise<Ended>;
}

export interface RunOptions {
  readonly input?: string;
  /** Called with everything that the program has written to standard error so far. */
  readonly onError?: (text: string) => void;
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * A machine on which a kubeconfig works as it is: nothing in it names the certificate authority of the run, the browser, or
 * the folder of the tokens. The browser signs a person in; without a login, there is no browser.
 */
export async function machine(world: RealWorld, name: string, login?: string): Promise<Machine> {
  const home = join(world.folder, name);
  const bin = join(home, 'bin');
  mkdirSync(bin, { recursive: true });
  symlinkSync((await tools()).kubelogin, join(bin, 'kubectl-oidc_login'));
  // What opens the browser of a person on Linux.
  const browser = join(bin, 'xdg-open');
  if (login === undefined) writeFileSync(browser, '#!/bin/sh\nkill -TERM $PPID\n');
  else {
    world.headless(login, chromium());
    copyFileSync(join(world.folder, `${encodeURIComponent(login)}.browser`), browser);
  }
  chmodSync(browser, 0o700);
  const environment = {
    ...{ HOME: home, KUBERC: 'off', KUBECONFIG: join(home, '.kube', 'config') },
    PATH: `${bin}${delimiter}${process.env.PATH}`,
    // Go programs trust the issuer by it, as they trust those of public certificate authorities.
    SSL_CERT_FILE: join(world.folder, 'ca.pem'),
  };
  return { home, environment, run: (program, args, options) => run(program, args, environment, options) };
}

// Not spawnSync, because the issuer runs in this process.
function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  { input = '', onError }: RunOptions = {},
): Promise<Ended> {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const read = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      read[stream] += text;
      if (stream === 'stderr') onError?.(read.stderr);
    });
  }
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve, reject) =>
    child.once('error', reject).once('close', (code) => resolve({ code, ...read })),
  );
}
