import { escaped, type Finding, shown } from '../finding';

/** The most tags that a resource of AWS can have. */
export const MOST_TAGS = 50;

const MOST_CHARACTERS = 256;

/**
 * Checks the value of an AWS tag: letters of any alphabet, digits, spaces, and some signs.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValueFinding(value: string): Finding | undefined {
  const wrong = [...new Set(value.match(/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu) ?? [])];
  if (wrong.length === 0 && value.length <= MOST_CHARACTERS) return undefined;
  return {
    message: 'AWS refuses this value of a tag.',
    given: `${shown(value)}, ${value.length} characters`,
    allowed: `at most ${MOST_CHARACTERS} characters: letters of any alphabet, digits, spaces and _.:/=+-@`,
    fix:
      wrong.length > 0
        ? `Remove ${wrong.slice(0, 5).map(escaped).join(' ')}.`
        : `Shorten it by ${value.length - MOST_CHARACTERS}.`,
  };
}
