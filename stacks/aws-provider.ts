import type { TerraformStack } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import type { Access } from '../model/derived/access';
import type { EksCluster } from '../model/derived/clusters';

/**
 * The one AWS provider of a cluster's stack: in its region, only in its account, with the role of its account.
 * Credentials are read from the environment by the provider.
 */
export function awsProvider(stack: TerraformStack, { settings }: EksCluster, access: Access): AwsProvider {
  const { region, account } = settings;
  const tags = { ...access.tags, ...settings.tags };
  return new AwsProvider(stack, 'Aws', {
    region,
    // Credentials of another account stop here instead of making a cluster there.
    allowedAccountIds: account && [account.id],
    assumeRole: account?.roleArn === undefined ? undefined : [{ roleArn: account.roleArn }],
    defaultTags: Object.keys(tags).length === 0 ? undefined : [{ tags }],
  });
}
