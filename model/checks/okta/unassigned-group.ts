import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** Each granted group is assigned to an app. */
export const unassignedGroup: Check = {
  name: 'unassigned-group',
  severity: 'error',
  reason:
    'A group whose grants name no cluster has no app, and Okta answers its members "User is not assigned to the client application".',
  fix: 'Grant the group a role on at least one cluster.',
  source: 'https://developer.okta.com/docs/reference/error-codes/',
  requires: ['clusters', 'grants'],
  find: (access) => {
    const assigned = new Set([
      ...access.apps.flatMap(({ groups }) => groups),
      // The end of a grant never stops a pipeline.
      ...access.expired.flatMap(({ grant }) => grant?.group ?? []),
    ]);
    return (
      access.grants
        // A grant of '*' stays when the last cluster leaves; the check absent-cluster reports a list with an absent one.
        .filter(({ group, clusters }) => !assigned.has(group) && clusters !== '*' && clusters.length === 0)
        .map(({ group, path }) => ({
          path: `${path}.clusters`,
          message: `No grant of the group ${shown(group)} names a cluster, so the group has no access.`,
          given: shown([]),
          allowed: "'*', or at least one cluster of the file",
          fix: 'Name a cluster, or remove the grant.',
        }))
    );
  },
};
