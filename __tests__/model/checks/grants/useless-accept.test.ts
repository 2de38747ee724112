import { warningsWith } from '../../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };

const warningsOf = (role: string, accept: Record<string, string>, changes: Record<string, unknown> = {}) =>
  warningsWith('useless-accept', {
    groups: { 'eks-admins': {}, 'eks-ops': {} },
    grants: [ADMINS, { group: 'eks-ops', role, clusters: '*', accept, ...changes }],
  });

const warning = (role: string, name: string, allowed: string) => ({
  path: `grants[1].accept.${name}`,
  check: 'useless-accept',
  message: `The role '${role}' does not give ${name} where it is granted.`,
  given: name,
  allowed,
  fix: 'Remove it from accept.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/',
});

describe('useless-accept', () => {
  test('warns about what the role does not give, and names what it gives', () => {
    expect(warningsOf('secret-reader', { 'read-secrets': 'x', 'pod-exec': 'x', wildcards: 'x' })).toEqual([
      warning('secret-reader', 'pod-exec', 'read-secrets'),
      warning('secret-reader', 'wildcards', 'read-secrets'),
    ]);
  });

  test('warns about a role that gives nothing sensitive', () => {
    expect(warningsOf('view', { 'read-secrets': 'x' })).toEqual([
      warning('view', 'read-secrets', 'nothing: the role gives no sensitive permission there'),
    ]);
  });

  test('warns about what works only on a whole cluster, if the grant is in a namespace', () => {
    expect(warningsOf('cluster-admin', { 'write-nodes': 'x' }, { namespaces: ['default'] })).toEqual([
      warning(
        'cluster-admin',
        'write-nodes',
        'read-secrets, pod-exec, impersonate, bind, escalate, create-tokens, wildcards, becomes-node',
      ),
    ]);
  });

  test('warns about what a role of the file accepts and gives in none of its places', () => {
    const reader = {
      rules: [{ apiGroups: [''], resources: ['secrets', 'nodes/proxy'], verbs: ['get'] }],
      accept: { 'read-secrets': 'x', 'node-proxy': 'x', bind: 'x' },
    };
    const grant = { group: 'eks-ops', role: 'reader', clusters: '*' };
    const file = (...grants: readonly unknown[]) => ({
      groups: { 'eks-admins': {}, 'eks-ops': {} },
      roles: { reader },
      grants: [ADMINS, ...grants],
    });

    expect(warningsWith('useless-accept', file({ ...grant, namespaces: ['default'] }))).toEqual([
      { ...warning('reader', 'bind', 'read-secrets'), path: 'roles.reader.accept.bind' },
      { ...warning('reader', 'node-proxy', 'read-secrets'), path: 'roles.reader.accept.node-proxy' },
    ]);
    expect(warningsWith('useless-accept', file(grant)).map(({ path }) => path)).toEqual(['roles.reader.accept.bind']);
    expect(warningsWith('useless-accept', file())).toEqual([]);
  });

  test('is silent on what the role gives', () => {
    expect(warningsOf('cluster-admin', { 'write-nodes': 'x', wildcards: 'x' })).toEqual([]);
    expect(warningsOf('view', {})).toEqual([]);
  });
});
