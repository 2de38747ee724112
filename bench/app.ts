import { join } from 'node:path';
import { app } from '../cdktf.json';
import type { Command } from './measure';

/** The root of the project. */
export const ROOT = join(__dirname, '..');

/** The synthesis as `cdktf synth` starts it, of the tutorial or of another access file. */
export function synthesis(outdir: string, accessFile?: string): Command {
  const [node, ...args] = app.split(' ');
  if (node !== 'node') throw new Error(`The app of cdktf.json has to start with node: ${app}`);
  return { args, cwd: ROOT, env: { CDKTF_OUTDIR: outdir, ACCESS_CONFIG: accessFile } };
}
