import { join } from 'node:path';
import { app } from '../cdktf.json';
import type { Command } from './measure';

/** The root folder of the project. */
export const ROOT = join(__dirname, '..');

/**
 * The command that `cdktf synth` runs.
 * @param accessFile the access file. @default - `access.config.ts`
 */
export function synthesis(outdir: string, accessFile?: string): Command {
  const [node, ...args] = app.split(' ');
  if (node !== 'node') throw new Error(`The app in cdktf.json must start with node, but is: ${app}`);
  return { args, cwd: ROOT, env: { CDKTF_OUTDIR: outdir, ACCESS_CONFIG: accessFile } };
}
