import type { ParsedFile } from '../../file/parsed-file';
import { type EffectsOf, text } from './effect';

/** What a grant or a role accepts: no system acts on it, only the warnings of `check` do. */
export const ACCEPT_EFFECTS: EffectsOf<ParsedFile['grants'][number]['accept']> = {
  each: {
    whole: text('The reason'),
    keys: { reason: text('The reason'), expires: text('The last day of the reason') },
  },
};
