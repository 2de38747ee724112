import { BUILT_IN_ROLES, PRESET_ROLES } from '../../model';
import { accessWith, problemsWith } from '../access-files';

/** A file with a group that has this role, beside the administrators. */
function fileFor(role: string) {
  return {
    groups: { 'eks-admins': {}, 'eks-others': {} },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-others', role, clusters: '*' },
    ],
  };
}

describe('roles', () => {
  test("of Kubernetes' own are known", () => {
    expect(BUILT_IN_ROLES).toEqual(['cluster-admin', 'admin', 'edit', 'view']);
  });

  test('of this project are known', () => {
    expect(PRESET_ROLES).toEqual([
      'developer-restricted',
      'platform-engineer',
      'namespace-admin',
      'restricted-user',
      'secret-reader',
      'pod-exec',
    ]);
  });

  test.each(BUILT_IN_ROLES)('%s can be granted', (role) => {
    expect(accessWith(fileFor(role)).grants[1]?.role).toBe(role);
  });

  test.each(PRESET_ROLES)('%s is a name, though nothing is built for it yet', (role) => {
    expect(problemsWith(fileFor(role)).map(({ path, check }) => [path, check])).toEqual([
      ['grants[1].role', 'not-built-yet'],
    ]);
  });
});
