import { twinsOf } from '../../derived/twins';
import type { Check } from '../check';
import { twinFinding } from '../twin-finding';

/** No two keys can be for one cluster, as far as the file tells. */
export const possibleSameCluster: Check = {
  name: 'possible-same-cluster',
  severity: 'warning',
  reason:
    'If two keys are for one cluster, people get what both grant, but each report and each guard considers one key.',
  fix: 'Set account.id of both, or use the context that aws eks update-kubeconfig writes, so that the file tells them apart.',
  source: 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/',
  requires: ['clusters'],
  find: ({ clusters }) =>
    twinsOf(clusters)
      .filter(({ isCertain }) => !isCertain)
      .map((twin) => twinFinding(twin, 'may be')),
};
