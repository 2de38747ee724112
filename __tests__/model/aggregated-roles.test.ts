import { canI } from '../../model/review/can-i';
import { accessDiff } from '../../model/review/diff';
import { accessMatrix } from '../../model/review/matrix';
import { pathsOf } from '../../model/review/paths';
import { proveSynthesized } from '../../sandbox/proof/prove-synthesized';
import { accessWith, clusterOf, problemsWith } from '../access-files';
import { synthesizedAccess } from '../synthesized';

const CRONTABS = { apiGroups: ['stable.example.com'], resources: ['crontabs'], verbs: ['get', 'list'] };
const SECRETS = { apiGroups: [''], resources: ['secrets'], verbs: ['get'] };
const TOKENS = { apiGroups: [''], resources: ['serviceaccounts/token'], verbs: ['create'] };
const ROLES = ['view', 'edit', 'admin'] as const;

/** A group for each of Kubernetes' roles in the namespace shop, and a role that widens some of them. */
function widening(aggregateTo: readonly string[], rules: readonly unknown[] = [CRONTABS]) {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-view': {}, 'eks-edit': {}, 'eks-admin': {} },
    roles: { crontabs: { rules, aggregateTo } },
    clusters: {
      prod: { kind: 'eks', region: 'eu-west-1', version: '1.35' },
      bare: { kind: 'existing-eks', region: 'eu-west-1' },
    },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      ...ROLES.map((role) => ({ group: `eks-${role}`, role, clusters: ['prod'], namespaces: ['shop'] })),
    ],
  });
}

function readersOf(access: ReturnType<typeof widening>, namespace = 'shop') {
  const request = { verb: 'get', apiGroup: 'stable.example.com', resource: 'crontabs', namespace };
  return ROLES.filter(
    (role) => canI(access, { cluster: clusterOf(access, 'prod'), groups: [`eks-${role}`], request }).allowed,
  );
}

describe('a role with aggregateTo', () => {
  test.each([
    [['view'], ['view', 'edit', 'admin']],
    [['edit'], ['edit', 'admin']],
    [['admin'], ['admin']],
    [[], []],
  ])('that widens %j widens %j', (aggregateTo, widened) => {
    expect(readersOf(widening(aggregateTo))).toEqual(widened);
    expect(readersOf(widening(aggregateTo), 'other')).toEqual([]);
  });

  test('is made on every cluster with its labels, without a grant', () => {
    const stacks = synthesizedAccess(widening(['admin', 'view']));

    for (const stack of ['rbac-prod', 'rbac-bare']) {
      const roles = Object.values(stacks[stack]?.resource?.kubernetes_cluster_role_v1 ?? {});
      expect(roles.map(({ metadata }) => metadata)).toEqual([
        {
          name: 'crontabs',
          labels: {
            'rbac.authorization.k8s.io/aggregate-to-view': 'true',
            'rbac.authorization.k8s.io/aggregate-to-admin': 'true',
          },
        },
      ]);
    }
  });

  test('gives its sensitive permissions to whoever has the widened role', () => {
    const sensitive = (access: ReturnType<typeof widening>) =>
      accessMatrix(access).find(({ name }) => name === 'eks-view')?.sensitive;

    expect(sensitive(widening(['view']))).toEqual([]);
    expect(sensitive(widening(['view'], [SECRETS]))).toEqual(['read-secrets']);
  });

  test('opens the paths of its rules', () => {
    const of = (access: ReturnType<typeof widening>) =>
      pathsOf(access).flatMap(({ from, to, certain }) => (from.name === 'eks-view' && certain ? [to] : []));

    expect(of(widening(['view']))).toEqual([]);
    expect(of(widening(['view'], [TOKENS]))).toContain('service accounts of shop');
  });

  test('counts where somebody may bind the widened role', () => {
    const bind = [
      {
        apiGroups: ['rbac.authorization.k8s.io'],
        resources: ['clusterroles'],
        resourceNames: ['view'],
        verbs: ['bind'],
      },
      { apiGroups: ['rbac.authorization.k8s.io'], resources: ['clusterrolebindings'], verbs: ['create'] },
    ];
    const of = (aggregateTo: readonly string[]) => {
      const access = accessWith({
        groups: { 'eks-admins': {}, 'eks-binders': {} },
        roles: { binder: { rules: bind }, execs: { rules: [TOKENS], aggregateTo } },
        grants: [
          { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
          { group: 'eks-binders', role: 'binder', clusters: '*' },
        ],
      });
      return pathsOf(access).flatMap(({ from, to, certain }) => (from.name === 'eks-binders' && certain ? [to] : []));
    };

    expect(of([])).toEqual([]);
    expect(of(['view'])).toContain('cluster-admin');
  });

  test('is a gain of whoever has the widened roles', () => {
    const { gains, losses, changes } = accessDiff(widening([]), widening(['view']));

    expect(gains.map(({ group, role, rules }) => [group, role, rules])).toEqual([
      ['eks-admin', 'admin', [CRONTABS]],
      ['eks-edit', 'edit', [CRONTABS]],
      ['eks-view', 'view', [CRONTABS]],
    ]);
    expect(losses).toEqual([]);
    expect(changes.map(({ path, effect }) => [path, effect])).toEqual([['roles.crontabs.aggregateTo', 'widens']]);
  });

  test('widens by new rules, also for bindings that the file does not know', () => {
    const { changes } = accessDiff(widening(['view']), widening(['view'], [CRONTABS, SECRETS]));

    expect(changes.map(({ path, effect }) => [path, effect])).toEqual([['roles.crontabs.rules', 'widens']]);
  });

  test('has an effect without a grant, and can be granted too', () => {
    expect(widening(['view']).warnings.filter(({ path }) => path.startsWith('roles.'))).toEqual([]);
    expect(widening([]).warnings.map(({ path, check }) => [path, check])).toContainEqual([
      'roles.crontabs',
      'without-effect',
    ]);
  });

  test('fails with resources that the version of a cluster does not have', () => {
    const problems = problemsWith({
      clusters: { prod: { kind: 'eks', region: 'eu-west-1', version: '1.31' } },
      roles: {
        devices: {
          rules: [{ apiGroups: ['scheduling.k8s.io'], resources: ['workloads'], verbs: ['get'] }],
          aggregateTo: ['view'],
        },
      },
    });

    expect(problems.map(({ check, given }) => [check, given])).toEqual([
      ['role-rules-of-version', expect.stringContaining('created on clusters with 1.31')],
    ]);
  });

  test('differs in no answer from the proof of its stacks', async () => {
    const access = widening(['view'], [CRONTABS, SECRETS]);
    const { differences, rows } = await proveSynthesized(access, synthesizedAccess(access));

    expect(differences).toEqual([]);
    const answers = rows.find(({ login }) => login === 'eks-view@demo.example')?.answers ?? [];
    expect(answers).toContainEqual({ words: 'read secrets', namespace: 'shop', allowed: true });
  });

  test('is a difference where the stacks lack it', async () => {
    const access = widening(['view']);
    const stacks = synthesizedAccess(widening([]));

    expect((await proveSynthesized(access, stacks)).differences).not.toEqual([]);
  });
});
