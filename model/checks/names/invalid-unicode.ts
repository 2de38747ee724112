import { unicodeFinding } from '../../../constraints/unicode-text';
import type { Check } from '../check';
import { findingsInTexts } from '../every-text';

/** Every text of the file is valid Unicode. */
export const invalidUnicode: Check = {
  name: 'invalid-unicode',
  severity: 'error',
  reason:
    'Half of a surrogate pair cannot be written to a file or sent to a service: it becomes another character, so the name that arrives is not the name of the file.',
  fix: 'Type the character again.',
  source: 'https://www.unicode.org/faq/utf_bom.html#utf16-7',
  requires: [],
  find: (access) => findingsInTexts(access, unicodeFinding),
};
