import type { Access } from '../../../model';
import { type AccessDiff, accessDiff, sensitiveGains } from '../../../model/review/diff';
import type { DiffRow } from '../../../model/review/row-diff';
import { accessWith } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const OPS = { group: 'eks-ops', role: 'view', clusters: ['prod'] };
const rules = (verbs: readonly string[], resources = ['pods']) => ({
  rules: [{ apiGroups: [''], resources, verbs }],
});

/** A model with these grants and that of the administrators, on two clusters. */
function fileWith(grants: readonly Record<string, unknown>[], changes: Record<string, unknown> = {}) {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-ops': {} },
    clusters: { prod: EKS, test: EKS },
    ...changes,
    grants: [ADMINS, ...grants],
  });
}
const withGroup = (group: Record<string, unknown>, grants: readonly Record<string, unknown>[] = [OPS]) =>
  fileWith(grants, { groups: { 'eks-admins': {}, 'eks-ops': group } });
const withRole = (role: Record<string, unknown>) => fileWith([{ ...OPS, role: 'own' }], { roles: { own: role } });

const row = (changes: Record<string, unknown> = {}) => ({
  group: 'eks-ops',
  cluster: 'prod',
  namespace: null,
  role: 'view',
  sensitive: [],
  ...changes,
});
const NOTHING = { gains: [], losses: [] };

/** The rows of a diff without rules. Rules and other changes have their own tests. */
function rowsOf(before: Access, after: Access): Pick<AccessDiff, 'gains' | 'losses'> {
  const { gains, losses } = accessDiff(before, after);
  const withoutRules = ({ rules: _rules, ...rest }: DiffRow) => rest;
  return { gains: gains.map(withoutRules), losses: losses.map(withoutRules) };
}

describe('accessDiff', () => {
  test('is empty between equal files', () => {
    const file = () => withGroup({ logins: ['ana@example.com'] });

    expect(rowsOf(file(), file())).toEqual(NOTHING);
  });

  test('is empty between equal rules of a group', () => {
    expect(rowsOf(withGroup({ rule: 'true' }), withGroup({ rule: 'true' }))).toEqual(NOTHING);
  });

  test('has a new grant as a gain, and a removed one as a loss', () => {
    const [before, after] = [fileWith([]), fileWith([{ ...OPS, clusters: '*', role: 'secret-reader' }])];
    const rows = ['prod', 'test'].map((cluster) =>
      row({ cluster, role: 'secret-reader', sensitive: ['read-secrets'] }),
    );

    expect(rowsOf(before, after)).toEqual({ gains: rows, losses: [] });
    expect(rowsOf(after, before)).toEqual({ gains: [], losses: rows });
  });

  test('has a different role as a loss and a gain', () => {
    expect(rowsOf(fileWith([OPS]), fileWith([{ ...OPS, role: 'restricted-user', namespaces: ['a'] }]))).toEqual({
      gains: [row({ role: 'restricted-user', namespace: 'a' })],
      losses: [row()],
    });
  });

  test('has a grant that expires as a loss', () => {
    const expiring = { ...OPS, expires: '2026-06-14' };

    expect(rowsOf(fileWith([OPS]), fileWith([expiring]))).toEqual({ gains: [], losses: [row()] });
  });

  test('has no row for a change that affects nobody', () => {
    const before = fileWith([{ ...OPS, clusters: '*' }]);
    const after = fileWith(
      [
        { ...OPS, expires: '2026-12-31' },
        { ...OPS, clusters: ['test'], accept: {} },
      ],
      {
        tags: { team: 'platform' },
      },
    );

    expect(rowsOf(before, after)).toEqual(NOTHING);
  });

  test('has all rows of a new cluster', () => {
    const one = fileWith([], { clusters: { prod: EKS } });

    const { gains, losses } = accessDiff(one, fileWith([]));

    expect(gains.map(({ group, cluster, role }) => [group, cluster, role])).toEqual([
      ['eks-admins', 'test', 'cluster-admin'],
    ]);
    expect(losses).toEqual([]);
  });
});

