import { defineStacks } from '../../examples/library';
import { synthesized } from '../synthesized';

describe('the constructs without an access file', () => {
  test('create these stacks', () => {
    const stacks = synthesized(defineStacks);

    const types = Object.entries(stacks).map(([name, { resource = {} }]) => [name, Object.keys(resource).sort()]);
    expect(Object.fromEntries(types)).toEqual({
      access: [
        'aws_eks_identity_provider_config',
        'okta_app_group_assignments',
        'okta_app_oauth',
        'okta_auth_server',
        'okta_auth_server_claim',
        'okta_auth_server_policy',
        'okta_auth_server_policy_rule',
        'okta_group',
        'okta_group_memberships',
      ],
      'in-cluster': ['kubernetes_manifest', 'kubernetes_namespace_v1', 'kubernetes_role_binding_v1'],
    });
  });
});
