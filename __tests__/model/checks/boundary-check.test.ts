import { CHECKS } from '../../../model/checks';
import { BOUNDARIES } from '../../../rbac/boundary';
import { warningsWith } from '../../access-files';

const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: { wildcards: 'they administer' } };
const GROUPS = { 'eks-admins': {}, 'eks-ops': {}, 'eks-dev': {} };

/** The paths and messages of every boundary that is crossed, by its check. */
function crossed(grants: readonly Record<string, unknown>[], file: Record<string, unknown> = {}) {
  const all = BOUNDARIES.flatMap((boundary) =>
    warningsWith(boundary, {
      groups: GROUPS,
      ...file,
      grants: [ADMINS, ...grants.map((grant) => ({ group: 'eks-ops', clusters: '*', ...grant }))],
    }),
  );
  return all.map(({ check, path, message }) => ({ check, path, message }));
}
const names = (...parameters: Parameters<typeof crossed>) => crossed(...parameters).map(({ check }) => check);

const impersonator = {
  rules: [{ apiGroups: [''], resources: ['serviceaccounts'], verbs: ['impersonate'] }],
};
const proxy = { rules: [{ apiGroups: [''], resources: ['nodes/proxy'], verbs: ['get'] }] };

test('every boundary has a check', () => {
  expect(CHECKS.map(({ name }) => name)).toEqual(expect.arrayContaining([...BOUNDARIES]));
});

test('edit on a whole cluster is cluster-admin, and the warning says how', () => {
  expect(crossed([{ role: 'edit' }])).toEqual([
    {
      check: 'becomes-cluster-admin',
      path: 'grants[1]',
      message:
        "The role 'edit' on the whole cluster lets the group 'eks-ops' on 'prod' become cluster-admin: " +
        'create configmaps in kube-system: adds an entry with system:masters to the ConfigMap aws-auth.',
    },
  ]);
});

test('cluster-admin itself crosses no boundary', () => {
  expect(crossed([{ role: 'cluster-admin' }])).toEqual([]);
});

test.each(['edit', 'admin', 'view'])('%s in a namespace with Pod Security crosses no boundary', (role) => {
  expect(
    crossed([{ role, namespaces: ['team-a'] }], { namespaces: { 'team-a': { podSecurity: 'baseline' } } }),
  ).toEqual([]);
});

test('view on a whole cluster crosses no boundary', () => {
  expect(crossed([{ role: 'view' }])).toEqual([]);
});

test('whoever runs pods where no standard refuses privileged ones becomes a node', () => {
  const grant = { role: 'edit', namespaces: ['team-a'] };

  expect(names([grant])).toEqual(['becomes-node']);
  expect(names([grant], { namespaces: { 'team-a': { podSecurity: 'privileged' } } })).toEqual(['becomes-node']);
});

test('a role of the file has the warning, once for all its grants', () => {
  const warnings = crossed([{ role: 'proxy' }, { role: 'proxy', group: 'eks-dev' }], { roles: { proxy } });

  expect(warnings).toEqual([
    expect.objectContaining({
      path: 'roles.proxy',
      message: expect.stringMatching(/ The same holds for 1 other group or cluster\.$/),
    }),
  ]);
});

test('one warning names everything that the same roles lead to, and counts each group and cluster once', () => {
  const awsRole = (name: string) => ({ awsRole: `arn:aws:iam::111122223333:role/${name}`, reason: 'it needs it' });
  const namespaces = { 'team-a': { podSecurity: 'restricted', holds: ['a', 'b', 'c', 'd', 'e'].map(awsRole) } };

  const warnings = crossed([{ role: 'edit', namespaces: ['team-a'] }], { namespaces });

  expect(warnings).toEqual([
    {
      check: 'becomes-aws-role',
      path: 'grants[1]',
      message:
        "The role 'edit' in namespaces lets the group 'eks-ops' on 'prod' become the AWS role arn:aws:iam::111122223333:role/a: " +
        'impersonate serviceaccounts in team-a: impersonates a service account of team-a; ' +
        'then namespaces.team-a.holds: uses what runs there. ' +
        'The same permissions lead to the AWS role arn:aws:iam::111122223333:role/b, ' +
        'the AWS role arn:aws:iam::111122223333:role/c and 2 more, too.',
    },
  ]);
});

