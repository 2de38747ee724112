/** Writes data to stdout. */
export function print(text: string): void {
  process.stdout.write(text);
}

/** Ends quietly where the reader of the output has gone, as `head` does, and with a message where it cannot be written. */
export function watchOutput(): void {
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
    process.stderr.write(`The output could not be written: ${message}\n`);
    process.exit(1);
  });
}
