import type { Check } from '../check';

/** The file has a cluster. */
export const noCluster: Check = {
  name: 'no-cluster',
  severity: 'warning',
  reason: 'Without a cluster, there is no app to sign in to: the next deployment of okta destroys every app.',
  fix: 'Add a cluster, or destroy what is left with cdktf destroy okta.',
  source: 'https://developer.okta.com/docs/concepts/apps/',
  requires: ['clusters'],
  find: ({ absentClusters, clusters }) =>
    Object.keys(clusters).length + Object.keys(absentClusters).length > 0
      ? []
      : [
          {
            path: 'clusters',
            message: 'The file has no cluster, so nobody can sign in to anything.',
            given: 'no cluster',
            allowed: 'at least one cluster',
            fix: 'Add a cluster. If the last one has left on purpose, remove what is left with cdktf destroy okta.',
          },
        ],
};
