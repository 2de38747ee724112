import { guardsOf } from '../../derived/guards';
import { terraformRoles } from '../../derived/terraform-roles';
import { namespacesByCluster } from '../../file/access';
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
  find: (access) => {
    const namespaces = namespacesByCluster(access);
    return Object.entries(access.clusters).flatMap(([key, cluster]) => {
      const guarded = Object.keys(guardsOf(access, cluster).namespaces).filter((name) =>
        namespaces.get(key)?.includes(name),
      );
      if (guarded.length === 0 || terraformRoles(cluster).length > 0) return [];
      return [
        {
          path: pathText(['clusters', key]),
          message: `The guard of ${guarded.join(', ')} would refuse what Terraform changes there.`,
          given: "no role of Terraform's",
          allowed: cluster.kind === 'self-managed' ? 'guards on other namespaces' : 'account.roleArn or deployers',
          fix:
            cluster.kind === 'self-managed'
              ? 'Remove the guard before you change bindings in the namespace.'
              : "Add the ARN of Terraform's role to deployers.",
        },
      ];
    });
  },
};
