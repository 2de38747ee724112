import { leadsTo, SENSITIVE_PERMISSIONS, type SensitivePermission } from '../../../../rbac/sensitive-permissions';
import { warningsWith } from '../../../access-files';

const ACCEPT_ALL = { wildcards: 'they administer the clusters' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: ACCEPT_ALL };
const WORKLOADS = { apiGroups: ['apps'], resources: ['*'], verbs: ['*'] };

const warning = (role: string, ...open: readonly SensitivePermission[]) => ({
  path: 'grants[1]',
  check: 'sensitive-grant',
  message: `The role '${role}' gives the group 'eks-ops' sensitive permissions: ${open.map((name) => `${name} leads to ${leadsTo(name)}`).join('; ')}.`,
  given: open.join(', '),
  allowed: 'permissions that are not sensitive, or that accept names with a reason',
  fix: `Grant a role with fewer permissions, or add accept: { ${(open.includes('wildcards') ? ['wildcards'] : open).map((name) => `'${name}': 'the reason'`).join(', ')} }.`,
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
});

/** The warnings about a second grant; the first grants cluster-admin and accepts everything. */
const warningsOf = (role: string, changes: Record<string, unknown> = {}, roles: Record<string, unknown> = {}) =>
  warningsWith('sensitive-grant', {
    groups: { 'eks-admins': {}, 'eks-ops': {} },
    roles,
    grants: [ADMINS, { group: 'eks-ops', role, clusters: '*', ...changes }],
  });

describe('sensitive-grant', () => {
  test('warns about a sensitive permission, and says what it leads to', () => {
    expect(warningsOf('secret-reader')).toEqual([warning('secret-reader', 'read-secrets')]);
    expect(warningsOf('secret-reader')[0]?.message).toBe(
      "The role 'secret-reader' gives the group 'eks-ops' sensitive permissions: read-secrets leads to the passwords and tokens of everything that runs there.",
    );
  });

  test('warns once about cluster-admin, with only the names of its permissions', () => {
    expect(warningsOf('cluster-admin')).toEqual([
      {
        ...warning('cluster-admin', ...SENSITIVE_PERMISSIONS),
        message: `The role 'cluster-admin' gives the group 'eks-ops' sensitive permissions: ${SENSITIVE_PERMISSIONS.join(', ')}.`,
      },
    ]);
  });

  test('warns in a namespace only about what works there', () => {
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

  test('warns about what is not accepted', () => {
    const accept = { 'pod-exec': 'on call' };

    expect(warningsOf('platform-engineer', { accept })).toEqual([warning('platform-engineer', 'run-workloads')]);
  });

  test('is silent if wildcards is accepted, which covers all others', () => {
    expect(warningsOf('cluster-admin', { accept: ACCEPT_ALL })).toEqual([]);
  });

  test('does not let wildcards cover others if the role has none', () => {
    expect(warningsOf('secret-reader', { accept: ACCEPT_ALL })).toEqual([warning('secret-reader', 'read-secrets')]);
  });

  test('is silent if each permission is accepted', () => {
    const roles = { own: { rules: [WORKLOADS] } };

    expect(warningsOf('own', { accept: { wildcards: 'on call' } }, roles)).toEqual([]);
    expect(warningsOf('secret-reader', { accept: { 'read-secrets': 'on call' } })).toEqual([]);
  });

  test('is silent if the role of the file accepts each permission, for each of its grants', () => {
    const reader = { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] };

    expect(warningsOf('reader', {}, { reader: { ...reader, accept: { 'read-secrets': 'audit' } } })).toEqual([]);
    expect(warningsOf('reader', {}, { reader: { ...reader, accept: { 'pod-exec': 'audit' } } })).toEqual([
      warning('reader', 'read-secrets'),
    ]);
  });

  test('is silent on view, which gives none', () => {
    expect(warningsOf('view')).toEqual([]);
  });

  test.each([
    ['a whole cluster', {}, true],
    ['kube-system', { namespaces: ['kube-system'] }, true],
    ['kube-system and another namespace', { namespaces: ['default', 'kube-system'] }, true],
    ['another namespace', { namespaces: ['default'] }, false],
  ])('warns about workloads in %s: %j, %p', (_where, changes, warns) => {
    expect(warningsOf('developer-restricted', changes)).toEqual(
      warns ? [warning('developer-restricted', 'run-workloads')] : [],
    );
  });
});
