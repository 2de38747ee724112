/** The exit codes of every command; 0 is success. */
export const EXIT = {
  /** The input is wrong, such as an option or the access file, or a proof differs from the access file. */
  wrong: 1,
  /** There is something to look at, such as a warning or a gain of a sensitive permission; 0 with `--findings-ok`. */
  findings: 2,
  /** A signal ended the program, as a shell reports it. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const;
