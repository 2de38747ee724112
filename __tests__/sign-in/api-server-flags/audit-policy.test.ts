import { parse } from 'yaml';
import { auditPolicy } from '../../../sign-in/api-server-flags/audit-policy';
import { clusterWith } from './cluster-with';

// https://kubernetes.io/docs/reference/config-api/apiserver-audit.v1/
describe('the audit policy', () => {
  test('logs the changes of the groups with a grant in full, by their exact names, and no content of secrets', () => {
    expect(
      auditPolicy(clusterWith()),
    ).toBe(`# Audit policy of kube-apiserver, for its flags --audit-policy-file=FILE and --audit-log-path=FILE.
# It logs who did what; and what people with a grant on this cluster changed, with its content, except Secrets,
# ConfigMaps, and tokens. Write it again when the access file gives a group its first grant here, or takes its last.
apiVersion: audit.k8s.io/v1
kind: Policy
omitStages:
  - RequestReceived
omitManagedFields: true
rules:
  - level: Metadata
    resources:
      - group: ''
        resources:
          - secrets
          - configmaps
          - serviceaccounts/token
      - group: authentication.k8s.io
        resources:
          - tokenreviews
  - level: RequestResponse
    userGroups:
      - okta:eks-admins
      - okta:eks-viewers
    verbs:
      - create
      - update
      - patch
      - delete
      - deletecollection
  - level: Metadata
`);
  });

  test('has the groups without a prefix if the cluster has none', () => {
    const { rules } = parse(auditPolicy(clusterWith({ identityProvider: { prefix: '' } })));

    expect(rules[1].userGroups).toEqual(['eks-admins', 'eks-viewers']);
  });

  test('has no rule for groups if none has a grant, because a rule without groups is for everybody', () => {
    const { rules } = parse(auditPolicy({ ...clusterWith(), bindings: [] }));

    expect(rules.map(({ level }: { level: string }) => level)).toEqual(['Metadata', 'Metadata']);
  });
});
