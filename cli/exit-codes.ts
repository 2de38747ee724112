/** The exit codes of the command, in addition to 0 for success. */
export const EXIT = {
  /** The input is wrong, or the access file is; commander uses the same code. */
  wrongInput: 1,
  /** Something to review: warnings, gains of sensitive permissions, or other changes. */
  findings: 2,
} as const;
