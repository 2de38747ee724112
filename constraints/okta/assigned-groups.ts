import type { Finding } from '../finding';

/** The finding for an app to which nobody is assigned. */
export function nobodyAssignedFinding(): Finding {
  return {
    message: 'Nobody is assigned to the app, so Okta refuses every sign-in.',
    given: 'no groups',
    allowed: 'at least one group',
    fix: 'Assign the groups that have a grant, or everyone.',
  };
}
