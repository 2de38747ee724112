import { warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const warnings = (changes: Record<string, unknown>) => warningsWith('guard-exempts-everyone', changes);

const warning = (path: string) => ({
  path,
  check: 'guard-exempts-everyone',
  message: 'The guard lets every service account pass, and so everyone who can run a pod.',
  given: "'system:serviceaccounts'",
  allowed: 'Okta groups, and system:serviceaccounts:<namespace>',
  fix: 'Name the groups of the namespaces whose controllers need it, or accounts in exemptServiceAccounts.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/authentication/#service-account-tokens',
});

describe('guard-exempts-everyone', () => {
  test('warns of a guard that every service account passes, in the file and of a cluster', () => {
    const guards = { runAsRoot: ['eks-admins', 'system:serviceaccounts'] };
    const clusters = { prod: { ...EKS, guards: { namespaces: { a: ['system:serviceaccounts'] } } } };

    expect(warnings({ guards, clusters })).toEqual([
      warning('guards.runAsRoot[1]'),
      warning('clusters.prod.guards.namespaces.a[0]'),
    ]);
  });

  test('warns of a default of clusters once, where it is written', () => {
    const clusterDefaults = { guards: { secretDeletion: ['system:serviceaccounts'] } };

    expect(warnings({ clusterDefaults, clusters: { prod: EKS, test: EKS } })).toEqual([
      warning('clusterDefaults.guards.secretDeletion[0]'),
    ]);
  });

  test('is silent on the service accounts of one namespace', () => {
    expect(warnings({ guards: { runAsRoot: ['system:serviceaccounts:cert-manager'] } })).toEqual([]);
  });
});
