import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Access } from '../../model';
import { type RealWorld, startRealWorld } from '../../sandbox/real-world';
import { findChromium } from '../../sandbox/sign-in/chromium';
import type { HeadlessPerson } from '../../sandbox/sign-in/kubelogin';
import { readStacks } from '../../sandbox/synthesized/read-stacks';
import { buildTools, type Tools } from '../../sandbox/tools/build-tools';
import { defineAccessStacks } from '../../stacks';
import { inSynthesizedFolder } from '../synthesized';

/** What a test needs of this machine takes minutes to build for the first time. */
export const BUILD_TIMEOUT = 1_800_000;
/** A minute is enough on a quiet machine. */
export const TIMEOUT = 600_000;

/** The programs, built where they are not yet. */
export function tools(): Promise<Tools> {
  return buildTools({ report: (line) => process.stderr.write(`${line}\n`) });
}

/** The world of an access file, from its synthesized stacks. */
export async function realWorld(access: Access, clusters = Object.keys(access.clusters)): Promise<RealWorld> {
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
  return startRealWorld({ stacks, access, clusters, tools: await tools() });
}

/** The browser; a test without one fails rather than looking green. */
export function chromium(): string {
  const found = findChromium();
  if (found === undefined) throw new Error('There is no Chromium: apt-get install chromium');
  return found;
}

/** Somebody with kubectl, kubelogin and a browser that nobody sees. */
export function person(world: RealWorld, login: string): HeadlessPerson {
  return world.headless(login, chromium());
}

/**
 * Runs kubelogin as a person's kubeconfig would, with other arguments.
 * @param changed an argument as it shall be; undefined leaves it out.
 */
export function kubelogin(
  person: HeadlessPerson,
  cluster: string,
  changed: (argument: string) => string | undefined,
): Promise<{ code: number | null; output: string }> {
  const { users } = JSON.parse(readFileSync(person.kubeconfig, 'utf8')) as {
    users: { name: string; user: { exec: { command: string; args: string[] } } }[];
  };
  const { exec } = users.find(({ name }) => name === cluster)?.user ?? { exec: { command: '', args: [] } };
  const args = exec.args.map(changed).filter((argument) => argument !== undefined);
  // Not spawnSync: the issuer answers in this process.
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
