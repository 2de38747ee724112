import { Token } from 'cdktf';
import { MOST_TAG_CHARACTERS, NOT_IN_TAGS } from '../../constraints/eks/tags';

/**
 * A text as an AWS tag value: characters that a tag cannot contain become spaces, and it is cut at 256 characters.
 * @see https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export function tagValue(text: string): string {
  if (Token.isUnresolved(text)) return text;
  return [...text.replace(NOT_IN_TAGS, ' ')].slice(0, MOST_TAG_CHARACTERS).join('');
}