test('a warning about several roles says where each of them is granted', () => {
  const roles = {
    'creates-secrets': { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['create'] }] },
    'reads-secrets': { rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['get'] }] },
  };
  const grants = [{ role: 'creates-secrets', namespaces: ['kube-system'] }, { role: 'reads-secrets' }];

  expect(crossed(grants, { roles })).toEqual([
    expect.objectContaining({
      message: expect.stringMatching(
        /^The role 'creates-secrets' in kube-system and the role 'reads-secrets' on the whole cluster let the group/,
      ),
    }),
  ]);
});

test('a role in namespaces has one warning, however many there are', () => {
  expect(
    names([
      { role: 'edit', namespaces: ['a', 'b'] },
      { role: 'edit', group: 'eks-dev', namespaces: ['c'] },
    ]),
  ).toEqual(['becomes-node']);
});

test('what service accounts are declared to hold, whoever acts as them gets', () => {
  const grant = { role: 'edit', namespaces: ['team-a'] };
  const holding = (...holds: unknown[]) => ({ namespaces: { 'team-a': { podSecurity: 'restricted', holds } } });

  expect(names([grant], holding())).toEqual([]);
  expect(names([grant], holding('cluster-admin'))).toEqual(['becomes-cluster-admin']);
  expect(names([grant], holding('node'))).toEqual(['becomes-node']);
  expect(names([grant], holding({ awsRole: 'arn:aws:iam::111122223333:role/ship', reason: 'it ships' }))).toEqual([
    'becomes-aws-role',
  ]);
});

test('a namespace that a guard closes is crossed by what no guard refuses', () => {
  const guards = { systemNamespaces: [], namespaces: { payments: ['eks-admins'] } };
  const roles = {
    impersonator: { rules: [{ ...impersonator.rules[0], resourceNames: ['shop'] }] },
    workloads: { rules: [{ apiGroups: ['apps'], resources: ['deployments'], verbs: ['create'] }] },
  };

  expect(names([{ role: 'impersonator' }], { guards, roles })).toEqual(['becomes-other-namespace']);
  expect(names([{ role: 'workloads' }], { guards, roles })).toEqual(['becomes-node']);
});

test('a guard of the system namespaces closes workloads there, and no impersonation', () => {
  const guards = { systemNamespaces: [] };

  expect(names([{ role: 'developer-restricted' }])).toEqual(['becomes-cluster-admin']);
  expect(names([{ role: 'developer-restricted' }], { guards })).toEqual(['becomes-node']);
  expect(names([{ role: 'impersonator' }], { guards, roles: { impersonator } })).toEqual(['becomes-cluster-admin']);
});

describe('accept', () => {
  const accept = { 'becomes-cluster-admin': 'they may' };

  test('of a grant or of a role silences the warning', () => {
    expect(names([{ role: 'edit', accept }])).toEqual([]);
    expect(
      names([{ role: 'proxy' }], { roles: { proxy: { ...proxy, accept: { 'becomes-node': 'they may' } } } }),
    ).toEqual([]);
  });

  test('of wildcards does not', () => {
    expect(names([{ role: 'edit', accept: { wildcards: 'they may' } }])).toEqual(['becomes-cluster-admin']);
  });

  test('ends on its day', () => {
    const until = (expires: string) => ({ 'becomes-cluster-admin': { reason: 'they may', expires } });

    expect(names([{ role: 'edit', accept: until('2999-12-31') }])).toEqual([]);
    expect(names([{ role: 'edit', accept: until('2020-01-01') }])).toEqual(['becomes-cluster-admin']);
  });

  test('of one grant leaves the warning about another', () => {
    expect(
      crossed([
        { role: 'edit', accept },
        { role: 'edit', group: 'eks-dev' },
      ]),
    ).toEqual([expect.objectContaining({ path: 'grants[2]', message: expect.not.stringContaining('The same holds') })]);
  });

  test('of each of two grants that lead to the same is of use', () => {
    const grants = [ADMINS, ...['edit', 'admin'].map((role) => ({ group: 'eks-ops', role, clusters: '*', accept }))];

    expect(warningsWith('useless-accept', { groups: GROUPS, grants })).toEqual([]);
  });

  test('of a boundary that is not crossed is useless', () => {
    const grants = [ADMINS, { group: 'eks-ops', role: 'view', clusters: '*', accept }];

    expect(warningsWith('useless-accept', { groups: GROUPS, grants })).toEqual([
      expect.objectContaining({ path: 'grants[1].accept.becomes-cluster-admin' }),
    ]);
    expect(
      warningsWith('useless-accept', {
        groups: GROUPS,
        grants: [ADMINS, { group: 'eks-ops', role: 'edit', clusters: '*', accept }],
      }),
    ).toEqual([]);
  });
});
