import { AccessError } from '../constraints/access-error';
import type { Problem } from '../constraints/finding';

/**
 * The error for a file that cannot be read as an access file, whatever it says.
 * @param place where in its text. @default - the whole file
 */
export function inputProblem(
  message: string,
  given: string,
  allowed: string,
  fix: string,
  place?: Pick<Problem, 'line' | 'column'>,
): AccessError {
  return AccessError.of([{ path: '', check: 'file', ...place, message, given, allowed, fix }]);
}

/** The same error under a heading with the name of the file; an error of another class stays as it is. */
export function withFileName(error: unknown, file: string): unknown {
  if (!AccessError.is(error)) return error;
  const count = error.problems.length;
  const heading = count > 1 ? `${file} has ${count} problems:` : `${file} has a problem:`;
  return new AccessError(`${heading}\n\n${error.message}`, error.problems, error.warnings);
}
