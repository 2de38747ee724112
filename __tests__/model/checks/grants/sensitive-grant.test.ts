import { leadsTo, SENSITIVE_PERMISSIONS, type SensitivePermission } from '../../../../rbac/sensitive-permissions';
import { warningsWith } from '../../../access-files';

const ACCEPT_ALL = { wildcards: 'they administer the clusters' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: ACCEPT_ALL };
const WORKLOADS = { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] };

const warning = (role: string, ...open: readonly SensitivePermission[]) => ({
  path: 'grants[1]',
  check: 'sensitive-grant',
  message: `'${role}' lets 'eks-ops' do more than it says: ${open.map((name) => `${name} leads to ${leadsTo(name)}`).join('; ')}.`,
  given: open.join(', '),
  allowed: 'permissions that are not sensitive, or those that accept names with a reason',
  fix: `Grant a smaller role, or add accept: { ${(open.includes('wildcards') ? ['wildcards'] : open).map((name) => `'${name}': 'the reason'`).join(', ')} }.`,
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
});

/** The warnings of a second grant, the first being one of cluster-admin that accepts all. */
const warningsOf = (role: string, changes: Record<string, unknown> = {}, roles: Record<string, unknown> = {}) =>
  warningsWith('sensitive-grant', {
    groups: { 'eks-admins': {}, 'eks-ops': {} },
    roles,
    grants: [ADMINS, { group: 'eks-ops', role, clusters: '*', ...changes }],
  });

describe('sensitive-grant', () => {
  test('warns of a sensitive permission, and says what it leads to', () => {
    expect(warningsOf('secret-reader')).toEqual([warning('secret-reader', 'read-secrets')]);
    expect(warningsOf('secret-reader')[0]?.message).toBe(
      "'secret-reader' lets 'eks-ops' do more than it says: read-secrets leads to the passwords and tokens of everything that runs there.",
    );
  });

  test('warns of all of cluster-admin in one, which names them without what they lead to', () => {
    expect(warningsOf('cluster-admin')).toEqual([
      {
        ...warning('cluster-admin', ...SENSITIVE_PERMISSIONS),
        message: `'cluster-admin' lets 'eks-ops' do more than it says: ${SENSITIVE_PERMISSIONS.join(', ')}.`,
      },
    ]);
  });

  test('warns in a namespace of what works there', () => {
    const roles = {
      own: {
        rules: [
          { apiGroups: [''], resources: ['persistentvolumes'], verbs: ['create'] },
          { apiGroups: [''], resources: ['pods/exec'], verbs: ['create'] },
        ],
      },
    };

    expect(warningsOf('own', {}, roles)).toEqual([warning('own', 'pod-exec', 'write-volumes')]);
    expect(warningsOf('own', { namespaces: ['default'] }, roles)).toEqual([warning('own', 'pod-exec')]);
  });

  test('warns of what is not accepted', () => {
    const accept = { 'read-secrets': 'on call' };

    expect(warningsOf('platform-engineer', { accept })).toEqual([
      warning('platform-engineer', 'pod-exec', 'run-workloads'),
    ]);
  });

  test('is silent where wildcards are accepted, which takes in all others', () => {
    expect(warningsOf('cluster-admin', { accept: ACCEPT_ALL })).toEqual([]);
  });

  test('does not let wildcards take in others where the role has none', () => {
    expect(warningsOf('secret-reader', { accept: ACCEPT_ALL })).toEqual([warning('secret-reader', 'read-secrets')]);
  });

  test('is silent where each permission is accepted', () => {
    const roles = { own: { rules: [WORKLOADS] } };

    expect(warningsOf('own', { accept: { wildcards: 'on call' } }, roles)).toEqual([]);
    expect(warningsOf('secret-reader', { accept: { 'read-secrets': 'on call' } })).toEqual([]);
  });

  test('is silent on view, which gives none', () => {
    expect(warningsOf('view')).toEqual([]);
  });

  test.each([
    ['a whole cluster', {}, true],
    ['kube-system', { namespaces: ['kube-system'] }, true],
    ['one namespace that is kube-system, and another', { namespaces: ['default', 'kube-system'] }, true],
    ['a namespace of people', { namespaces: ['default'] }, false],
  ])('warns of workloads on %s: %j, %p', (_where, changes, warns) => {
    expect(warningsOf('developer-restricted', changes)).toEqual(
      warns ? [warning('developer-restricted', 'run-workloads')] : [],
    );
  });
});
