import { BUILT_IN_ROLES, PRESET_ROLES, roleDefinition } from '../../../model';
import { PRESETS } from '../../../rbac/presets';
import { accessWith } from '../../access-files';

const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];

/** Changes of the smallest file: another group has this role. */
function fileFor(role: string, changes: Record<string, unknown> = {}) {
  return {
    groups: { 'eks-admins': {}, 'eks-others': {} },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-others', role, clusters: '*', ...changes },
    ],
  };
}

describe('roles', () => {
  test('of Kubernetes are known', () => {
    expect(BUILT_IN_ROLES).toEqual(['cluster-admin', 'admin', 'edit', 'view']);
  });

  test('that are presets are known', () => {
    expect(PRESET_ROLES).toEqual([
      'developer-restricted',
      'platform-engineer',
      'namespace-admin',
      'restricted-user',
      'secret-reader',
      'secret-writer',
      'pod-exec',
    ]);
  });

  test.each(BUILT_IN_ROLES)('%s can be granted', (role) => {
    expect(accessWith(fileFor(role)).grants[1]?.role).toBe(role);
  });

  test.each(PRESET_ROLES)('%s can be granted in a namespace', (role) => {
    const { grants } = accessWith(fileFor(role, { namespaces: ['default'] }));

    expect(grants[1]?.role).toBe(role);
  });

  test.each(PRESET_ROLES.filter((role) => PRESETS[role].scope === 'cluster'))(
    '%s can be granted on a cluster',
    (role) => {
      expect(accessWith(fileFor(role)).grants[1]?.role).toBe(role);
    },
  );
});

describe('roleDefinition', () => {
  const { roles } = accessWith({
    roles: {
      reader: { description: 'Reads', rules: RULES },
      local: { scope: 'namespace', rules: RULES },
    },
  });

  test.each(BUILT_IN_ROLES)('of %s, which is a Kubernetes role, has no rules', (name) => {
    expect(roleDefinition(name, { roles })).toEqual({
      name,
      scope: 'cluster',
      kind: 'ClusterRole',
      kubernetesName: name,
    });
  });

  test.each(PRESET_ROLES.filter((name) => name !== 'namespace-admin'))('of %s has the rules of the preset', (name) => {
    const { scope, rules } = PRESETS[name];

    expect(roleDefinition(name, { roles })).toEqual({
      name,
      scope,
      kind: scope === 'namespace' ? 'Role' : 'ClusterRole',
      kubernetesName: name,
      rules,
    });
  });

  test('of namespace-admin is the Kubernetes role admin, for namespaces', () => {
    expect(roleDefinition('namespace-admin', { roles })).toEqual({
      name: 'namespace-admin',
      scope: 'namespace',
      kind: 'ClusterRole',
      kubernetesName: 'admin',
    });
  });

  test.each([
    ['reader', 'cluster', 'ClusterRole'],
    ['local', 'namespace', 'Role'],
  ])('of %s, a role of the file with scope %s, is a %s', (name, scope, kind) => {
    expect(roleDefinition(name, { roles })).toEqual({ name, scope, kind, kubernetesName: name, rules: RULES });
  });

  test.each(['toString', 'constructor'])('of %s reads nothing from the prototype', (name) => {
    expect(roleDefinition(name, { roles })).toEqual({
      name,
      scope: 'cluster',
      kind: 'ClusterRole',
      kubernetesName: name,
    });
  });
});
