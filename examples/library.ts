import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import { OktaProvider } from '@cdktf/provider-okta/lib/provider';
import { App, TerraformStack } from 'cdktf';
import {
  AccessPolicy,
  AppGroupAssignments,
  AuthorizationServer,
  EksCluster,
  GroupMembers,
  GroupSubject,
  Namespace,
  NativeApp,
  OidcIdentityProvider,
  OktaGroup,
  RoleBinding,
  SecretDeletionGuard,
  validateAll,
} from '../constructs';

/** The constructs in your own stacks, without an access file. In your project, import them from `okta-eks-access/constructs`. */
export function defineStacks(app: App): void {
  const access = new TerraformStack(app, 'access');
  new OktaProvider(access, 'Okta', { orgName: 'dev-123456', baseUrl: 'okta.com' });
  new AwsProvider(access, 'Aws', { region: 'eu-west-1' });

  const group = new OktaGroup(access, 'Developers', { name: 'eks-developers' });
  new GroupMembers(access, 'Members', { group, logins: ['ana@example.com'] });
  const nativeApp = new NativeApp(access, 'App', { label: 'EKS', refresh: {} });
  new AppGroupAssignments(access, 'Assignments', { app: nativeApp, groups: [group] });
  const authorizationServer = new AuthorizationServer(access, 'Server', { name: 'EKS', groupsStartWith: 'eks-' });
  new AccessPolicy(access, 'Policy', {
    authorizationServer,
    name: 'EKS',
    app: nativeApp,
    refreshLifetimeMinutes: 720,
    refreshIdleMinutes: 120,
  });
  new OidcIdentityProvider(access, 'IdentityProvider', {
    cluster: EksCluster.fromName(access, 'Cluster', 'production'),
    issuerUrl: authorizationServer.issuerUrl,
    clientId: nativeApp.clientId,
  });

  const inCluster = new TerraformStack(app, 'in-cluster');
  new KubernetesProvider(inCluster, 'Kubernetes', { configPath: '~/.kube/config', configContext: 'production' });
  const subjects = [new GroupSubject('eks-developers')];
  const namespace = new Namespace(inCluster, 'Shop', { name: 'shop', podSecurity: 'restricted' });
  new RoleBinding(inCluster, 'Developers', { namespace, role: 'edit', roleKind: 'ClusterRole', subjects });
  new SecretDeletionGuard(inCluster, 'Guard', { subjects });
}

if (require.main === module) {
  const app = new App();
  defineStacks(app);
  validateAll(app);
  app.synth();
}
