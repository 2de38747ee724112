import { mkdirSync } from 'node:fs';
import { App } from 'cdktf';
import { validateAll } from './constructs/validate-all';
import { loadAccessFile, selectedAccessFile } from './load-access-file';
import { type Access, AccessError } from './model';
import { defineAccessStacks } from './stacks';
import { withoutTokenTraces } from './stacks/without-token-traces';

/** Synthesizes the selected access file into `cdktf.out`; writes nothing if there is an error. */
export function synthesize(): { access: Access; outdir: string } {
  const access = loadAccessFile(selectedAccessFile());
  const outdir = process.env.CDKTF_OUTDIR || 'cdktf.out';
  mkdirSync(outdir, { recursive: true });
  // Stack traces would write local paths into the metadata.
  const app = new App({ outdir, stackTraces: false });
  withoutTokenTraces(() => {
    defineAccessStacks(app, access);
    validateAll(app);
    app.synth();
  });
  return { access, outdir };
}

/** Runs a command. An error that the user can correct ends it with exit code 1 and a message, without a stack trace. */
export function orExit(command: () => void): void {
  try {
    command();
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    // A system call failed: a file is in the place of the output folder, it is not writable, or the disk is full.
    if (!AccessError.is(error) && syscall === undefined) throw error;
    process.stderr.write(AccessError.is(error) ? `${message}\n` : `The stacks could not be written: ${message}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) orExit(synthesize);
