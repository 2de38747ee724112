import { endingWithin } from '../../derived/ending-soon';
import type { Check } from '../check';

const DAYS = 7;

/** No grant and no break-glass access ends within a week. What ends within a month is a note of `check`. */
export const endsSoon: Check = {
  name: 'ends-soon',
  severity: 'warning',
  reason: 'The first apply after the last day removes the access, whether or not it is still needed.',
  fix: 'Set a later day if the access is still needed, or accept that it ends.',
  source: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html',
  requires: [],
  find: (access) =>
    endingWithin(access, DAYS).map(({ path, expires, what }) => ({
      path,
      message: `The ${what} ends within ${DAYS} days.`,
      given: expires,
      allowed: 'a later day, or none',
      fix: 'Set a later day if the access is still needed.',
    })),
};
