import { Token } from 'cdktf';

const MOST_CHARACTERS = 256;

/**
 * A text as the value of an AWS tag: what a value must not contain becomes a blank, and what is too long is cut.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValue(text: string): string {
  if (Token.isUnresolved(text)) return text;
  return [...text.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, ' ')].slice(0, MOST_CHARACTERS).join('');
}
