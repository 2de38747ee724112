import type { Check } from '../check';

/** What has expired is left out, and the file should say so no longer. */
export const expired: Check = {
  name: 'expired',
  severity: 'warning',
  reason: 'What has expired is not synthesized: the next apply takes it away, and the line misleads its reader.',
  fix: 'Remove the line, or set a later day if the access is still needed.',
  source: 'https://reproducible-builds.org/docs/source-date-epoch/',
  restsOn: [],
  find: (access) =>
    access.expired.map(({ path, expires, what }) => ({
      path,
      message: `It is past: ${what} is left out.`,
      given: expires,
      allowed: `${access.day} or later`,
      fix: 'Remove it, or set a later day.',
    })),
};
