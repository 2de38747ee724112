import { warningsWith } from '../../../access-files';

const GRANTS = [
  { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
  { group: 'eks-admins', role: 'argo-viewer', clusters: '*' },
];

function warnings(role: Record<string, unknown>, grants: readonly unknown[] = GRANTS) {
  return warningsWith('unknown-rules', { roles: { 'argo-viewer': { existing: true, ...role } }, grants });
}

describe('unknown-rules', () => {
  test('warns once for a grant of a role that somebody else makes', () => {
    expect(warnings({})).toEqual([
      {
        path: 'grants[1].role',
        check: 'unknown-rules',
        message:
          "Nobody can tell from the file what the role 'argo-viewer' gives the group 'eks-admins': somebody else makes it.",
        given: "'argo-viewer'",
        allowed: 'a role with rules that the file or Kubernetes defines, or that accept names with a reason',
        fix: "Define the role in the file, or add accept: { 'unknown-rules': 'the reason' }.",
        source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
      },
    ]);
  });

  test('is silent if the role or the grant accepts it', () => {
    const accept = { 'unknown-rules': 'reviewed by the Argo team' };

    expect(warnings({ accept })).toEqual([]);
    expect(warnings({}, [GRANTS[0], { ...GRANTS[1], accept }])).toEqual([]);
  });

  test('is not accepted by wildcards', () => {
    expect(warnings({ accept: { wildcards: 'all of it' } })).toHaveLength(1);
  });

  test('is silent about a role that Kubernetes itself has', () => {
    const changes = {
      roles: { 'system:monitoring': { existing: true } },
      grants: [GRANTS[0], { group: 'eks-admins', role: 'system:monitoring', clusters: '*' }],
    };

    expect(warningsWith('unknown-rules', changes)).toEqual([]);
  });
});
