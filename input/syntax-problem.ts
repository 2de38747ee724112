import type { Problem } from '../constraints/finding';
import type { TextPlace } from './text-place';

/**
 * The problem of a text that a parser refuses.
 * @param given what the parser says.
 */
export function syntaxProblem(place: TextPlace, given: string): Problem {
  return {
    path: '',
    check: 'syntax',
    ...place,
    message: 'The file has a syntax error.',
    given,
    allowed: 'valid syntax, and each key once',
    fix: 'Correct this line.',
  };
}
