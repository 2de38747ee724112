import { App } from 'cdktf';
import { loadAccessFile, selectedAccessFile } from './access-file/load-access-file';
import { validateAll } from './constructs/validate-all';
import { type Access, AccessError } from './model';
import { defineAccessStacks } from './stacks';

/** Synthesizes the selected access file into `cdktf.out`; writes nothing where anything is wrong. */
export function synthesize(): { access: Access; outdir: string } {
  const access = loadAccessFile(selectedAccessFile());
  // Stack traces would put the machine's paths into the metadata.
  const app = new App({ stackTraces: false });
  defineAccessStacks(app, access);
  validateAll(app);
  app.synth();
  return { access, outdir: app.outdir };
}

/** Runs a command; an access file that cannot be used ends it with exit code 1 and its message alone. */
export function orExit(command: () => void): void {
  try {
    command();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (require.main === module) orExit(synthesize);
