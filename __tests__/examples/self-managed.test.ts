import selfManaged from '../../examples/self-managed';
import { NATIVE_APP } from '../native-app';
import { resources, type StackJson, synthesizedAccess, theAddress, theResource } from '../synthesized';
import { matrixOf } from './matrix-of';

const stacks = synthesizedAccess(selfManaged);
const [okta, rbac] = [stacks.okta as StackJson, stacks['rbac-lab'] as StackJson];

describe('table D, self-managed clusters', () => {
  test('has this matrix', () => {
    expect(matrixOf(selfManaged)).toMatchSnapshot();
  });

  test('has one warning, about the missing prefix', () => {
    expect(selfManaged.warnings.map(({ check }) => check)).toEqual(['no-prefix']);
  });

  test('has Okta and RBAC, without EKS', () => {
    expect(Object.keys(stacks).sort()).toEqual(['okta', 'rbac-lab']);
    expect(Object.keys(rbac.provider ?? {})).toEqual(['kubernetes']);
  });

  test('groups', () => {
    const lifecycle = { create_before_destroy: true };
    expect(resources(okta, 'okta_group')).toEqual([
      { name: 'k8s-admins', description: 'Users who can access k8s cluster as admins', lifecycle },
      {
        name: 'k8s-restricted-users',
        lifecycle,
        description: 'Users who can only view pods and services in default namespace',
      },
    ]);
  });

  test('memberships: users are looked up by their logins', () => {
    const searched = Object.values(okta.data?.okta_user ?? {}).map(({ search }) => search[0].value);

    expect(searched.sort()).toEqual(['ana@example.com', 'ben@example.com', 'cleo@example.com']);
    expect(resources(okta, 'okta_group_memberships').map(({ users }) => users.length)).toEqual([1, 2]);
  });

  test('app', () => {
    expect(theResource(okta, 'okta_app_oauth')).toEqual({
      ...NATIVE_APP,
      label: 'k8s OIDC',
      redirect_uris: ['http://localhost:8000'],
      post_logout_redirect_uris: ['http://localhost:8000'],
    });
  });

  test('assignments: both groups in one list', () => {
    expect(theResource(okta, 'okta_app_group_assignments').group).toHaveLength(2);
  });

  test('authorization server', () => {
    expect(theResource(okta, 'okta_auth_server').name).toBe('k8s-auth');
    expect(theResource(okta, 'okta_auth_server_claim')).toMatchObject({
      name: 'groups',
      group_filter_type: 'STARTS_WITH',
      value: 'k8s-',
      claim_type: 'IDENTITY',
    });
  });

  test('policy, rule', () => {
    expect(theResource(okta, 'okta_auth_server_policy')).toMatchObject({
      name: 'k8s OIDC',
      client_whitelist: [`\${${theAddress(okta, 'okta_app_oauth')}.client_id}`],
    });
    expect(theResource(okta, 'okta_auth_server_policy_rule')).toMatchObject({
      name: 'AuthCode + PKCE',
      scope_whitelist: ['*'],
      group_whitelist: ['EVERYONE'],
      grant_type_whitelist: ['authorization_code'],
    });
  });

  test('RBAC', () => {
    expect(theResource(rbac, 'kubernetes_cluster_role_binding_v1')).toEqual({
      metadata: { name: 'oidc-cluster-admin' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ kind: 'Group', name: 'k8s-admins', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
    expect(theResource(rbac, 'kubernetes_role_v1')).toEqual({
      metadata: { name: 'restricted-user', namespace: 'default' },
      rule: [{ api_groups: [''], resources: ['pods', 'services'], verbs: ['get', 'list', 'watch'] }],
    });
    expect(theResource(rbac, 'kubernetes_role_binding_v1')).toEqual({
      metadata: { name: 'oidc-restricted-user', namespace: 'default' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'Role', name: 'restricted-user' },
      subject: [{ kind: 'Group', name: 'k8s-restricted-users', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
  });

  test('uses the context of a kubeconfig', () => {
    expect(rbac.provider?.kubernetes).toEqual([
      { config_path: '~/.kube/config', config_context: 'kubernetes-admin@lab' },
    ]);
  });
});