describe('a role whose rules change', () => {
  const own = (sensitive: readonly string[] = []) => row({ role: 'own', sensitive });

  test.each([
    ['one more verb', rules(['get']), rules(['get', 'list'])],
    ['one more resource', rules(['get']), rules(['get'], ['pods', 'services'])],
    ['one more rule', rules(['get']), { rules: [...rules(['get']).rules, ...rules(['list']).rules] }],
    ['all names', { rules: [{ ...rules(['get']).rules[0], resourceNames: ['a'] }] }, rules(['get'])],
    ['a subresource', rules(['get']), rules(['get'], ['pods', 'pods/log'])],
  ])('is a gain with %s, and a loss without', (_, less, more) => {
    expect(rowsOf(withRole(less), withRole(more))).toEqual({ gains: [own()], losses: [] });
    expect(rowsOf(withRole(more), withRole(less))).toEqual({ gains: [], losses: [own()] });
  });

  test('is both if it allows something else', () => {
    expect(rowsOf(withRole(rules(['get'])), withRole(rules(['list'])))).toEqual({
      gains: [own()],
      losses: [own()],
    });
  });

  test('is reported with what it allows more and less, and only that', () => {
    const rule = { apiGroups: ['', 'apps'], resources: ['pods', 'services'], verbs: ['get', 'list'] };
    const before = withRole({ rules: [{ ...rule, resourceNames: ['a'] }, ...rules(['delete']).rules] });
    const after = withRole({ rules: [rule, { ...rule, resources: ['pods'], verbs: ['watch'] }] });

    const { gains, losses } = accessDiff(before, after);

    expect(gains.map((gain) => gain.rules)).toEqual([[rule, { ...rule, resources: ['pods'], verbs: ['watch'] }]]);
    expect(losses.map((loss) => loss.rules)).toEqual([rules(['delete']).rules]);
    const grown = accessDiff(withRole(rules(['get'])), withRole(rules(['get', 'list'], ['pods', 'services'])));
    expect(grown.gains.map((gain) => gain.rules)).toEqual([rules(['get', 'list'], ['pods', 'services']).rules]);
    const more = accessDiff(withRole(rules(['get', 'list'])), withRole(rules(['get', 'list'], ['pods', 'services'])));
    expect(more.gains.map((gain) => gain.rules)).toEqual([rules(['get', 'list'], ['services']).rules]);
  });

  test('is neither if its rules are equivalent', () => {
    const before = withRole(rules(['get', 'list']));
    const after = withRole({
      ...rules(['list']),
      description: 'x',
      rules: [...rules(['list']).rules, ...rules(['get']).rules],
    });

    expect(rowsOf(before, after)).toEqual(NOTHING);
  });

  test('is reported with its sensitive permissions', () => {
    const [before, after] = [withRole(rules(['get'])), withRole(rules(['get'], ['pods', 'secrets']))];

    expect(rowsOf(before, after).gains).toEqual([own(['read-secrets'])]);
    expect(rowsOf(after, before).losses).toEqual([own(['read-secrets'])]);
  });

  test('is reported once for each of its places', () => {
    const grants = [
      { ...OPS, role: 'own', clusters: '*' },
      { ...OPS, role: 'own', namespaces: ['a'] },
    ];
    const before = fileWith(grants, { roles: { own: rules(['get']) } });
    const after = fileWith(grants, { roles: { own: rules(['get', 'list']) } });

    expect(rowsOf(before, after).gains.map(({ cluster, namespace }) => [cluster, namespace])).toEqual([
      ['prod', null],
      ['prod', 'a'],
      ['test', null],
    ]);
  });

  test('can be a Kubernetes role that has more rules in a new version', () => {
    const ofVersion = (version: string) => fileWith([OPS], { clusters: { prod: { ...EKS, version }, test: EKS } });

    expect(rowsOf(ofVersion('1.33'), ofVersion('1.34'))).toEqual({ gains: [row()], losses: [] });
  });

  test('is reported only for clusters whose version changes', () => {
    const ofVersions = (prod: string, test: string) =>
      fileWith([{ ...OPS, clusters: '*' }], {
        clusters: { prod: { ...EKS, version: prod }, test: { ...EKS, version: test } },
      });

    expect(rowsOf(ofVersions('1.34', '1.33'), ofVersions('1.34', '1.34'))).toEqual({
      gains: [row({ cluster: 'test' })],
      losses: [],
    });
  });
});

