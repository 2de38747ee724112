import { bindingName } from '../../../constraints/kubernetes/binding-name';
import type { Access } from '../../../model';
import { bindingsOf } from '../../../model/derived/bindings';
import { roleDefinition } from '../../../model/derived/roles';
import { accessWith, clusterOf } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-b': {}, 'eks-a': {}, 'eks-none': {} },
  clusters: { prod: EXISTING, test: EXISTING },
};

/** The bindings of a cluster, with roles by name. */
function bindings(access: Access, key: string) {
  return clusterOf(access, key).bindings.map(({ role, ...binding }) => ({ ...binding, role: role.name }));
}

describe('the bindings of a cluster', () => {
  test('has one binding for each role, sorted by role, with sorted groups', () => {
    const access = accessWith({
      ...FILE,
      grants: [
        { group: 'eks-b', role: 'view', clusters: ['prod'] },
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-a', role: 'view', clusters: ['prod'] },
        { group: 'eks-b', role: 'edit', clusters: ['test'] },
      ],
    });

    expect({ prod: bindings(access, 'prod'), test: bindings(access, 'test') }).toEqual({
      prod: [
        { name: 'oidc-cluster-admin', role: 'cluster-admin', namespace: null, groups: ['eks-admins'] },
        { name: 'oidc-view', role: 'view', namespace: null, groups: ['eks-a', 'eks-b'] },
      ],
      test: [
        { name: 'oidc-cluster-admin', role: 'cluster-admin', namespace: null, groups: ['eks-admins'] },
        { name: 'oidc-edit', role: 'edit', namespace: null, groups: ['eks-b'] },
      ],
    });
  });

  test('has one binding for each namespace, after those of the whole cluster, sorted by namespace and role', () => {
    const access = accessWith({
      ...FILE,
      grants: [
        { group: 'eks-a', role: 'view', clusters: ['prod'], namespaces: ['team-b', 'team-a'] },
        { group: 'eks-a', role: 'edit', clusters: ['prod'], namespaces: ['team-b'] },
        { group: 'eks-admins', role: 'view', clusters: ['prod'], namespaces: ['team-b'] },
        { group: 'eks-b', role: 'view', clusters: ['prod'] },
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      ],
    });

    expect(bindings(access, 'prod')).toEqual([
      { name: 'oidc-cluster-admin', role: 'cluster-admin', namespace: null, groups: ['eks-admins'] },
      { name: 'oidc-view', role: 'view', namespace: null, groups: ['eks-b'] },
      { name: 'oidc-view', role: 'view', namespace: 'team-a', groups: ['eks-a'] },
      { name: 'oidc-edit', role: 'edit', namespace: 'team-b', groups: ['eks-a'] },
      { name: 'oidc-view', role: 'view', namespace: 'team-b', groups: ['eks-a', 'eks-admins'] },
    ]);
  });

  test('leaves out a grant that has expired', () => {
    const access = accessWith({
      ...FILE,
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-a', role: 'view', clusters: '*', expires: '2026-06-14' },
      ],
    });

    const roles = ['prod', 'test'].flatMap((key) => bindings(access, key)).map(({ role }) => role);
    expect(roles).toEqual(['cluster-admin', 'cluster-admin']);
  });

  test('lists a group once that gets a role by two grants', () => {
    const access = accessWith(FILE);
    const [placement] = access.placements;
    if (placement === undefined) throw new Error('no placement');

    expect(bindingsOf([placement, placement], access).map(({ groups }) => groups)).toEqual([['eks-admins']]);
  });

  test('have the definition of their role', () => {
    const access = accessWith(FILE);

    expect(clusterOf(access, 'prod').bindings.map(({ role }) => role)).toEqual([
      roleDefinition('cluster-admin', access),
    ]);
  });
});

describe('bindingName', () => {
  test('is the name of the role after oidc-', () => {
    expect(bindingName('view')).toBe('oidc-view');
  });
});
