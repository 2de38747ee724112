import { becoming } from '../../../model/derived/becoming';
import { accessWith } from '../../access-files';

/** What `eks-imp` becomes for certain on a cluster on which `eks-ops` has `edit` and `eks-imp` impersonates. */
function certain(rules: readonly Record<string, unknown>[], guards: Record<string, unknown> = {}) {
  const access = accessWith({
    groups: { 'eks-admins': {}, 'eks-ops': {}, 'eks-imp': {} },
    roles: { impersonator: { rules: rules.map((rule) => ({ apiGroups: [''], verbs: ['impersonate'], ...rule })) } },
    guards,
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-ops', role: 'edit', clusters: '*' },
      { group: 'eks-imp', role: 'impersonator', clusters: '*' },
    ],
  });
  return becoming(access)('eks-imp', 'prod')
    .filter((chain) => chain.certain)
    .map(({ to }) => to);
}

const asOps = { resources: ['groups'], resourceNames: ['okta:eks-ops'] };
const asJane = { resources: ['users'], resourceNames: ['jane'] };
const systemNamespaces = ['eks-admins'];

test('whoever impersonates a group of the file has its roles', () => {
  expect(certain([asOps, asJane])).toEqual(expect.arrayContaining(['group okta:eks-ops', 'cluster-admin']));
});

test('a rule for every resource names groups too', () => {
  expect(certain([{ resources: ['*'], resourceNames: ['okta:eks-ops'] }])).toContain('cluster-admin');
});

test('a guard holds the group that is impersonated', () => {
  expect(certain([asOps, asJane], { systemNamespaces })).not.toContain('cluster-admin');
  expect(certain([asOps, asJane], { systemNamespaces: ['eks-admins', 'eks-ops'] })).toContain('cluster-admin');
});

test.each([
  ['a user of EKS', [asOps, { resources: ['users'], resourceNames: ['eks:node-manager'] }]],
  ['any user', [asOps, { resources: ['users'] }]],
  [
    'the group of break-glass access',
    [{ resources: ['groups'], resourceNames: ['okta:eks-ops', 'break-glass'] }, asJane],
  ],
  [
    'a group that the guard exempts',
    [{ resources: ['groups'], resourceNames: ['okta:eks-ops', 'okta:eks-admins'] }, asJane],
  ],
])('no guard holds %s, who can be impersonated with the group', (_, rules) => {
  expect(certain(rules, { systemNamespaces })).toContain('cluster-admin');
});
