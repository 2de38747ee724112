import directory from '../../examples/directory';
import { resources, type StackJson, synthesizedAccess, theResource } from '../synthesized';
import { matrixOf } from './matrix-of';

const stacks = synthesizedAccess(directory);
const okta = stacks.okta as StackJson;
const [ofOrders, ofPayroll] = ['orders', 'payroll'].map((key) => stacks[`rbac-${key}`] as StackJson);

describe('the directory example', () => {
  test('has this matrix', () => {
    expect(matrixOf(directory)).toMatchSnapshot();
  });

  test('has no warning', () => {
    expect(directory.warnings).toEqual([]);
  });

  test('makes the groups claim by an expression, and the claim of employees', () => {
    const claims = resources(okta, 'okta_auth_server_claim').map(({ name, value_type, value }) => [
      name,
      value_type,
      value,
    ]);

    expect(claims.sort()).toEqual([
      ['employee', 'EXPRESSION', 'user.employeeNumber'],
      ['groups', 'EXPRESSION', expect.stringContaining('Groups.startsWith("active_directory", "EKS", 100)')],
    ]);
  });

  test('looks the group of the directory up by its type, and makes the others', () => {
    expect(Object.values(okta.data?.okta_group ?? {})).toMatchObject([{ name: 'EKS Developers', type: 'APP_GROUP' }]);
    expect(
      resources(okta, 'okta_group')
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['eks-admins', 'eks-auditors']);
  });

  test('knows people on each cluster as its identity provider says', () => {
    const oidc = (key: string) =>
      theResource(stacks[`cluster-${key}`] as StackJson, 'aws_eks_identity_provider_config').oidc;

    expect(oidc('orders')).toMatchObject({ username_claim: 'email', groups_prefix: 'okta:' });
    expect(oidc('payroll')).toMatchObject({ username_claim: 'employee', groups_prefix: 'corp:' });
  });

  test('binds the role that exists, and makes the one that widens view on every cluster', () => {
    expect(resources(ofOrders, 'kubernetes_role_binding_v1')).toMatchObject([{ role_ref: { name: 'argocd-viewer' } }]);
    for (const rbac of [ofOrders, ofPayroll]) {
      expect(theResource(rbac, 'kubernetes_cluster_role_v1').metadata).toMatchObject({
        name: 'certificate-reader',
        labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
      });
    }
  });

  test('keeps each state under the name of its stack', () => {
    expect((okta.terraform as { backend: object }).backend).toEqual({
      gcs: { bucket: 'terraform-states', prefix: 'okta-eks-access/okta' },
    });
  });
});
