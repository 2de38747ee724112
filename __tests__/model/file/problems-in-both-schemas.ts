import type { Problem } from '../../../constraints/finding';
import { problemsOf as problemsInProgram, SMALLEST } from '../../access-files';
import { isAccepted } from '../../json-schema';

/** The problems of a file of any shape. The JSON Schema has to refuse the file exactly if its shape is wrong. */
export function problemsOf(file: unknown): readonly Problem[] {
  const problems = problemsInProgram(file);
  const isWrong = problems.some(({ check }) => check === 'shape' || check === 'unknown-key');
  expect({ file, isAccepted: isAccepted(file) }).toEqual({ file, isAccepted: !isWrong });
  return problems;
}

/** The same for the smallest file with these keys changed. */
export function problemsWith(changes: Record<string, unknown>): readonly Problem[] {
  return problemsOf({ ...SMALLEST, ...changes });
}
