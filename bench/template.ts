import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './measure';

/** The app of `cdktf init`'s TypeScript template, with the resources of the tutorial; installs ts-node where it is missing. */
export function template(outdir: string): Command {
  const cwd = join(__dirname, 'template');
  const tsNode = join('node_modules', 'ts-node', 'dist', 'bin.js');
  if (!existsSync(join(cwd, tsNode))) {
    // Versions of its own, apart from those that the project is built with.
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error('npm ci failed in bench/template.');
  }
  // The template's own `npx ts-node main.ts` without npx, which would only add to its time.
  return { args: [tsNode, 'main.ts'], cwd, env: { CDKTF_OUTDIR: outdir } };
}
