import { join } from 'node:path';
import type { Access } from '../../model';
import { eksClusters } from '../../model/derived/clusters';
import type { KubeconfigProps } from '../api-server/kubeconfig';
import type { RealApiServer, RealCluster } from '../api-server/real';
import type { AwsTools } from '../tools/python-environment';
import type { LocalAws } from './local-aws';

export interface AwsContextsProps {
  readonly tools: AwsTools;
  readonly access: Access;
  readonly clusters: readonly RealCluster[];
  readonly servers: ReadonlyMap<string, RealApiServer>;
}

/** A context such as `production/on-call` for each IAM role that has access, which signs in with `aws eks get-token`. */
export function awsContexts(
  { environment }: LocalAws,
  { tools, access, clusters, servers }: AwsContextsProps,
): readonly KubeconfigProps[] {
  const env = Object.entries(environment).flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
  return eksClusters(access).flatMap(({ key, name, settings: { region } }) => {
    const server = servers.get(key);
    const sessions = clusters.find((cluster) => cluster.key === key)?.iamSessions ?? [];
    if (server === undefined) return [];
    return sessions.map(({ principalArn }) => ({
      ...{ name: `${key}/${principalArn.split('/').at(-1)}`, server: server.url, caPem: server.caPem },
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1beta1',
          command: join(tools.folder, 'aws'),
          args: ['eks', 'get-token', '--cluster-name', name, '--region', region, '--role-arn', principalArn],
          ...{ env, interactiveMode: 'Never' },
        },
      },
    }));
  });
}
