import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import { validateAll } from './constructs/validate-all';
import { loadAccessFile, selectedAccessFile } from './load-access-file';
import { type Access, AccessError } from './model';
import { defineAccessStacks } from './stacks';
import { withoutTokenTraces } from './stacks/without-token-traces';

/** The result of a synthesis. */
export interface Synthesis {
  readonly access: Access;
  /** The folder with the stacks. */
  readonly outdir: string;
}

/**
 * Synthesizes an access file. Writes nothing if there is an error, and removes what an earlier synthesis left in the
 * folder: stacks that are no longer in the file, and the other form of a stack, JSON or HCL.
 * @param file `.ts`, `.json`, `.yaml`, or `.yml`; by default, the environment selects it.
 * @param outdir by default `CDKTF_OUTDIR`, which the cdktf command sets, or `cdktf.out`.
 * @throws AccessError for errors in the file, and if the folder cannot be written.
 */
export function synthesizeAccess(
  file = selectedAccessFile(),
  outdir = process.env.CDKTF_OUTDIR || 'cdktf.out',
): Synthesis {
  const access = loadAccessFile(file);
  try {
    mkdirSync(outdir, { recursive: true });
    // Stack traces would write local paths into the metadata.
    const app = new App({ outdir, stackTraces: false });
    withoutTokenTraces(() => {
      defineAccessStacks(app, access);
      validateAll(app);
      app.synth();
    });
    removeLeftovers(outdir);
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    // A system call failed: a file is in the place of the output folder, it is not writable, or the disk is full.
    if (AccessError.is(error) || syscall === undefined) throw error;
    throw new AccessError(`The stacks could not be written: ${message}`);
  }
  return { access, outdir };
}

/** Terraform would read a stack twice, or an empty one, from what an earlier synthesis wrote. */
function removeLeftovers(outdir: string): void {
  const folder = join(outdir, 'stacks');
  const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };
  for (const name of readdirSync(folder)) {
    const written = manifest.stacks[name]?.synthesizedStackPath;
    if (written === undefined) {
      rmSync(join(folder, name), { recursive: true });
      continue;
    }
    for (const form of ['cdk.tf', 'cdk.tf.json']) {
      const path = join('stacks', name, form);
      if (path !== written && existsSync(join(outdir, path))) rmSync(join(outdir, path));
    }
  }
}

export { orExit } from './or-exit';
