import { CONTROL_PLANE_LOGS } from '../../../constraints/eks/control-plane-logs';
import {
  type AccessEntry,
  type AssociatedPolicy,
  type Association,
  type Cluster,
  serviceAccountIssuer,
  type Update,
} from './cluster';
import type { ClusterVersion } from './cluster-versions';

/** A cluster as EKS answers it. */
export function clusterAnswer(cluster: Cluster): object {
  const { controlPlane, logs, settings, authenticationMode, creatorIsAdmin } = cluster;
  const [on, off] = [true, false].map((enabled) => ({
    types: CONTROL_PLANE_LOGS.filter((type) => logs.has(type) === enabled),
    enabled,
  }));
  return {
    name: cluster.name,
    arn: cluster.arn,
    createdAt: seconds(cluster.createdAt),
    version: cluster.version,
    ...(controlPlane && {
      endpoint: controlPlane.endpoint,
      certificateAuthority: { data: Buffer.from(controlPlane.caPem).toString('base64') },
    }),
    roleArn: cluster.roleArn,
    resourcesVpcConfig: {
      ...cluster.resourcesVpcConfig,
      ...{ clusterSecurityGroupId: 'sg-00000000000000000', vpcId: 'vpc-00000000000000000' },
    },
    kubernetesNetworkConfig: {
      ...{ serviceIpv4Cidr: '10.0.0.0/24', ipFamily: 'ipv4', elasticLoadBalancing: { enabled: false } },
    },
    logging: { clusterLogging: [on, off].filter((part) => part !== undefined && part.types.length > 0) },
    identity: { oidc: { issuer: serviceAccountIssuer(cluster) } },
    status: cluster.status,
    platformVersion: 'eks.1',
    tags: cluster.tags,
    encryptionConfig: [],
    health: { issues: [] },
    ...settings,
    deletionProtection: cluster.deletionProtection,
    accessConfig: { authenticationMode, bootstrapClusterCreatorAdminPermissions: creatorIsAdmin },
  };
}

export function updateAnswer(update: Update): object {
  return { ...update, createdAt: seconds(update.createdAt) };
}

export function accessEntryAnswer({ name }: Cluster, { arn, policies: _, ...entry }: AccessEntry): object {
  return {
    ...entry,
    ...{ clusterName: name, accessEntryArn: arn },
    ...{ createdAt: seconds(entry.createdAt), modifiedAt: seconds(entry.modifiedAt) },
  };
}

export function policyAnswer(policy: AssociatedPolicy): object {
  return { ...policy, associatedAt: seconds(policy.associatedAt), modifiedAt: seconds(policy.modifiedAt) };
}

export function associationAnswer({ name }: Cluster, { arn, config, status, tags }: Association): object {
  return { oidc: { ...config, identityProviderConfigArn: arn, clusterName: name, status, tags } };
}

export function versionAnswer({ version, status, isDefault, standardUntil, extendedUntil }: ClusterVersion): object {
  return {
    ...{ clusterVersion: version, clusterType: 'eks', defaultVersion: isDefault, defaultPlatformVersion: 'eks.1' },
    ...{ status: status.toLowerCase().replace('_', '-'), versionStatus: status },
    endOfStandardSupportDate: seconds(Date.parse(standardUntil)),
    endOfExtendedSupportDate: seconds(Date.parse(extendedUntil)),
  };
}

/** Times in the answers of EKS are seconds since 1970. */
function seconds(milliseconds: number): number {
  return milliseconds / 1000;
}
