import { escaped, type Finding, shown } from '../finding';

/** The most tags that a resource of AWS can have. */
export const MOST_TAGS = 50;

/** The most characters of the value of a tag, each one by Unicode. */
export const MOST_TAG_CHARACTERS = 256;

/** Matches each character that a tag cannot have. */
export const NOT_IN_TAGS = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/gu;

/**
 * Checks the value of an AWS tag: letters of any alphabet, digits, spaces, and some signs.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValueFinding(value: string): Finding | undefined {
  const wrong = [...new Set(value.match(NOT_IN_TAGS) ?? [])];
  const { length } = [...value];
  if (wrong.length === 0 && length <= MOST_TAG_CHARACTERS) return undefined;
  return {
    message: 'AWS refuses this value of a tag.',
    given: `${shown(value)}, ${length} characters`,
    allowed: `at most ${MOST_TAG_CHARACTERS} characters: letters of any alphabet, digits, spaces and _.:/=+-@`,
    fix:
      wrong.length > 0
        ? `Remove ${wrong.slice(0, 5).map(escaped).join(' ')}.`
        : `Shorten it by ${length - MOST_TAG_CHARACTERS}.`,
  };
}
