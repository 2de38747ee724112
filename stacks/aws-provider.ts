import type { TerraformStack } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import type { Access } from '../model/derived/access';
import type { EksCluster } from '../model/derived/clusters';

/**
 * The one AWS provider of a cluster's stack, in the region of the cluster. If the file names an account, the provider
 * works only there, with the role of the account. It reads credentials from the environment.
 */
export function awsProvider(stack: TerraformStack, { settings }: EksCluster, access: Access): AwsProvider {
  const { region, account } = settings;
  const tags = { ...access.tags, ...settings.tags };
  return new AwsProvider(stack, 'Aws', {
    region,
    // Credentials of another account fail here instead of creating a cluster there.
    allowedAccountIds: account && [account.id],
    assumeRole: account?.roleArn === undefined ? undefined : [{ roleArn: account.roleArn }],
    defaultTags: Object.keys(tags).length === 0 ? undefined : [{ tags }],
  });
}
