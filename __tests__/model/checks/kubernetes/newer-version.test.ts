import { warningsWith } from '../../../access-files';

const LAB = { kind: 'self-managed', kubeconfigContext: 'lab' };
const warnings = (lab: Record<string, unknown>) => warningsWith('newer-version', { clusters: { lab } });

describe('newer-version', () => {
  test('warns of a version whose roles and resources are not known yet', () => {
    expect(warnings({ ...LAB, version: '1.38' })).toEqual([
      {
        path: 'clusters.lab.version',
        check: 'newer-version',
        message:
          'This version is newer than 1.37, the newest one with known roles and resources. Reports and proofs use those of 1.37.',
        given: "'1.38'",
        allowed: '1.37 or earlier, or a newer version with this warning',
        fix: 'Update okta-eks-access if a newer release knows the version.',
        source: 'https://kubernetes.io/releases/',
      },
    ]);
  });

  test('says that guards let every service account of kube-system pass, whatever the file lists', () => {
    const lists = { exemptServiceAccounts: ['kube-system/karpenter'], runAsRoot: [] };

    expect(warnings({ ...LAB, version: '1.38', guards: lists })).toMatchObject([
      {
        message: expect.stringContaining(
          'so guards let every service account of kube-system pass, whatever exemptServiceAccounts says.',
        ),
      },
    ]);
    expect(warnings({ ...LAB, version: '1.38', guards: { runAsRoot: [] } })[0]?.message).not.toContain('guards');
  });

  test.each([
    ['a known version', { ...LAB, version: '1.37' }],
    ['no version', LAB],
    ['a cluster that is looked up', { kind: 'existing-eks', region: 'eu-west-1' }],
  ])('does not warn of %s', (_, cluster) => {
    expect(warnings(cluster)).toEqual([]);
  });
});
