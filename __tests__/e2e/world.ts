import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Access } from '../../model';
import { type RealWorld, startRealWorld } from '../../sandbox/real-world';
import { findChromium } from '../../sandbox/sign-in/chromium';
import type { HeadlessUser } from '../../sandbox/sign-in/kubelogin';
import { readStacks } from '../../sandbox/synthesized/read-stacks';
import { buildTools, type Tools } from '../../sandbox/tools/build-tools';
import { defineAccessStacks } from '../../stacks';
import { inSynthesizedFolder } from '../synthesized';

/** The first build of the programs takes minutes. */
export const BUILD_TIMEOUT = 1_800_000;
/** A minute is enough on a quiet machine. */
export const TIMEOUT = 600_000;

/** The programs, which are built if necessary. */
export function tools(): Promise<Tools> {
  return buildTools({ report: (line) => process.stderr.write(`${line}\n`) });
}

/** The real world of the synthesized stacks of an access file. */
export async function realWorld(access: Access, clusters = Object.keys(access.clusters)): Promise<RealWorld> {
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
  return startRealWorld({ stacks, access, clusters, tools: await tools() });
}

/** The browser. A test fails if it is not installed, instead of being skipped. */
export function chromium(): string {
  const found = findChromium();
  if (found === undefined) throw new Error('Chromium is not installed. Run apt-get install chromium.');
  return found;
}

/** A headless user with kubectl, kubelogin and a browser. */
export function person(world: RealWorld, login: string): HeadlessUser {
  return world.headless(login, chromium());
}

/**
 * Runs kubelogin as in a person's kubeconfig, with changed arguments.
 * @param changed returns the new argument; undefined removes it.
 */
export function kubelogin(
  person: HeadlessUser,
  cluster: string,
  changed: (argument: string) => string | undefined,
): Promise<{ code: number | null; output: string }> {
  const { users } = JSON.parse(readFileSync(person.kubeconfig, 'utf8')) as {
    users: { name: string; user: { exec: { command: string; args: string[] } } }[];
  };
  const { exec } = users.find(({ name }) => name === cluster)?.user ?? { exec: { command: '', args: [] } };
  const args = exec.args.map(changed).filter((argument) => argument !== undefined);
  // Not spawnSync, because the issuer runs in this process.
  const child = spawn(exec.command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  return new Promise((done, reject) => {
    child.once('error', reject).once('close', (code) => done({ code, output }));
  });
}
