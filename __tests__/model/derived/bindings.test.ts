import { bindingName } from '../../../constraints/kubernetes/binding-name';
import { bindingsByCluster } from '../../../model';
import { accessWith } from '../../access-files';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const FILE = {
  groups: { 'eks-admins': {}, 'eks-b': {}, 'eks-a': {}, 'eks-none': {} },
  clusters: { prod: EXISTING, test: EXISTING },
};

describe('bindingsByCluster', () => {
  test('has one binding for each role of a cluster, sorted by role, with the groups sorted', () => {
    const access = accessWith({
      ...FILE,
      grants: [
        { group: 'eks-b', role: 'view', clusters: ['prod'] },
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-a', role: 'view', clusters: ['prod'] },
        { group: 'eks-b', role: 'edit', clusters: ['test'] },
      ],
    });

    const bindings = bindingsByCluster(access);

    expect(Object.fromEntries(bindings)).toEqual({
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

    const bindings = bindingsByCluster(access);

    expect(bindings.get('prod')).toEqual([
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

    expect([...bindingsByCluster(access).values()].flat().map(({ role }) => role)).toEqual([
      'cluster-admin',
      'cluster-admin',
    ]);
  });

  test('names a group once that gets a role by two grants', () => {
    const access = accessWith({
      ...FILE,
      grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
    });
    const [grant] = access.grants;

    const bindings = bindingsByCluster({ ...access, grants: [...access.grants, ...(grant ? [grant] : [])] });

    expect(bindings.get('prod')).toEqual([
      { name: 'oidc-cluster-admin', role: 'cluster-admin', namespace: null, groups: ['eks-admins'] },
    ]);
  });

  test('leaves out a cluster that no grant reaches', () => {
    const access = accessWith(FILE);

    const bindings = bindingsByCluster({
      ...access,
      grants: access.grants.map((grant) => ({ ...grant, clusters: ['prod'] })),
    });

    expect([...bindings.keys()]).toEqual(['prod']);
  });
});

describe('bindingName', () => {
  test('is that of the role after oidc-', () => {
    expect(bindingName('view')).toBe('oidc-view');
  });
});
