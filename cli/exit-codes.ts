/** What an exit code of the command says; 0 is fine. */
export const EXIT = {
  /** The input is wrong, the access file included; commander's own. */
  wrongInput: 1,
  /** There is something to look at: warnings, or sensitive permissions that somebody gains. */
  findings: 2,
} as const;
