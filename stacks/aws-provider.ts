import type { TerraformStack } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import type { Access, AnyEksCluster } from '../model/file/access';

/**
 * The one AWS provider of a cluster's stack: in its region, only in its account, with the role of its account.
 * Credentials are read from the environment by the provider.
 */
export function awsProvider(stack: TerraformStack, cluster: AnyEksCluster, access: Access): AwsProvider {
  const { region, account } = cluster;
  const tags = { ...access.tags, ...cluster.tags };
  return new AwsProvider(stack, 'Aws', {
    region,
    // Credentials of another account stop here instead of making a cluster there.
    allowedAccountIds: account && [account.id],
    assumeRole: account?.roleArn === undefined ? undefined : [{ roleArn: account.roleArn }],
    defaultTags: Object.keys(tags).length === 0 ? undefined : [{ tags }],
  });
}
