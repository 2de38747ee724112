import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { constructId } from '../constraints/construct-id';
import { awsPartition } from '../constraints/eks/aws-partition';
import { filterStarts } from '../constraints/okta/claim-filter';
import { AccessAlarms } from '../constructs/eks/access-alarms';
import { BreakGlassEntry } from '../constructs/eks/break-glass-entry';
import { EksCluster, type IEksCluster } from '../constructs/eks/cluster';
import { ClusterAdminEntry } from '../constructs/eks/cluster-admin-entry';
import { EksClusterRole } from '../constructs/eks/cluster-role';
import { ControlPlaneLogGroup, type IControlPlaneLogGroup } from '../constructs/eks/control-plane-log-group';
import { DefaultNetwork } from '../constructs/eks/default-network';
import { OidcIdentityProvider } from '../constructs/eks/oidc-identity-provider';
import type { Access } from '../model/derived/access';
import type { EksCluster as Cluster, CreatedEksCluster, ExistingEksCluster } from '../model/derived/clusters';
import { clientIdOutput } from '../model/derived/sign-in-apps';
import { AccessStack } from './access-stack';
import { awsProvider } from './aws-provider';
import { ISSUER_URL, type OktaStack } from './okta-stack';
import { readOutput } from './state-backend';

export interface ClusterStackProps {
  readonly access: Access;
  readonly cluster: Cluster;
  readonly okta: OktaStack;
}

/** An EKS cluster, created or looked up, with its IAM administrators, alarms, and association with Okta. */
export class ClusterStack extends AccessStack {
  constructor(scope: Construct, id: string, { access, cluster: definition, okta }: ClusterStackProps) {
    super(scope, id, access.backend);
    const { settings } = definition;
    awsProvider(this, definition, access);

    const logGroup = this.logGroup(definition);
    const cluster = this.cluster(definition, logGroup);
    const entries = new Construct(this, 'Deployer');
    const deployers = [...settings.deployers]
      .sort()
      .map((roleArn) => new ClusterAdminEntry(entries, constructId('roleArn', roleArn), { cluster, roleArn }));
    const { breakGlass, alarms } = settings;
    const admins = breakGlass
      ? [...deployers, new BreakGlassEntry(this, 'BreakGlass', { cluster, ...breakGlass })]
      : deployers;
    if (alarms !== undefined) {
      new AccessAlarms(this, 'Alarms', {
        clusterName: cluster.clusterName,
        logGroup,
        topicArn: alarms.topicArn,
        breakGlass: breakGlass !== undefined,
      });
    }

    const { groupsClaim } = access;
    const { identityProvider } = definition;
    new OidcIdentityProvider(this, 'IdentityProvider', {
      cluster,
      issuerUrl: readOutput(this, okta, ISSUER_URL),
      clientId: readOutput(this, okta, clientIdOutput(definition.app)),
      name: identityProvider.name,
      usernameClaim: identityProvider.usernameClaim,
      usernamePrefix: identityProvider.prefix.username,
      groupsClaim: groupsClaim.name,
      groupsPrefix: identityProvider.prefix.groups,
      groupsStartWith: filterStarts(groupsClaim),
      requiredClaims: identityProvider.requiredClaims,
      // If the cluster is replaced, its association is replaced too.
      replaceable: identityProvider.replaceable || settings.replaceable,
      after: admins.map(({ dependable }) => dependable),
    });
    new TerraformOutput(this, 'endpoint', { value: cluster.endpoint });
    new TerraformOutput(this, 'certificate_authority', { value: cluster.certificateAuthority });
  }

  /** The log group of the control plane, created with the cluster: one that EKS creates keeps the logs forever. */
  private logGroup(cluster: Cluster): IControlPlaneLogGroup {
    const { name } = cluster;
    switch (cluster.kind) {
      case 'existing-eks':
        return ControlPlaneLogGroup.fromClusterName(name);
      case 'eks': {
        const { logs, logRetentionDays } = cluster.settings;
        return logs.length === 0
          ? ControlPlaneLogGroup.fromClusterName(name)
          : new ControlPlaneLogGroup(this, 'LogGroup', { clusterName: name, retentionDays: logRetentionDays });
      }
    }
  }

  private cluster(cluster: Cluster, logGroup: IControlPlaneLogGroup): IEksCluster {
    switch (cluster.kind) {
      case 'existing-eks':
        return this.existingCluster(cluster);
      case 'eks':
        return this.createdCluster(cluster, logGroup);
    }
  }

  private existingCluster({ name, settings: { handOver } }: ExistingEksCluster): IEksCluster {
    if (handOver) handOverParts(this);
    return EksCluster.fromName(this, 'Cluster', name, { handOver });
  }

  private createdCluster({ name, roleName, settings }: CreatedEksCluster, logGroup: IControlPlaneLogGroup): EksCluster {
    const role = new EksClusterRole(this, 'Role', {
      roleName,
      partition: awsPartition(settings.region),
      replaceable: settings.replaceable,
    });
    const { version, logs, network, endpoint, secretsKeyArn, supportType, deletionProtection, replaceable } = settings;
    const { authenticationMode } = settings;
    return new EksCluster(this, 'Cluster', {
      name,
      version,
      role,
      ...(network === 'default-vpc'
        ? { subnetIds: new DefaultNetwork(this, 'Network').subnetIds }
        : { subnetIds: [...network.subnetIds].sort(), securityGroupIds: network.securityGroupIds }),
      endpointPrivate: endpoint.private,
      publicCidrs: endpoint.publicCidrs,
      logs,
      logGroup: logGroup instanceof ControlPlaneLogGroup ? logGroup : undefined,
      secretsKeyArn,
      authenticationMode,
      supportType,
      // Omitted if false: versions of the provider before 6 do not know it.
      deletionProtection: deletionProtection || undefined,
      replaceable,
    });
  }
}

/** Makes Terraform forget what it created together with a cluster that is handed over. */
export function handOverParts(stack: AccessStack): void {
  EksClusterRole.handOver(stack, 'Role');
  ControlPlaneLogGroup.handOver(stack, 'LogGroup');
}
