import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const warnings = (changes: Record<string, unknown>) => warningsWith('guard-settings', changes);

const warning = (path: string, key: string, given: string, guard: string, fix: string) => ({
  path,
  check: 'guard-settings',
  message: `The setting ${key} has no effect, because no cluster that it is for has ${guard}.`,
  given,
  allowed: 'settings of guards that a cluster has',
  fix,
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/',
});

describe('guard-settings', () => {
  test('warns of settings without a guard', () => {
    const guards = { mode: 'warn', exemptServiceAccounts: ['kube-system/karpenter'] };

    expect(warnings({ guards })).toEqual([
      warning('guards.mode', 'mode', "'warn'", 'a guard', 'Add a guard, or remove mode.'),
      warning(
        ...(['guards.exemptServiceAccounts', 'exemptServiceAccounts', 'a list of 1', 'a guard'] as const),
        'Add a guard, or remove exemptServiceAccounts.',
      ),
    ]);
  });

  test('warns of allowPrivilegeEscalation without the guard runAsRoot', () => {
    const guards = { secretDeletion: [], allowPrivilegeEscalation: false };

    expect(warnings({ clusters: { prod: { ...EKS, guards } } })).toEqual([
      warning(
        ...(['clusters.prod.guards.allowPrivilegeEscalation', 'allowPrivilegeEscalation', 'false'] as const),
        ...(['the guard runAsRoot', 'Add runAsRoot, or remove allowPrivilegeEscalation.'] as const),
      ),
    ]);
  });

  test('is silent if one of the clusters has the guard, or the file', () => {
    const settings = { mode: 'warn', allowPrivilegeEscalation: false, exemptServiceAccounts: [] };

    expect(
      warnings({ guards: settings, clusters: { prod: { ...EKS, guards: { runAsRoot: [] } }, test: EKS } }),
    ).toEqual([]);
    expect(warnings({ guards: { runAsRoot: [] }, clusters: { prod: { ...EKS, guards: settings } } })).toEqual([]);
  });
});
