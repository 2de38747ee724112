import { canI } from '../../../model/review/can-i';
import { accessDiff } from '../../../model/review/diff';
import { proveSynthesized } from '../../../sandbox/proof/prove-synthesized';
import { accessWith, clusterOf, problemsWith, SMALLEST, warningsWith } from '../../access-files';
import { synthesizedAccess } from '../../synthesized';

const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const OWN = {
  name: 'Okta-old',
  usernameClaim: 'sub',
  prefix: { username: 'users:', groups: 'groups:' },
  requiredClaims: { tenant: 'shop' },
};

function fileOf(own: unknown) {
  return {
    ...SMALLEST,
    // Others make the claims of this server.
    authorizationServer: { existing: true },
    identityProvider: { requiredClaims: { tenant: 'example' } },
    clusters: {
      prod: EXISTING,
      old: { ...EXISTING, identityProvider: own },
      lab: { kind: 'self-managed', kubeconfigContext: 'lab', identityProvider: own },
    },
    guards: { secretDeletion: ['eks-admins'] },
  };
}

const ACCESS = accessWith(fileOf(OWN));

describe('the identity provider of a cluster', () => {
  test('overrides that of the file key by key', () => {
    const { clusters } = accessWith(fileOf({ prefix: 'x:' }));

    expect(ACCESS.clusters.old?.identityProvider).toEqual({ ...OWN, replaceable: false });
    expect(clusters.old?.identityProvider).toEqual({
      name: 'Okta',
      usernameClaim: 'email',
      prefix: { username: 'x:', groups: 'x:' },
      requiredClaims: { tenant: 'example' },
      replaceable: false,
    });
  });

  test('requires no claim of the file if it says so', () => {
    expect(accessWith(fileOf({ requiredClaims: {} })).clusters.old?.identityProvider.requiredClaims).toEqual({});
  });

  test('is inherited from clusterDefaults', () => {
    const access = accessWith({
      clusters: { prod: EXISTING, old: { ...EXISTING, identityProvider: { name: 'Mine' } } },
      clusterDefaults: { identityProvider: { name: 'Theirs', prefix: 'x:' } },
    });

    expect(
      Object.values(access.clusters).map(({ identityProvider: { name, prefix } }) => [name, prefix.groups]),
    ).toEqual([
      ['Theirs', 'x:'],
      ['Mine', 'x:'],
    ]);
  });

  test('is in the association, the bindings, and the guards of the cluster, and in no other', () => {
    const stacks = synthesizedAccess(ACCESS);
    const oidc = (key: string) =>
      Object.values(stacks[`cluster-${key}`]?.resource?.aws_eks_identity_provider_config ?? {})[0]?.oidc;
    const subjects = (key: string) =>
      Object.values(stacks[`rbac-${key}`]?.resource?.kubernetes_cluster_role_binding_v1 ?? {}).flatMap(({ subject }) =>
        subject.map(({ name }: { name: string }) => name),
      );
    const guards = (key: string) => JSON.stringify(stacks[`guards-${key}`]?.resource);

    expect(oidc('old')).toMatchObject({
      identity_provider_config_name: 'Okta-old',
      username_claim: 'sub',
      username_prefix: 'users:',
      groups_prefix: 'groups:',
      required_claims: { tenant: 'shop' },
    });
    expect(oidc('prod')).toMatchObject({
      identity_provider_config_name: 'Okta',
      username_claim: 'email',
      username_prefix: 'okta:',
      groups_prefix: 'okta:',
      required_claims: { tenant: 'example' },
    });
    expect(['prod', 'old', 'lab'].map(subjects)).toEqual([
      ['okta:eks-admins'],
      ['groups:eks-admins'],
      ['groups:eks-admins'],
    ]);
    expect(['prod', 'old', 'lab'].map((key) => /okta:eks-admins/.test(guards(key)))).toEqual([true, false, false]);
    expect(['prod', 'old', 'lab'].map((key) => /groups:eks-admins/.test(guards(key)))).toEqual([false, true, true]);
  });

  test('is what can-i answers with', () => {
    const answer = (key: string) =>
      canI(ACCESS, {
        cluster: clusterOf(ACCESS, key),
        groups: ['eks-admins'],
        request: { verb: 'get', apiGroup: '', resource: 'pods' },
      });

    expect(['prod', 'old'].map((key) => answer(key).because.split(' ')[0])).toEqual([
      'okta:eks-admins',
      'groups:eks-admins',
    ]);
  });

  test('is what the proof signs in with', async () => {
    const { differences, rows } = await proveSynthesized(ACCESS, synthesizedAccess(ACCESS));

    expect(differences).toEqual([]);
    expect(rows.filter(({ refusal }) => refusal === null).map(({ cluster }) => cluster)).toEqual(
      expect.arrayContaining(['prod', 'old']),
    );
  });

  test.each([
    ['no-prefix', { prefix: '' }, 'clusters.old.identityProvider.prefix'],
    ['no-prefix', { prefix: { username: 'okta:', groups: '' } }, 'clusters.old.identityProvider.prefix'],
  ])('has the warning %s with %j at its own place', (check, own, path) => {
    const changes = { clusters: { prod: EXISTING, old: { ...EXISTING, identityProvider: own } } };

    expect(warningsWith(check, changes).map((problem) => problem.path)).toEqual([path]);
    expect(warningsWith(check, { clusters: { prod: EXISTING } })).toEqual([]);
  });

  test.each([
    ['reserved-prefix', { prefix: 'system:' }, 'clusters.old.identityProvider.prefix'],
    [
      'name-limits',
      { requiredClaims: { ['x'.repeat(64)]: 'a' } },
      `clusters.old.identityProvider.requiredClaims.${'x'.repeat(64)}`,
    ],
  ])('fails with %s with %j at its own place', (check, own, path) => {
    const problems = problemsWith({
      authorizationServer: { existing: true },
      clusters: { prod: EXISTING, old: { ...EXISTING, identityProvider: own } },
    });

    expect(problems.map((problem) => [problem.check, problem.path])).toEqual([[check, path]]);
  });

  test('is not checked where every cluster has its own', () => {
    const own = { ...EXISTING, identityProvider: { prefix: 'okta:' } };

    expect(warningsWith('no-prefix', { identityProvider: { prefix: '' }, clusters: { prod: own } })).toEqual([]);
  });

  test('loses claims of the file by its own claims, which widens', () => {
    const { changes } = accessDiff(accessWith(fileOf({})), accessWith(fileOf({ requiredClaims: { other: 'a' } })));

    expect(changes.map(({ path, effect }) => [path, effect])).toEqual([
      ['clusters.lab.identityProvider.requiredClaims', 'widens'],
      ['clusters.old.identityProvider.requiredClaims', 'widens'],
    ]);
  });
});
