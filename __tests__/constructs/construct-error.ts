import { AccessError } from '../../model';

/**
 * The error of one construct's problem, to be compared with what is thrown.
 * @param sentences the problem's text, sentence by sentence.
 */
export function constructError(path: string, ...sentences: string[]): AccessError {
  return new AccessError(`  ${path}\n    ${sentences.join(' ')}`);
}