describe('members of a group', () => {
  const ANA = ['ana@example.com'];
  const ANA_AND_BEN = ['ana@example.com', 'ben@example.com'];

  test('gain each row of the group when they are added to its logins, and lose it when they are removed', () => {
    const grants = [OPS, { ...OPS, role: 'edit', namespaces: ['a'] }];
    const [before, after] = [withGroup({ logins: ANA }, grants), withGroup({ logins: ANA_AND_BEN }, grants)];
    const rows = [
      row({ who: 'ben@example.com' }),
      row({
        role: 'edit',
        namespace: 'a',
        sensitive: ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens'],
        who: 'ben@example.com',
      }),
    ];

    expect(rowsOf(before, after)).toEqual({ gains: rows, losses: [] });
    expect(rowsOf(after, before)).toEqual({ gains: [], losses: rows });
  });

  test('gain nothing by a different case or order', () => {
    const after = withGroup({ logins: ['Ben@Example.com', 'ANA@example.com'] });

    expect(rowsOf(withGroup({ logins: ANA_AND_BEN }), after)).toEqual(NOTHING);
  });

  test('gain and lose by a changed rule', () => {
    expect(rowsOf(withGroup({ rule: 'user.a == "1"' }), withGroup({ rule: 'user.a == "2"' }))).toEqual({
      gains: [row({ who: 'rule: user.a == "2"' })],
      losses: [row({ who: 'rule: user.a == "1"' })],
    });
  });

  test('gain by a rule and lose by logins if one replaces the other', () => {
    expect(rowsOf(withGroup({ logins: ANA }), withGroup({ rule: 'true' }))).toEqual({
      gains: [row({ who: 'rule: true' })],
      losses: [row({ who: 'ana@example.com' })],
    });
  });

  test('who join a group that gets another role in the same change gain that role', () => {
    const [before, after] = [
      withGroup({ logins: ANA }, [OPS, { ...OPS, role: 'admin' }]),
      withGroup({ logins: ANA_AND_BEN }, [OPS, { ...OPS, role: 'edit' }]),
    ];

    const { gains } = accessDiff(before, after);

    expect(gains.map(({ role, who }) => [role, who])).toEqual([
      ['edit', undefined],
      ['edit', 'ben@example.com'],
      ['view', 'ben@example.com'],
    ]);
    expect(sensitiveGains(before, after, accessDiff(before, after))).toContain('read-secrets');
  });

  test('are reported as the whole group if it is new in the place', () => {
    expect(rowsOf(withGroup({}, []), withGroup({ logins: ANA }))).toEqual({ gains: [row()], losses: [] });
  });

  test('gain nothing in a group without a grant', () => {
    expect(rowsOf(withGroup({}, []), withGroup({ logins: ANA }, []))).toEqual(NOTHING);
  });
});

