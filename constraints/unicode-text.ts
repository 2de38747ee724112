import { type Finding, shown } from './finding';

/** Checks that a text is valid Unicode: half of a surrogate pair has no UTF-8 form, so services refuse or replace it. */
export function unicodeFinding(text: string): Finding | undefined {
  if (!/\p{Cs}/u.test(text)) return undefined;
  return {
    message: 'This text is not valid Unicode: it contains half of a surrogate pair.',
    given: shown(text),
    allowed: 'text whose surrogates come in pairs',
    fix: 'Type the character again, or remove the escape from \\ud800 to \\udfff.',
  };
}
