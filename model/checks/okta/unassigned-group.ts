import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** A grant has to be on a group through which people are assigned to an app. */
export const unassignedGroup: Check = {
  name: 'unassigned-group',
  severity: 'error',
  reason: 'Okta answers "User is not assigned to the client application" to people whom no app is assigned to.',
  fix: 'Grant the group a role on at least one cluster.',
  source: 'https://developer.okta.com/docs/reference/error-codes/',
  restsOn: ['clusters', 'grants'],
  find: (access) => {
    const assigned = new Set(access.apps.flatMap(({ groups }) => groups));
    return access.grants
      .filter(({ group }) => !assigned.has(group))
      .map(({ group, path }) => ({
        path: `${path}.clusters`,
        message: `The group ${shown(group)} is assigned to no app: none of its grants reaches a cluster.`,
        given: shown([]),
        allowed: "'*' or at least one of the file's clusters",
        fix: 'Name a cluster, or remove the grant.',
      }));
  },
};
