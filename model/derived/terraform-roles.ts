import { isEks } from './cluster-kinds';
import type { Cluster } from './clusters';

/** ARNs of the IAM roles with which Terraform works on a cluster, as far as the file names them, sorted. */
export function terraformRoles(cluster: Cluster): readonly string[] {
  if (!isEks(cluster)) return [];
  const { account, deployers } = cluster.settings;
  return [...new Set([...deployers, ...(account?.roleArn === undefined ? [] : [account.roleArn])])].sort();
}

/**
 * The start of the Kubernetes user names of an IAM role's sessions, as its access entry defines them.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/creating-access-entries.html
 */
export function sessionUserPrefix(roleArn: string): string {
  const [, partition, , , account, role = ''] = roleArn.split(':');
  // The ARN of a session has the name of the role without its path.
  return `arn:${partition}:sts::${account}:assumed-role/${role.split('/').at(-1)}/`;
}
