import type { Problem } from './finding';

/** The one error of an access file or of constructs that cannot be used; its message names every problem. */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  /**
   * @param message every problem as a person reads it.
   * @param problems the same as data; empty where they are of constructs and have no place in a file.
   * @param warnings what is risky beside the problems.
   */
  constructor(
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly warnings: readonly Problem[] = [],
  ) {
    super(message);
  }

  /** The error of problems in an access file, in the order in which they are printed. */
  static of(problems: readonly Problem[], warnings: readonly Problem[] = []): AccessError {
    return new AccessError(problemsText(problems), problems, warnings);
  }

  /**
   * Whether a thrown value is an AccessError, by its name: an access file loads its own copy of this
   * module, so `instanceof` would not know it.
   */
  static is(thrown: unknown): thrown is AccessError {
    return thrown instanceof Error && thrown.name === 'AccessError';
  }
}

/** Problems as a person reads them: the path, then what is wrong, given, allowed, and the fix. */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(problemText).join('\n\n');
}

function problemText({ path, check, message, given, allowed, fix, source }: Problem): string {
  const lines = [
    `  ${path === '' ? 'the file' : path}  [${check}]`,
    `    ${message}`,
    `    given:   ${given}`,
    `    allowed: ${allowed}`,
    `    fix:     ${fix}`,
  ];
  if (source !== undefined) lines.push(`    see:     ${source}`);
  return lines.join('\n');
}
