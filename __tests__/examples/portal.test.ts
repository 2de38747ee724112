import portal from '../../examples/portal';
import { resources, type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';
import { matrixOf } from './matrix-of';

const stacks = synthesizedAccess(portal);
const clusters = ['development', 'staging', 'production'];
const [okta] = [stacks.okta as StackJson];

describe('table B, the portal', () => {
  test('has this matrix', () => {
    expect(matrixOf(portal)).toMatchSnapshot();
  });

  test('has no warning', () => {
    expect(portal.warnings).toEqual([]);
  });

  test.each(clusters)('existing clusters: %s is looked up and associated, never recreated', (key) => {
    const stack = stacks[`cluster-${key}`] as StackJson;

    expect(theData(stack, 'aws_eks_cluster')).toEqual({ name: key === 'production' ? 'production-2021' : key });
    expect(resources(stack, 'aws_eks_identity_provider_config')).toHaveLength(1);
    expect(resources(stack, 'aws_eks_cluster')).toEqual([]);
    expect(resources(stack, 'aws_cloudwatch_log_group')).toEqual([]);
  });

  test('existing clusters: an association may take as long as an upgrade', () => {
    const { timeouts } = theResource(stacks['cluster-staging'], 'aws_eks_identity_provider_config');

    expect(timeouts).toEqual({ create: '60m', delete: '60m' });
  });

  test('why: a new user is a member of a group, and a grant is one reviewed line', () => {
    const { users, track_all_users } = theResource(okta, 'okta_group_memberships');

    expect(users).toHaveLength(2);
    expect(track_all_users).toBe(true);
    expect(theResource(okta, 'okta_group_rule').expression_value).toBe('user.department == "Checkout"');
  });

  test('multi-cluster: one app, so that one sign-in serves all clusters', () => {
    expect(theResource(okta, 'okta_app_oauth').label).toBe('Portal');
    const clients = clusters.map(
      (key) => theResource(stacks[`cluster-${key}`], 'aws_eks_identity_provider_config').oidc.client_id,
    );
    expect(new Set(clients)).toEqual(new Set(['${data.terraform_remote_state.okta.outputs.client_id_Portal}']));
  });

  test('uses the existing authorization server and group', () => {
    expect(resources(okta, 'okta_auth_server')).toEqual([]);
    expect(theData(okta, 'okta_auth_server').name).toBe('EKS');
    expect(theData(okta, 'okta_group').name).toBe('eks-everyone');
    expect(okta.output?.issuer_url?.value).toBe(`\${${theAddress(okta, 'data.okta_auth_server')}.issuer}`);
  });
});
