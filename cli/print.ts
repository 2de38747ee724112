/** Writes data to stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Exits without a message if the reader of the output ends first, as `head` does, and with one if writing fails. */
export function handleOutputErrors(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
    process.stderr.write(`The output could not be written: ${message}\n`);
    process.exit(1);
  });
}
