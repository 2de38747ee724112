import type { Finding } from '../finding';

/** What is wrong with an app that nobody may sign in to. */
export function nobodyAssignedFinding(): Finding {
  return {
    message: 'Nobody is assigned to the app, so Okta refuses every sign-in.',
    given: 'no groups',
    allowed: 'at least one group',
    fix: 'Assign the groups that have a grant, or everyone.',
  };
}
