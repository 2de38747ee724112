import { Token } from 'cdktf';

const MAX_CHARACTERS = 256;

/**
 * A text as an AWS tag value: characters that a tag cannot contain become spaces, and it is cut at 256 characters.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValue(text: string): string {
  if (Token.isUnresolved(text)) return text;
  return [...text.replace(/[^\p{L}\p{N} +\-=._:/@]/gu, ' ')].slice(0, MAX_CHARACTERS).join('');
}
