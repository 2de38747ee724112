import type { Problem } from './finding';

/** The error for input that a user can correct, in an access file or in constructs. Its message lists every problem. */
export class AccessError extends Error {
  override readonly name = 'AccessError';

  /**
   * @param message every problem as text.
   * @param problems the same problems as data; empty for problems of constructs, which have no path in a file.
   * @param warnings the warnings that were found with them.
   */
  constructor(
    message: string,
    readonly problems: readonly Problem[] = [],
    readonly warnings: readonly Problem[] = [],
  ) {
    super(message);
  }

  /** The error for problems in an access file, which it prints in the given order. */
  static of(problems: readonly Problem[], warnings: readonly Problem[] = []): AccessError {
    return new AccessError(problemsText(problems), problems, warnings);
  }

  /**
   * Whether a thrown value is an AccessError. It compares names, because an access file loads its own copy of this
   * module, which `instanceof` does not recognize.
   */
  static is(thrown: unknown): thrown is AccessError {
    return thrown instanceof Error && thrown.name === 'AccessError';
  }
}

/** Problems as text: for each its path and check, then what is wrong, given and allowed, and the fix. */
export function problemsText(problems: readonly Problem[]): string {
  return problems.map(problemText).join('\n\n');
}

function problemText({ path, check, line, column, message, given, allowed, fix, source }: Problem): string {
  const place = line === undefined ? '' : `  line ${line}, column ${column}`;
  const lines = [
    `  ${path === '' ? 'the file' : path}  [${check}]${place}`,
    `    ${message}`,
    `    given:   ${given}`,
    `    allowed: ${allowed}`,
    `    fix:     ${fix}`,
  ];
  if (source !== undefined) lines.push(`    see:     ${source}`);
  return lines.join('\n');
}
