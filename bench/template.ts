import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from './measure';

/** The command of the `cdktf init` template with the resources of the tutorial. Installs ts-node if it is missing. */
export function template(outdir: string): Command {
  const cwd = join(__dirname, 'template');
  const tsNode = join('node_modules', 'ts-node', 'dist', 'bin.js');
  if (!existsSync(join(cwd, tsNode))) {
    // The template has its own versions, independent of the project.
    const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], { cwd, stdio: ['ignore', 2, 2] });
    if (status !== 0) throw new Error('npm ci failed in bench/template.');
  }
  // The template runs `npx ts-node main.ts`; npx is left out, because it only adds time.
  return { args: [tsNode, 'main.ts'], cwd, env: { CDKTF_OUTDIR: outdir } };
}
