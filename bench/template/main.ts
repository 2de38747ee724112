// The output of `cdktf init --template typescript`, with the resources of the tutorial.

import {
  provider as aws,
  cloudwatchLogGroup,
  dataAwsAvailabilityZones,
  dataAwsEksCluster,
  dataAwsSubnets,
  dataAwsVpc,
  eksCluster,
  eksIdentityProviderConfig,
  iamRole,
  iamRolePolicyAttachment,
} from '@cdktf/provider-aws';
import { clusterRoleBindingV1, provider as kubernetes } from '@cdktf/provider-kubernetes';
import {
  appGroupAssignments,
  appOauth,
  authServer,
  authServerClaim,
  authServerPolicy,
  authServerPolicyRule,
  group,
  provider as okta,
} from '@cdktf/provider-okta';
import { App, Fn, LocalBackend, TerraformOutput, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';

const REGION = 'us-west-1';
const CLUSTER = 'eks-cluster';

class OktaStack extends TerraformStack {
  readonly backend: LocalBackend;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.backend = new LocalBackend(this, { path: '../../../terraform.okta.tfstate' });
    new okta.OktaProvider(this, 'Okta', { orgName: 'dev-123456', baseUrl: 'okta.com' });

    const admins = new group.Group(this, 'Admins', {
      name: 'eks-admins',
      description: 'Admins who can administer the EKS cluster',
    });
    const app = new appOauth.AppOauth(this, 'App', {
      label: 'EKS',
      type: 'native',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      redirectUris: ['http://localhost:8000', 'http://localhost:18000'],
      tokenEndpointAuthMethod: 'none',
      pkceRequired: true,
      omitSecret: true,
    });
    new appGroupAssignments.AppGroupAssignments(this, 'Assignments', {
      appId: app.id,
      group: [{ id: admins.id, profile: '{}' }],
    });
    const server = new authServer.AuthServer(this, 'Server', {
      name: 'EKS',
      audiences: ['http://localhost:8000'],
      issuerMode: 'ORG_URL',
    });
    new authServerClaim.AuthServerClaim(this, 'Claim', {
      authServerId: server.id,
      name: 'groups',
      claimType: 'IDENTITY',
      alwaysIncludeInToken: true,
      valueType: 'GROUPS',
      groupFilterType: 'STARTS_WITH',
      value: 'eks-',
    });
    const policy = new authServerPolicy.AuthServerPolicy(this, 'Policy', {
      authServerId: server.id,
      name: 'EKS',
      description: 'EKS',
      priority: 1,
      clientWhitelist: [app.clientId],
    });
    new authServerPolicyRule.AuthServerPolicyRule(this, 'Rule', {
      authServerId: server.id,
      policyId: policy.id,
      name: 'AuthCode + PKCE',
      priority: 1,
      grantTypeWhitelist: ['authorization_code'],
      scopeWhitelist: ['*'],
      groupWhitelist: ['EVERYONE'],
    });
    new TerraformOutput(this, 'issuer_url', { value: server.issuer, staticId: true });
    new TerraformOutput(this, 'client_id', { value: app.clientId, staticId: true });
  }
}

class ClusterStack extends TerraformStack {
  constructor(scope: Construct, id: string, oktaStack: OktaStack) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new aws.AwsProvider(this, 'Aws', { region: REGION });
    const state = oktaStack.backend.getRemoteStateDataSource(this, 'State', 'okta');
    this.addDependency(oktaStack);

    const vpc = new dataAwsVpc.DataAwsVpc(this, 'Vpc', { default: true });
    const zones = new dataAwsAvailabilityZones.DataAwsAvailabilityZones(this, 'Zones', {
      excludeZoneIds: ['cac1-az3', 'use1-az3', 'usw1-az2'],
      filter: [{ name: 'zone-type', values: ['availability-zone'] }],
    });
    const subnets = new dataAwsSubnets.DataAwsSubnets(this, 'Subnets', {
      filter: [
        { name: 'vpc-id', values: [vpc.id] },
        { name: 'default-for-az', values: ['true'] },
        { name: 'availability-zone-id', values: zones.zoneIds },
      ],
    });
    const role = new iamRole.IamRole(this, 'Role', {
      name: 'EKSCluster',
      assumeRolePolicy: JSON.stringify({
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      }),
    });
    const policy = new iamRolePolicyAttachment.IamRolePolicyAttachment(this, 'RolePolicy', {
      role: role.name,
      policyArn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    });
    const logGroup = new cloudwatchLogGroup.CloudwatchLogGroup(this, 'LogGroup', {
      name: `/aws/eks/${CLUSTER}/cluster`,
      retentionInDays: 90,
    });
    const cluster = new eksCluster.EksCluster(this, 'Cluster', {
      name: CLUSTER,
      roleArn: role.arn,
      vpcConfig: { subnetIds: subnets.ids },
      enabledClusterLogTypes: ['api', 'audit', 'authenticator'],
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: true },
      dependsOn: [policy, logGroup],
    });
    new eksIdentityProviderConfig.EksIdentityProviderConfig(this, 'IdentityProvider', {
      clusterName: cluster.name,
      oidc: {
        identityProviderConfigName: 'Okta',
        issuerUrl: state.getString('issuer_url'),
        clientId: state.getString('client_id'),
        usernameClaim: 'email',
        usernamePrefix: 'okta:',
        groupsClaim: 'groups',
        groupsPrefix: 'okta:',
      },
      timeouts: { create: '60m', delete: '60m' },
      lifecycle: { preventDestroy: true },
    });
    new TerraformOutput(this, 'endpoint', { value: cluster.endpoint });
    new TerraformOutput(this, 'certificate_authority', { value: cluster.certificateAuthority.get(0).data });
  }
}

class RbacStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new LocalBackend(this, { path: `../../../terraform.${id}.tfstate` });
    new aws.AwsProvider(this, 'Aws', { region: REGION });
    const cluster = new dataAwsEksCluster.DataAwsEksCluster(this, 'Cluster', { name: CLUSTER });
    new kubernetes.KubernetesProvider(this, 'Kubernetes', {
      host: cluster.endpoint,
      clusterCaCertificate: Fn.base64decode(cluster.certificateAuthority.get(0).data),
      exec: [
        {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: 'aws',
          args: ['eks', 'get-token', '--cluster-name', CLUSTER, '--region', REGION],
        },
      ],
    });
    new clusterRoleBindingV1.ClusterRoleBindingV1(this, 'Admins', {
      metadata: { name: 'oidc-cluster-admin' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'okta:eks-admins', namespace: '' }],
    });
  }
}

const app = new App();
const oktaStack = new OktaStack(app, 'okta');
const clusterStack = new ClusterStack(app, 'cluster-eks-cluster', oktaStack);
new RbacStack(app, 'rbac-eks-cluster').addDependency(clusterStack);
app.synth();
