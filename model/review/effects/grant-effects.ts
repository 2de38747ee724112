import type { ParsedFile } from '../../file/parsed-file';
import { ACCEPT_EFFECTS } from './accept-effects';
import { later, narrows, type ObjectEffects, text, widens } from './effect';

type Grant = ParsedFile['grants'][number];

/** The keys of a grant that say who has what where: gains and losses tell them. */
export type RowKey = 'group' | 'role' | 'namespaces';

/** How the other keys of a grant are told, for a grant whose rows both files have. */
export const GRANT_EFFECTS: ObjectEffects<Omit<Grant, RowKey>> = {
  keys: {
    clusters: (old, now) => {
      if (now === '*') return widens('The grant holds on each cluster that the file ever gets');
      return old === '*' ? narrows('The grant no longer holds on clusters that the file gets later') : undefined;
    },
    expires: later('The grant'),
    reason: text('The reason'),
    accept: ACCEPT_EFFECTS,
  },
};
