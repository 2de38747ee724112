import type { EKSClient } from '@aws-sdk/client-eks';
import type { EksCluster } from '../../model/derived/clusters';
import { requestHandler } from './request-handler';

/** What the clients of a cluster differ in: its region and the role that asks. */
export function clientKey({ settings: { region, account } }: EksCluster): string {
  return `${region} ${account?.roleArn ?? ''}`;
}

/** How a client of the AWS SDK asks about a cluster: with the credentials of the SDK, or with the role of the cluster. */
export function clientSettings({ settings: { region, account } }: EksCluster) {
  // The SDK warns about versions of Node.js that this package supports.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const { fromTemporaryCredentials } =
    require('@aws-sdk/credential-providers') as typeof import('@aws-sdk/credential-providers');
  return {
    region,
    requestHandler: requestHandler(),
    ...(account?.roleArn !== undefined && {
      credentials: fromTemporaryCredentials({
        params: { RoleArn: account.roleArn, RoleSessionName: 'eks-access' },
        clientConfig: { region, requestHandler: requestHandler() },
      }),
    }),
  };
}

/** A client of EKS for a cluster. */
export function eksClient(cluster: EksCluster): EKSClient {
  // Loaded here, because few commands ask AWS.
  const { EKSClient } = require('@aws-sdk/client-eks') as typeof import('@aws-sdk/client-eks');
  return new EKSClient(clientSettings(cluster));
}
