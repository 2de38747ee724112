import { accessWith } from '../access-files';
import { guardResources } from '../constructs/kubernetes/guards';
import { type StackJson, synthesizedAccess } from '../synthesized';

const DEPLOYER = 'arn:aws:iam::111122223333:role/deployer';
const EKS = { kind: 'eks', region: 'eu-west-1', deployers: [DEPLOYER] };

/** The policies of the stack of guards, by name. */
function policies(stack: StackJson | undefined): Readonly<Record<string, Record<string, unknown>>> {
  const manifests = guardResources(stack as StackJson).map(({ manifest }) => manifest);
  return Object.fromEntries(
    manifests.flatMap(({ kind, metadata, spec }) =>
      kind === 'ValidatingAdmissionPolicy' ? [[metadata.name, spec] as const] : [],
    ),
  );
}

describe('the guard of the system namespaces', () => {
  const stacks = synthesizedAccess(
    accessWith({
      groups: { 'eks-admins': {}, 'eks-ops': {} },
      guards: { systemNamespaces: ['eks-admins', 'system:serviceaccounts:cert-manager'] },
      clusters: { prod: EKS, test: { ...EKS, guards: { systemNamespaces: ['eks-ops'] } }, lab: EKS },
    }),
  );

  test('lets the groups of the file and sessions of Terraform pass, and is the only one', () => {
    const guards = policies(stacks['guards-prod']);

    expect(Object.keys(guards)).toEqual(['oidc-system-namespaces']);
    expect(guards['oidc-system-namespaces']?.validations).toMatchObject([
      { expression: expect.stringContaining('["okta:eks-admins","system:serviceaccounts:cert-manager"]') },
    ]);
    expect(guards['oidc-system-namespaces']?.matchConditions).toContainEqual({
      name: 'not-an-exempt-user',
      expression: expect.stringContaining('arn:aws:sts::111122223333:assumed-role/deployer/'),
    });
  });

  test("lets the groups of the cluster's own guard pass instead", () => {
    expect(policies(stacks['guards-test'])['oidc-system-namespaces']?.validations).toMatchObject([
      { expression: expect.stringContaining('["okta:eks-ops"]') },
    ]);
  });
});
