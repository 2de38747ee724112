import { type Problem, plain } from '../constraints/finding';
import { syntaxProblem } from './syntax-problem';
import { placeAt } from './text-place';

/** What is wrong where the parser finds an error, by the name of the error. */
const WORDS: Readonly<Record<string, string>> = {
  CommaExpected: 'a missing comma before',
  ColonExpected: 'a missing colon before',
  CloseBraceExpected: 'a missing } before',
  CloseBracketExpected: 'a missing ] before',
  PropertyNameExpected: 'a missing key, in double quotes, before',
  ValueExpected: 'a missing value before',
  EndOfFileExpected: 'a text after the end of the JSON value:',
  InvalidSymbol: 'a word without double quotes:',
  InvalidNumberFormat: 'a number that JSON does not have:',
  UnexpectedEndOfNumber: 'an unfinished number:',
  UnexpectedEndOfString: 'a text without its closing double quote:',
  InvalidUnicode: 'an unknown escape in a text:',
  InvalidEscapeCharacter: 'an unknown escape in a text:',
  InvalidCharacter: 'a character that JSON does not allow here:',
};

const COMMENTS = ['InvalidCommentToken', 'UnexpectedEndOfComment'];

/**
 * The problems of a text that is not JSON: its first comment, and its first other error, because errors follow errors.
 * @param reason why it is not JSON, for an error that cannot be placed.
 */
export function jsonSyntaxProblems(text: string, reason: string): readonly Problem[] {
  // Loaded here, because only a broken file needs it.
  const { parse, printParseErrorCode } = require('jsonc-parser') as typeof import('jsonc-parser');
  const errors: import('jsonc-parser').ParseError[] = [];
  try {
    parse(text, errors, { disallowComments: true });
  } catch {
    // The parser calls itself for each level, and the text has too many.
    return [syntaxProblem({ line: 1, column: 1 }, plain(reason))];
  }
  const named = errors.map(({ error, offset }) => ({ name: printParseErrorCode(error), offset }));
  const comment = named.find(({ name }) => COMMENTS.includes(name));
  const other = named.find(({ name }) => !COMMENTS.includes(name));
  const problems = [
    ...(comment === undefined
      ? []
      : [
          {
            ...syntaxProblem(placeAt(text, comment.offset), `a comment: ${startAt(text, comment.offset)}`),
            message: 'JSON takes no comments; use .yaml or .jsonc.',
            allowed: 'JSON without comments',
            fix: 'Remove the comments, or rename the file to .jsonc.',
          },
        ]),
    ...(other === undefined ? [] : [otherProblem(text, other.name, other.offset)]),
  ];
  return problems.length > 0 ? problems : [syntaxProblem({ line: 1, column: 1 }, plain(reason))];
}

function otherProblem(text: string, name: string, offset: number): Problem {
  const place = placeAt(text, offset);
  const start = startAt(text, offset);
  const isTrailing = /[}\]]/.test(text.charAt(offset)) && /,\s*$/.test(text.slice(0, offset));
  if (!isTrailing) return syntaxProblem(place, `${WORDS[name] ?? 'an error at'} ${start}`);
  return {
    ...syntaxProblem(place, `a comma before ${text.charAt(offset)}`),
    message: 'JSON takes no comma after the last value; use .yaml or .jsonc.',
    fix: 'Remove the comma, or rename the file to .jsonc.',
  };
}

/** The start of what is at a place. */
function startAt(text: string, offset: number): string {
  const [rest = ''] = text.slice(offset).split('\n');
  if (text.slice(offset).trim() === '') return 'the end of the file';
  return plain(rest.length > 30 ? `${rest.slice(0, 30)}...` : rest.trimEnd());
}
