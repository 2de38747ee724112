import { NATIVE_APP } from '../native-app';
import access from '../starting-file';
import { type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';

/** The tutorial with this project's corrections, in the order of the tutorial's table. */
describe('the access file that the project starts with', () => {
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

  test('Okta group: as in the source', () => {
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

  test("OIDC client: as in the source, and a redirect on kubelogin's second port", () => {
    expect(theResource(okta, 'okta_app_oauth')).toEqual(NATIVE_APP);
  });

  test('who may use it: the groups with a grant, not everyone', () => {
    expect(theResource(okta, 'okta_app_group_assignments')).toEqual({
      app_id: `\${${theAddress(okta, 'okta_app_oauth')}.id}`,
      group: [{ id: `\${${theAddress(okta, 'okta_group')}.id}`, profile: '{}' }],
    });
    expect(okta.data).toBeUndefined();
  });

  test('authorization server: as in the source', () => {
    expect(theResource(okta, 'okta_auth_server')).toEqual({
      name: 'EKS',
      audiences: ['http://localhost:8000'],
      issuer_mode: 'ORG_URL',
      lifecycle: { prevent_destroy: true },
    });
  });

  test('claim: as in the source', () => {
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

  test('access policy: as in the source', () => {
    expect(theResource(okta, 'okta_auth_server_policy')).toMatchObject({
      name: 'EKS',
      description: 'EKS',
      client_whitelist: [`\${${theAddress(okta, 'okta_app_oauth')}.client_id}`],
      priority: 1,
    });
  });

  test('rule: as in the source', () => {
    expect(theResource(okta, 'okta_auth_server_policy_rule')).toMatchObject({
      name: 'AuthCode + PKCE',
      priority: 1,
      grant_type_whitelist: ['authorization_code'],
      group_whitelist: ['EVERYONE'],
      scope_whitelist: ['*'],
    });
  });

  test('cluster role: as in the source, by roleName', () => {
    const role = theResource(cluster, 'aws_iam_role');

    expect(role.name).toBe('EKSCluster');
    expect(JSON.parse(role.assume_role_policy).Statement).toEqual([
      { Effect: 'Allow', Principal: { Service: 'eks.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(theResource(cluster, 'aws_iam_role_policy_attachment').policy_arn).toBe(
      'arn:aws:iam::aws:policy/AmazonEKSClusterPolicy',
    );
  });

  test('cluster: the same networking, logs on', () => {
    expect(theResource(cluster, 'aws_eks_cluster')).toMatchObject({
      name: 'eks-cluster',
      vpc_config: { subnet_ids: `\${${theAddress(cluster, 'data.aws_subnets')}.ids}` },
      enabled_cluster_log_types: ['api', 'audit', 'authenticator'],
    });
    expect(theData(cluster, 'aws_vpc')).toEqual({ default: true });
  });

  test('identity provider: as in the source, with the prefix okta: before users and groups', () => {
    expect(theResource(cluster, 'aws_eks_identity_provider_config').oidc).toEqual({
      identity_provider_config_name: 'Okta',
      issuer_url: '${data.terraform_remote_state.okta.outputs.issuer_url}',
      client_id: '${data.terraform_remote_state.okta.outputs.client_id_EKS}',
      username_claim: 'email',
      username_prefix: 'okta:',
      groups_claim: 'groups',
      groups_prefix: 'okta:',
    });
  });

  test('RBAC: as in the source, with the subject of prefix and group', () => {
    expect(theResource(rbac, 'kubernetes_cluster_role_binding_v1')).toEqual({
      metadata: { name: 'oidc-cluster-admin' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ kind: 'Group', name: 'okta:eks-admins', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
  });

  test('gets warnings about what an organization would restrict', () => {
    expect(access.warnings.map(({ check, path }) => [check, path])).toEqual([
      ['open-endpoint', 'clusters.eks-cluster.endpoint'],
      ['sensitive-grant', 'grants[0]'],
    ]);
  });

  test.each(Object.keys(stacks))('matches the snapshot of the stack %s', (name) => {
    expect(stacks[name]).toMatchSnapshot();
  });
});
