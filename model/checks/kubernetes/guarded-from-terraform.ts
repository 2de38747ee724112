import { isEks } from '../../derived/cluster-kinds';
import { terraformRoles } from '../../derived/terraform-roles';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A guarded namespace must stay open to Terraform, which makes bindings in it. */
export const guardedFromTerraform: Check = {
  name: 'guarded-from-terraform',
  severity: 'warning',
  reason:
    'Once its guard stands, Terraform itself cannot change the bindings of a namespace, unless the guard knows its role.',
  fix: "Name Terraform's IAM role in the cluster's account.roleArn or deployers.",
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html',
  restsOn: ['clusters', 'guards'],
  find: ({ clusters }) =>
    Object.values(clusters).flatMap((cluster) => {
      const { key, guards, namespaces } = cluster;
      const guarded = Object.keys(guards.namespaces).filter((name) => namespaces.includes(name));
      if (guarded.length === 0 || terraformRoles(cluster).length > 0) return [];
      return [
        {
          path: pathText(['clusters', key]),
          message: `The guard of ${guarded.join(', ')} would refuse what Terraform changes there.`,
          given: "no role of Terraform's",
          allowed: isEks(cluster) ? 'account.roleArn or deployers' : 'guards on other namespaces',
          fix: isEks(cluster)
            ? "Add the ARN of Terraform's role to deployers."
            : 'Remove the guard before you change bindings in the namespace.',
        },
      ];
    }),
};