describe('sensitiveGains', () => {
  const READER = { ...OPS, role: 'secret-reader' };
  const gains = (before: ReturnType<typeof fileWith>, after: ReturnType<typeof fileWith>) =>
    sensitiveGains(before, after, accessDiff(before, after));

  test('are the permissions of new grants, distinct and sorted', () => {
    const after = fileWith([READER, { ...OPS, role: 'pod-exec', clusters: '*' }, { ...READER, clusters: ['test'] }]);

    expect(gains(fileWith([OPS]), after)).toEqual(['pod-exec', 'read-secrets']);
  });

  test('do not include those that the group had in the place by another role', () => {
    const EDIT = { ...OPS, role: 'edit' };
    const EXEC = { ...OPS, role: 'pod-exec' };

    expect(gains(fileWith([EDIT]), fileWith([EDIT, READER, EXEC]))).toEqual([]);
    expect(gains(fileWith([EXEC]), fileWith([EXEC, READER]))).toEqual(['read-secrets']);
  });

  test('do not include those that the group had in the place by one of several roles', () => {
    const before = [{ ...OPS, role: 'edit' }, OPS];

    expect(gains(fileWith(before), fileWith([...before, READER]))).toEqual([]);
  });

  test.each([
    ['impersonate', ['serviceaccounts'], ['users'], {}, {}],
    ['bind', ['clusterroles'], ['clusterroles'], { resourceNames: ['view'] }, { resourceNames: ['cluster-admin'] }],
    ['get', ['secrets'], ['secrets'], { resourceNames: ['tls'] }, {}],
    ['*', ['pods'], ['nodes'], {}, {}],
  ])('include those of which the group had only a part: %s of %j, then of %j', (verb, old, now, oldNames, nowNames) => {
    const apiGroups = [verb === 'bind' ? 'rbac.authorization.k8s.io' : ''];
    const withRules = (resources: string[], names: object) =>
      withRole({ rules: [{ apiGroups, resources, verbs: [verb], ...names }] });

    const [before, after] = [withRules(old, oldNames), withRules(now, nowNames)];

    expect(gains(before, after).length).toBeGreaterThan(0);
    expect(gains(after, after)).toEqual([]);
  });

  test('are empty if another rule gives the same', () => {
    const rule = { apiGroups: [''], resources: ['secrets'], verbs: ['get'], resourceNames: ['tls'] };
    const wide = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };

    expect(
      gains(withRole({ rules: [wide] }), withRole({ rules: [wide, rule, { ...wide, resources: ['pods'] }] })),
    ).toEqual([]);
  });

  test('are empty in a namespace if the group had them on the whole cluster', () => {
    expect(gains(fileWith([READER]), fileWith([{ ...READER, namespaces: ['a'] }]))).toEqual([]);
  });

  test('include those that the group had for a shorter time', () => {
    const short = { ...READER, expires: '2026-12-01' };
    const inNamespace = { ...READER, namespaces: ['a'] };

    expect(gains(fileWith([short]), fileWith([inNamespace]))).toEqual(['read-secrets']);
    expect(gains(fileWith([short]), fileWith([{ ...inNamespace, expires: '2026-12-02' }]))).toEqual(['read-secrets']);
    expect(gains(fileWith([short]), fileWith([{ ...inNamespace, expires: '2026-12-01' }]))).toEqual([]);
  });

  test('include those on a whole cluster that the group had in a namespace', () => {
    expect(gains(fileWith([{ ...READER, namespaces: ['a'] }]), fileWith([READER]))).toEqual(['read-secrets']);
  });

  test.each([
    ['namespace', { ...READER, namespaces: ['a'] }, { ...READER, namespaces: ['b'] }],
    ['cluster', READER, { ...READER, clusters: ['test'] }],
    ['group', READER, { ...READER, group: 'eks-admins' }],
  ])('include those in another %s', (place, before, after) => {
    // The administrators already have every permission on every cluster.
    expect(gains(fileWith([before]), fileWith([before, after]))).toEqual(place === 'group' ? [] : ['read-secrets']);
  });

  test('are those of a role that allows more', () => {
    const before = withRole(rules(['get']));

    expect(gains(before, withRole(rules(['get'], ['pods', 'secrets'])))).toEqual(['read-secrets']);
  });

  test('are those of the group for users who join it', () => {
    const before = withGroup({ logins: [] }, [READER]);

    expect(gains(before, withGroup({ logins: ['ana@example.com'] }, [READER]))).toEqual(['read-secrets']);
  });

  test('are empty if access is lost', () => {
    expect(gains(fileWith([READER]), fileWith([]))).toEqual([]);
  });
});
