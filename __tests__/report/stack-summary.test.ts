import { stackSummary } from '../../report/stack-summary';

describe('stackSummary', () => {
  test('lists resources by type, with their names in the service', () => {
    const json = {
      resource: {
        okta_app_oauth: { A: { label: 'EKS' } },
        okta_group: { B: { name: 'eks-admins' }, C: { name: 'eks-auditors' } },
        kubernetes_cluster_role_binding_v1: { D: { metadata: { name: 'oidc-view' } } },
        aws_eks_identity_provider_config: { E: { oidc: { identity_provider_config_name: 'Okta' } } },
        aws_eks_access_entry: { F: { principal_arn: 'arn:aws:iam::111122223333:role/deployer' } },
        aws_iam_role_policy_attachment: { G: { role: '${aws_iam_role.R.name}' } },
      },
    };

    const { resources } = stackSummary('okta', [], json);

    expect(resources).toEqual([
      { type: 'okta_app_oauth', name: 'EKS' },
      { type: 'okta_group', name: 'eks-admins' },
      { type: 'okta_group', name: 'eks-auditors' },
      { type: 'kubernetes_cluster_role_binding_v1', name: 'oidc-view' },
      { type: 'aws_eks_identity_provider_config', name: 'Okta' },
      { type: 'aws_eks_access_entry', name: 'arn:aws:iam::111122223333:role/deployer' },
      { type: 'aws_iam_role_policy_attachment', name: '' },
    ]);
  });

  test('lists each output of another stack once', () => {
    const issuer = '${data.terraform_remote_state.okta.outputs.issuer_url}';
    const json = {
      resource: {
        type: { A: { issuer, again: `x-${issuer}`, id: '${data.terraform_remote_state.okta.outputs.client_id_a-b}' } },
      },
    };

    const { reads } = stackSummary('cluster-prod', ['okta'], json);

    expect(reads).toEqual([
      { stack: 'okta', output: 'issuer_url' },
      { stack: 'okta', output: 'client_id_a-b' },
    ]);
  });

  test('is empty for a stack without resources', () => {
    expect(stackSummary('rbac-prod', ['cluster-prod'], {})).toEqual({
      name: 'rbac-prod',
      dependencies: ['cluster-prod'],
      resources: [],
      reads: [],
    });
  });
});
