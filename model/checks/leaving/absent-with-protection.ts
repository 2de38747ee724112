import { shown } from '../../../constraints/finding';
import { isCreated } from '../../derived/cluster-kinds';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A cluster that is absent does not have the deletion protection of EKS. */
export const absentWithProtection: Check = {
  name: 'absent-with-protection',
  severity: 'error',
  reason:
    'EKS refuses to delete a cluster with deletion protection. Terraform has removed its RBAC and its association by then.',
  fix: 'Deploy the cluster once without deletionProtection, and then set absent: true.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/deletion-protection.html',
  requires: ['clusters'],
  find: ({ absentClusters }) =>
    Object.values(absentClusters)
      .filter(isCreated)
      .filter(({ settings }) => settings.deletionProtection)
      .map(({ key }) => ({
        path: pathText(['clusters', key, 'deletionProtection']),
        message: `EKS refuses to delete the cluster ${shown(key)} while it has deletion protection.`,
        given: 'deletionProtection: true and absent: true',
        allowed: 'one of the two',
        fix: `Remove absent, set deletionProtection: false on the cluster, and deploy cluster-${key}. Then set absent: true.`,
      })),
};
