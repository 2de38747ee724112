import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import { validateAll } from './constructs/validate-all';
import type { AccessFormat } from './input/access-format';
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
 * @param file a TypeScript, JavaScript, JSON, or YAML file, or `-` for standard input; by default, the environment
 * selects it.
 * @param outdir by default `CDKTF_OUTDIR`, which the cdktf command sets, or `cdktf.out`.
 * @param inputFormat the format of standard input.
 * @throws AccessError for errors in the file, and if the folder cannot be written.
 */
export function synthesizeAccess(
  file = selectedAccessFile(),
  outdir = outputFolder(),
  inputFormat?: AccessFormat,
): Promise<Synthesis> {
  return synthesizePrivately(
    file,
    (folder, access) => {
      publish(folder, outdir);
      return { access, outdir };
    },
    inputFormat,
  );
}

/** Where the stacks are written: `CDKTF_OUTDIR`, which the cdktf command sets, or `cdktf.out`. */
export function outputFolder(): string {
  return process.env.CDKTF_OUTDIR || 'cdktf.out';
}

/**
 * Synthesizes an access file into a folder of its own, which ends with the call. Another synthesis can write into the
 * output folder at the same time: whoever needs exactly these stacks reads them here.
 * @param use reads the folder.
 * @param inputFormat the format of standard input.
 * @throws AccessError for errors in the file, and if a folder cannot be written.
 */
export async function synthesizePrivately<Result>(
  file: string,
  use: (folder: string, access: Access) => Result | Promise<Result>,
  inputFormat?: AccessFormat,
): Promise<Result> {
  const access = await loadAccessFile(file, inputFormat);
  try {
    // mkdtemp creates it with mode 0700.
    const folder = mkdtempSync(join(tmpdir(), 'okta-eks-access-'));
    try {
      synthesizeStacks(access, folder);
      return await use(folder, access);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    // A system call failed: a file is in the place of the output folder, it is not writable, or the disk is full.
    if (AccessError.is(error) || syscall === undefined) throw error;
    throw new AccessError(`The stacks could not be written: ${message}`);
  }
}

/**
 * Writes the stacks of an access file into a new folder.
 * @throws AccessError for errors in the constructs.
 */
export function synthesizeStacks(access: Access, outdir: string): void {
  // Stack traces would write local paths into the metadata.
  const app = new App({ outdir, stackTraces: false });
  withoutTokenTraces(() => {
    defineAccessStacks(app, access);
    validateAll(app);
    app.synth();
  });
}

/** Copies the stacks of a private synthesis to the output folder. What Terraform has there stays. */
export function publish(folder: string, outdir: string): void {
  mkdirSync(outdir, { recursive: true });
  cpSync(folder, outdir, { recursive: true });
  removeLeftovers(folder, outdir);
}

/** Terraform would read a stack twice, or an empty one, from what an earlier synthesis wrote. */
function removeLeftovers(folder: string, outdir: string): void {
  const { stacks } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    stacks: Record<string, { synthesizedStackPath: string }>;
  };
  for (const name of readdirSync(join(outdir, 'stacks'))) {
    const written = stacks[name]?.synthesizedStackPath;
    if (written === undefined) {
      rmSync(join(outdir, 'stacks', name), { recursive: true, force: true });
      continue;
    }
    for (const form of ['cdk.tf', 'cdk.tf.json']) {
      const path = join('stacks', name, form);
      if (path !== written) rmSync(join(outdir, path), { force: true });
    }
  }
}

export { orExit } from './or-exit';
