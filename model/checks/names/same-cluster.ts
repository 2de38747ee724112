import { isEks } from '../../derived/cluster-kinds';
import { twinsOf } from '../../derived/twins';
import type { Check } from '../check';
import { twinFinding } from '../twin-finding';

/** No two keys are for one cluster, at least one of them as a cluster outside EKS. */
export const sameCluster: Check = {
  name: 'same-cluster',
  severity: 'error',
  reason:
    'People get what both keys grant, but each report and each guard considers one key, and Terraform overwrites the bindings of one key with those of the other.',
  fix: 'Define each cluster once, with all of its grants.',
  source: 'https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/',
  requires: ['clusters'],
  find: ({ clusters }) =>
    twinsOf(clusters)
      // The check one-identity-provider reports two keys in EKS.
      .filter(({ cluster, earlier, isCertain }) => isCertain && !(isEks(cluster) && isEks(earlier)))
      .map((twin) => twinFinding(twin, 'is')),
};
