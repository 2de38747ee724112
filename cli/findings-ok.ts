import { type Command, Option } from 'commander';
import { EXIT } from './exit-codes';

/** Adds `--findings-ok` to a command that can end with exit code 2. */
export function withFindingsOk(command: Command): Command {
  return command.addOption(new Option('--findings-ok', `print the same, and exit with 0 instead of ${EXIT.findings}`));
}

/** Sets the exit code of a command that has found something to look at. */
export function reportFindings(found: boolean, { findingsOk = false }: { readonly findingsOk?: boolean }): void {
  if (found && !findingsOk) process.exitCode = EXIT.findings;
}
