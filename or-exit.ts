import { withoutTokens } from './constraints/without-tokens';
import { AccessError } from './model';
import { terminalText } from './report/terminal-text';

/**
 * Runs a program. An error that its user can correct ends it with a message and exit code 1, without a stack trace; any
 * other error is a defect of the program and keeps its stack trace.
 */
export async function orExit(run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    process.stderr.write(`${terminalText(withoutTokens(error.message), process.stderr.columns)}\n`);
    process.exitCode = 1;
  }
}
