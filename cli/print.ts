import { terminalText } from '../report/terminal-text';
import { EXIT } from './exit-codes';

/** Writes data for programs to stdout, as it is. */
export function print(data: string): void {
  process.stdout.write(data);
}

/** Writes text for people to stdout. */
export function printText(text: string): void {
  process.stdout.write(terminalText(text, process.stdout.columns));
}

/** Writes what a format of a command gives: `text` is for people, the others are for programs. */
export function printFormat(format: string, output: string): void {
  if (format === 'text') printText(output);
  else print(output);
}

/** Writes progress or a problem to stderr. */
export function printError(text: string): void {
  process.stderr.write(terminalText(text, process.stderr.columns));
}

/** Exits without a message if the reader of the output ends first, as `head` does, and with one if writing fails. */
export function handleOutputErrors(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
    printError(`The output could not be written: ${message}\n`);
    process.exit(EXIT.wrong);
  });
}
