import { builtInRoles } from '../../../rbac';
import type { SynthesizedCluster } from '../../../sandbox/api-server/synthesized-clusters';
import { accessProfiles } from '../../../sandbox/proof/access-profiles';

const POLICY = builtInRoles('1.34');
const AUTHENTICATION = {
  issuerUrl: 'https://okta.example',
  clientId: 'a',
  usernameClaim: 'email',
  usernamePrefix: '',
  groupsPrefix: '',
  requiredClaims: {},
};

function cluster(key: string, authentication = {}, policy = {}): SynthesizedCluster {
  return { key, authentication: { ...AUTHENTICATION, ...authentication }, policy: { ...POLICY, ...policy } };
}

function profiles(clusters: readonly SynthesizedCluster[]): readonly string[] {
  const groups: Record<string, string[]> = { a: ['eks-a'], b: ['eks-a'], c: ['eks-c'] };
  return accessProfiles(clusters, (clientId) => groups[clientId]).map(
    ({ cluster: { key }, others }) => `${key} and ${others} more`,
  );
}

describe('access profiles', () => {
  test('join clusters that differ only in their names', () => {
    expect(profiles([cluster('x'), cluster('y'), cluster('z')])).toEqual(['x and 2 more']);
  });

  test('join clusters if the same groups are assigned to their apps', () => {
    expect(profiles([cluster('x'), cluster('y', { clientId: 'b' })])).toEqual(['x and 1 more']);
  });

  test.each([
    ['the groups of the app', cluster('y', { clientId: 'c' })],
    ['the identity provider', cluster('y', { usernamePrefix: 'okta:' })],
    ['the bindings', cluster('y', {}, { clusterRoleBindings: [] })],
    ['the roles', cluster('y', {}, builtInRoles('1.35'))],
  ])('separate clusters if %s differ', (_, other) => {
    expect(profiles([cluster('x'), other])).toEqual(['x and 0 more', 'y and 0 more']);
  });
});
