import { SYSTEM_NAMESPACES } from '../../../constraints/kubernetes/initial-namespaces';
import { isEks } from '../../derived/cluster-kinds';
import { terraformRoles } from '../../derived/terraform-roles';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The guard of a namespace exempts Terraform, which manages the bindings there. */
export const guardedFromTerraform: Check = {
  name: 'guarded-from-terraform',
  severity: 'warning',
  reason:
    'Once the guard of a namespace is in force, Terraform cannot change the bindings there, unless the guard exempts its IAM role.',
  fix: "Add Terraform's IAM role to account.roleArn or deployers of the cluster.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
  requires: ['clusters', 'guards'],
  find: ({ clusters }) =>
    Object.values(clusters).flatMap((cluster) => {
      const { key, guards, namespaces } = cluster;
      const ofSystem = guards.systemNamespaces === undefined ? [] : SYSTEM_NAMESPACES;
      const all = [...new Set([...Object.keys(guards.namespaces), ...ofSystem])];
      const guarded = all.filter((name) => namespaces.includes(name));
      if (guarded.length === 0 || terraformRoles(cluster).length > 0) return [];
      return [
        {
          path: pathText(['clusters', key]),
          message: `The guard of ${guarded.join(', ')} would refuse Terraform's changes there.`,
          given: 'no IAM role of Terraform',
          allowed: isEks(cluster) ? 'account.roleArn or deployers' : 'guards on other namespaces',
          fix: isEks(cluster)
            ? "Add the ARN of Terraform's IAM role to deployers."
            : 'Remove the guard before you change bindings in the namespace.',
        },
      ];
    }),
};
