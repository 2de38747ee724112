import access from '../../examples/tutorial';
import { NATIVE_APP } from '../native-app';
import { type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';

/** What the tutorial builds by hand, in the order of its table. */
describe('the tutorial as published', () => {
  const stacks = synthesizedAccess(access);
  const okta = stacks.okta as StackJson;
  const cluster = stacks['cluster-eks-cluster'] as StackJson;
  const rbac = stacks['rbac-eks-cluster'] as StackJson;

  test('has the stacks of one cluster', () => {
    expect(Object.keys(stacks).sort()).toEqual(['cluster-eks-cluster', 'okta', 'rbac-eks-cluster']);
  });

  test('is in the region us-west-1', () => {
    expect([cluster, rbac].map(({ provider }) => provider?.aws)).toEqual([
      [{ region: 'us-west-1' }],
      [{ region: 'us-west-1' }],
    ]);
  });

  test('Okta group: eks-admins with its description', () => {
    expect(theResource(okta, 'okta_group')).toEqual({
      name: 'eks-admins',
      description: 'Admins who can administer the EKS cluster',
      lifecycle: { create_before_destroy: true },
    });
  });

  test('members: come from elsewhere', () => {
    expect(okta.resource?.okta_group_memberships).toBeUndefined();
    expect(okta.resource?.okta_group_rule).toBeUndefined();
  });

  test('OIDC client: native, authorization code only, one redirect on port 8000, PKCE, no secret', () => {
    expect(theResource(okta, 'okta_app_oauth')).toEqual({
      ...NATIVE_APP,
      redirect_uris: ['http://localhost:8000'],
      post_logout_redirect_uris: ['http://localhost:8000'],
    });
  });

  test('who may use it: everyone in the organization', () => {
    expect(theResource(okta, 'okta_app_group_assignments')).toEqual({
      app_id: `\${${theAddress(okta, 'okta_app_oauth')}.id}`,
      group: [{ id: `\${${theAddress(okta, 'data.okta_everyone_group')}.id}`, profile: '{}' }],
    });
  });

  test('authorization server: EKS with the audience http://localhost:8000', () => {
    expect(theResource(okta, 'okta_auth_server')).toEqual({
      name: 'EKS',
      audiences: ['http://localhost:8000'],
      issuer_mode: 'ORG_URL',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('claim: groups that start with eks-, always in the ID token, for any scope', () => {
    const server = theAddress(okta, 'okta_auth_server');

    expect(theResource(okta, 'okta_auth_server_claim')).toEqual({
      auth_server_id: `\${${server}.id}`,
      name: 'groups',
      claim_type: 'IDENTITY',
      value_type: 'GROUPS',
      group_filter_type: 'STARTS_WITH',
      value: 'eks-',
      always_include_in_token: true,
      lifecycle: { replace_triggered_by: [`${server}.id`] },
    });
  });

  test('access policy: EKS, for the client EKS alone', () => {
    const server = theAddress(okta, 'okta_auth_server');

    expect(theResource(okta, 'okta_auth_server_policy')).toEqual({
      auth_server_id: `\${${server}.id}`,
      name: 'EKS',
      description: 'EKS',
      client_whitelist: [`\${${theAddress(okta, 'okta_app_oauth')}.client_id}`],
      priority: 1,
      lifecycle: { replace_triggered_by: [`${server}.id`] },
    });
  });

  test('rule: AuthCode + PKCE, authorization code, any user assigned the app, any scope', () => {
    expect(theResource(okta, 'okta_auth_server_policy_rule')).toMatchObject({
      name: 'AuthCode + PKCE',
      priority: 1,
      grant_type_whitelist: ['authorization_code'],
      group_whitelist: ['EVERYONE'],
      scope_whitelist: ['*'],
    });
  });

  test('cluster role: EKSCluster, trusted by EKS, with AmazonEKSClusterPolicy', () => {
    const role = theResource(cluster, 'aws_iam_role');

    expect(role.name).toBe('EKSCluster');
    expect(JSON.parse(role.assume_role_policy).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(theResource(cluster, 'aws_iam_role_policy_attachment')).toEqual({
      role: `\${${theAddress(cluster, 'aws_iam_role')}.name}`,
      policy_arn: 'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    });
  });

  test('cluster: eks-cluster in the default network, no logging', () => {
    expect(theResource(cluster, 'aws_eks_cluster')).toEqual({
      lifecycle: { prevent_destroy: true },
      name: 'eks-cluster',
      role_arn: `\${${theAddress(cluster, 'aws_iam_role')}.arn}`,
      vpc_config: { subnet_ids: `\${${theAddress(cluster, 'data.aws_subnets')}.ids}` },
      enabled_cluster_log_types: [],
      access_config: { authentication_mode: 'API', bootstrap_cluster_creator_admin_permissions: true },
      depends_on: [theAddress(cluster, 'aws_iam_role_policy_attachment')],
    });
    expect(theData(cluster, 'aws_vpc')).toEqual({ default: true });
  });

  test('identity provider: Okta, issuer and client id of Okta, claims email and groups, no prefixes', () => {
    expect(theResource(cluster, 'aws_eks_identity_provider_config')).toMatchObject({ cluster_name: 'eks-cluster' });
    expect(theResource(cluster, 'aws_eks_identity_provider_config').oidc).toEqual({
      identity_provider_config_name: 'Okta',
      issuer_url: '${data.terraform_remote_state.okta.outputs.issuer_url}',
      client_id: '${data.terraform_remote_state.okta.outputs.client_id_EKS}',
      username_claim: 'email',
      groups_claim: 'groups',
    });
    expect(okta.output).toEqual({
      issuer_url: { value: `\${${theAddress(okta, 'okta_auth_server')}.issuer}` },
      client_id_EKS: { value: `\${${theAddress(okta, 'okta_app_oauth')}.client_id}` },
    });
  });

  test('RBAC: ClusterRoleBinding oidc-cluster-admin of the ClusterRole cluster-admin to the Group eks-admins', () => {
    expect(theResource(rbac, 'kubernetes_cluster_role_binding_v1')).toEqual({
      metadata: { name: 'oidc-cluster-admin' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ kind: 'Group', name: 'eks-admins', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
  });

  test('gets warnings about what this project corrects', () => {
    expect(access.warnings.map(({ check }) => check)).toEqual([
      'no-prefix',
      'everyone-assigned',
      'open-endpoint',
      'no-audit-log',
      'sensitive-grant',
    ]);
  });

  test.each(Object.keys(stacks))('matches the snapshot of the stack %s', (name) => {
    expect(stacks[name]).toMatchSnapshot();
  });
});
