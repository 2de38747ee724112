import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { awsPartition } from '../constructs/eks/aws-partition';
import { EksCluster, type IEksCluster } from '../constructs/eks/cluster';
import { ClusterAdminEntry } from '../constructs/eks/cluster-admin-entry';
import { EksClusterRole } from '../constructs/eks/cluster-role';
import { DefaultNetwork } from '../constructs/eks/default-network';
import { OidcIdentityProvider } from '../constructs/eks/oidc-identity-provider';
import { type Access, appName, type Cluster, clusterName, roleName } from '../model/access';
import { clientIdOutput } from '../model/sign-in-apps';
import { AccessStack } from './access-stack';
import { awsProvider } from './aws-provider';
import { ISSUER_URL, type OktaStack } from './okta-stack';
import { readOutput } from './state-backend';

export interface ClusterStackProps {
  readonly access: Access;
  /** Key of the cluster in the access file. */
  readonly clusterKey: string;
  readonly cluster: Cluster;
  readonly okta: OktaStack;
}

/** One cluster: its role and control plane or a look-up, who administers it without Okta, the association with Okta. */
export class ClusterStack extends AccessStack {
  constructor(scope: Construct, id: string, { access, clusterKey, cluster: settings, okta }: ClusterStackProps) {
    super(scope, id);
    awsProvider(this, settings, access);

    const cluster = this.cluster(clusterKey, settings);
    const entries = new Construct(this, 'Deployer');
    const deployers = [...settings.deployers]
      .sort()
      // A `/` in an id becomes `--`, which a role's name may contain as well; `:` it may not.
      .map((roleArn) => new ClusterAdminEntry(entries, roleArn.replaceAll('/', ':'), { cluster, roleArn }));

    const { identityProvider, groupsClaim } = access;
    new OidcIdentityProvider(this, 'IdentityProvider', {
      cluster,
      issuerUrl: readOutput(this, okta, ISSUER_URL),
      clientId: readOutput(this, okta, clientIdOutput(appName(clusterKey, settings))),
      name: identityProvider.name,
      usernameClaim: identityProvider.usernameClaim,
      usernamePrefix: identityProvider.prefix.username,
      groupsClaim: groupsClaim.name,
      groupsPrefix: identityProvider.prefix.groups,
      requiredClaims: identityProvider.requiredClaims,
      replaceable: identityProvider.replaceable,
      after: deployers.map(({ dependable }) => dependable),
    });
    new TerraformOutput(this, 'endpoint', { value: cluster.endpoint });
    new TerraformOutput(this, 'certificate_authority', { value: cluster.certificateAuthority });
  }

  private cluster(key: string, settings: Cluster): IEksCluster {
    const name = clusterName(key, settings);
    if (settings.kind === 'existing-eks') return EksCluster.fromName(this, 'Cluster', name);
    const role = new EksClusterRole(this, 'Role', {
      roleName: roleName(key, settings),
      partition: awsPartition(settings.region),
    });
    const { subnetIds } = new DefaultNetwork(this, 'Network');
    return new EksCluster(this, 'Cluster', { name, version: settings.version, role, subnetIds, logs: settings.logs });
  }
}
