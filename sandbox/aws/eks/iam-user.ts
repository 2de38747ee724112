import type { ApiUser } from '../../../authentication/user-of-claims';
import { awsAuthMappings } from './aws-auth';
import type { AccessEntry, Cluster } from './cluster';
import { principalOf } from './eks';

/**
 * The Kubernetes user of an IAM principal; undefined if the cluster gives it no access. An access entry goes before the
 * ConfigMap.
 * @param arn of a user, or of the session of a role.
 * @see https://docs.aws.amazon.com/eks/latest/userguide/access-entries.html
 */
export async function iamUser(cluster: Cluster, arn: string): Promise<ApiUser | undefined> {
  const principal = principalOf(arn);
  const { authenticationMode, creator, creatorIsAdmin } = cluster;
  if (authenticationMode !== 'CONFIG_MAP') {
    const entry = entryOfArn(cluster, arn);
    if (entry !== undefined) return { name: withSession(entry.username, arn), groups: entry.kubernetesGroups };
  }
  if (authenticationMode === 'API') return undefined;
  if (authenticationMode === 'CONFIG_MAP' && creatorIsAdmin && principal === creator) {
    return { name: 'kubernetes-admin', groups: ['system:masters'] };
  }
  const mapping = awsAuthMappings((await cluster.controlPlane?.awsAuth()) ?? {}).find((each) => each.arn === principal);
  return mapping && { name: withSession(mapping.username, arn), groups: mapping.groups };
}

/** The access entry of a user, or of the role of a session. */
export function entryOfArn({ accessEntries }: Cluster, arn: string): AccessEntry | undefined {
  const principal = principalOf(arn);
  // The ARN of a session does not have the path of its role.
  return [...accessEntries.values()].find(
    ({ principalArn }) => principalArn.replace(/:role\/.*\//, ':role/') === principal,
  );
}

/** EKS replaces characters that some names in Kubernetes cannot have. */
function withSession(username: string, arn: string): string {
  const [, , session = ''] = arn.split('/');
  return username.replaceAll('{{SessionName}}', session.replaceAll('@', '-')).replaceAll('{{SessionNameRaw}}', session);
}
