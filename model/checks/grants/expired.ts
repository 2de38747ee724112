import type { Check } from '../check';

/** The file contains nothing that has expired. */
export const expired: Check = {
  name: 'expired',
  severity: 'warning',
  reason:
    'Expired access is not synthesized, so the next apply removes it, and an expired acceptance accepts nothing. The line in the file is misleading.',
  fix: 'Remove the line, or set a later day if the access or the acceptance is still needed.',
  source: 'https://reproducible-builds.org/docs/source-date-epoch/',
  requires: [],
  find: (access) =>
    access.expired.map(({ path, expires, what, consequence }) => ({
      path,
      message: `The ${what} expired on ${expires}, so ${consequence}.`,
      given: expires,
      allowed: `${access.day} or later`,
      fix: 'Remove it, or set a later day.',
    })),
};
