import { type NamedKind, nameFinding } from '../../../../constraints/name-limits';
import { problemsWith } from '../../../access-files';

const VISIBLE = 'without control characters, and without white space at the start or end';
const EKS_LETTERS = 'letters, digits, - and _, starting with a letter or digit';
const IAM_LETTERS = 'letters, digits and +=,.@_-';
const TAG_LETTERS = 'letters, digits, spaces and _.:/=+-@, not starting with aws:';

const CHARACTERS_FIX = 'Use only the allowed characters.';
const EKS = { kind: 'eks', region: 'eu-west-1' };
const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };

function problem(path: string, what: string, given: string, allowed: string, fix: string) {
  return {
    path,
    check: 'name-limits',
    message: `This is not a valid name for ${what}.`,
    given,
    allowed,
    fix,
    source: 'https://docs.aws.amazon.com/eks/latest/APIReference/API_CreateCluster.html',
  };
}

/** Long text as a problem shows it. */
const cut = (letter: string) => `'${letter.repeat(77)}...'`;

function withGroup(group: string) {
  return {
    groups: { 'eks-admins': {}, [group]: {} },
  };
}

describe('name-limits', () => {
  test('fails for a group of 51 characters with a rule, which has its name, not for one of 50', () => {
    const withRule = (length: number) =>
      problemsWith({ groups: { 'eks-admins': {}, ['g'.repeat(length)]: { rule: 'user.x' } } });

    expect(withRule(50)).toEqual([]);
    expect(withRule(51)).toEqual([
      problem(
        `groups.${'g'.repeat(51)}.rule`,
        'an Okta group rule',
        `'${'g'.repeat(51)}', 51 characters`,
        `1 to 50 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('is silent on the rule of a group with an invalid name', () => {
    expect(problemsWith({ groups: { 'eks-admins': {}, ' g': { rule: 'user.x' } } }).map(({ path }) => path)).toEqual([
      'groups[" g"]',
    ]);
  });

  test.each([
    ['Team-A', "'Team-A', 6 characters", CHARACTERS_FIX],
    ['a-', "'a-', 2 characters", CHARACTERS_FIX],
    ['a.b', "'a.b', 3 characters", CHARACTERS_FIX],
    ['a'.repeat(64), `'${'a'.repeat(64)}', 64 characters`, 'Shorten it by 1.'],
  ])('fails for the namespace %s', (name, given, fix) => {
    expect(problemsWith({ namespaces: { [name]: {} } })).toEqual([
      problem(
        name === 'a.b' ? 'namespaces["a.b"]' : `namespaces.${name}`,
        'a Kubernetes namespace',
        given,
        '1 to 63 characters, lowercase letters, digits and -, starting and ending with a letter or digit',
        fix,
      ),
    ]);
  });

  test('allows a namespace of 63 characters', () => {
    expect(problemsWith({ namespaces: { ['a'.repeat(63)]: {} } })).toEqual([]);
  });

  test('fails for a network zone of 129 characters, not for one of 128', () => {
    const withZone = (length: number) =>
      problemsWith({ signIn: { authenticationPolicy: { networkZones: ['office', 'z'.repeat(length)] } } });

    expect(withZone(128)).toEqual([]);
    expect(withZone(129)).toEqual([
      problem(
        'signIn.authenticationPolicy.networkZones',
        'an Okta network zone',
        `${cut('z')}, 129 characters`,
        `1 to 128 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('is silent on an existing policy, which has no network zones here', () => {
    expect(problemsWith({ signIn: { authenticationPolicy: { id: 'rst1' } } })).toEqual([]);
  });

  test('fails for a group of 256 characters, not for one of 255', () => {
    expect(problemsWith(withGroup('g'.repeat(255)))).toEqual([]);
    expect(problemsWith(withGroup('g'.repeat(256)))).toEqual([
      problem(
        `groups.${'g'.repeat(256)}`,
        'an Okta group',
        `${cut('g')}, 256 characters`,
        `1 to 255 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test.each([
    ['', 'groups[""]', "'', 0 characters"],
    [' eks-a', 'groups[" eks-a"]', "' eks-a', 6 characters"],
    ['eks-a\t', 'groups["eks-a\\t"]', "'eks-a\\t', 6 characters"],
    ['eks\na', 'groups["eks\\na"]', "'eks\\na', 5 characters"],
  ])('fails for the group %j', (group, path, given) => {
    expect(problemsWith(withGroup(group))).toEqual([
      problem(path, 'an Okta group', given, `1 to 255 characters, ${VISIBLE}`, CHARACTERS_FIX),
    ]);
  });

  test.each(['g', 'Team Ä / 東京', 'a "quoted" one', '!'])('allows the group %j', (group) => {
    expect(problemsWith(withGroup(group))).toEqual([]);
  });

  test('fails for a required claim of 64 characters, not for one of 63', () => {
    const withClaim = (claim: string) => ({
      claims: { [claim]: { existing: true } },
      identityProvider: { requiredClaims: { [claim]: 'x' } },
    });

    expect(problemsWith(withClaim('c'.repeat(63)))).toEqual([]);
    expect(problemsWith(withClaim('c'.repeat(64)))).toEqual([
      problem(
        `identityProvider.requiredClaims.${'c'.repeat(64)}`,
        'a required claim',
        `'${'c'.repeat(64)}', 64 characters`,
        `1 to 63 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('fails for a tag key of 129 characters, not for one of 128', () => {
    expect(problemsWith({ tags: { ['t'.repeat(128)]: 'x' } })).toEqual([]);
    expect(problemsWith({ tags: { ['t'.repeat(129)]: 'x' } })).toEqual([
      problem(
        `tags.${'t'.repeat(129)}`,
        'an AWS tag',
        `${cut('t')}, 129 characters`,
        `1 to 128 characters, ${TAG_LETTERS}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test.each([
    ['aws:x', '["aws:x"]', 5],
    ['AWS:x', '["AWS:x"]', 5],
    ['a?', '["a?"]', 2],
    ['', '[""]', 0],
  ])('fails for the tag key %j of the file and of a cluster', (key, place, length) => {
    const problems = problemsWith({
      tags: { [key]: 'x' },
      clusters: { prod: { ...EKS, tags: { [key]: 'x' } } },
    });

    const allowed = `1 to 128 characters, ${TAG_LETTERS}`;
    expect(problems).toEqual([
      problem(`tags${place}`, 'an AWS tag', `'${key}', ${length} characters`, allowed, CHARACTERS_FIX),
      problem(`clusters.prod.tags${place}`, 'an AWS tag', `'${key}', ${length} characters`, allowed, CHARACTERS_FIX),
    ]);
  });

  test.each(['team', 'cost center', 'kubernetes.io/cluster/x', '2024', 'Größe', 'a:b=c+d-e@f_g', 'my-aws:x'])(
    'allows the tag key %s',
    (key) => {
      expect(problemsWith({ tags: { [key]: 'x' }, clusters: { prod: { ...EKS, tags: { [key]: 'x' } } } })).toEqual([]);
    },
  );

  test('fails for a cluster key of 101 characters, not for one of 100, even if name, app, and role are given', () => {
    const withKey = (key: string) => ({ clusters: { [key]: { ...EKS, name: 'x', app: 'x', roleName: 'x' } } });

    expect(problemsWith(withKey('k'.repeat(100)))).toEqual([]);
    expect(problemsWith(withKey('k'.repeat(101)))).toEqual([
      problem(
        `clusters.${'k'.repeat(101)}`,
        'an EKS cluster',
        `${cut('k')}, 101 characters`,
        `1 to 100 characters, ${EKS_LETTERS}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test.each([
    ['-a', 'clusters.-a'],
    ['_a', 'clusters._a'],
    ['a b', 'clusters["a b"]'],
    ['a.b', 'clusters["a.b"]'],
    ['a/b', 'clusters["a/b"]'],
    ['ä', 'clusters["ä"]'],
  ])('fails for the cluster key %s', (key, path) => {
    const problems = problemsWith({ clusters: { [key]: { ...EKS, name: 'x', app: 'x' } } });

    expect(problems).toEqual([
      problem(
        path,
        'an EKS cluster',
        `'${key}', ${key.length} characters`,
        `1 to 100 characters, ${EKS_LETTERS}`,
        CHARACTERS_FIX,
      ),
    ]);
  });

  test.each(['a', '1', 'A-b_C-9', 'a-', 'a_'])('allows the cluster key %s', (key) => {
    expect(problemsWith({ clusters: { [key]: EKS } })).toEqual([]);
  });

  test.each([EKS, EXISTING])('fails for a cluster name of 101 characters, not for one of 100: %j', (cluster) => {
    const withName = (name: string) => ({
      clusters: { prod: { ...cluster, name, ...(cluster === EKS && { roleName: 'x' }) } },
    });

    expect(problemsWith(withName('n'.repeat(100)))).toEqual([]);
    expect(problemsWith(withName('n'.repeat(101)))).toEqual([
      problem(
        'clusters.prod.name',
        'an EKS cluster',
        `${cut('n')}, 101 characters`,
        `1 to 100 characters, ${EKS_LETTERS}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('fails for an app of 51 characters, not for one of 50', () => {
    const withApp = (app: string) => ({ clusters: { prod: { ...EKS, app } } });

    expect(problemsWith(withApp('a'.repeat(50)))).toEqual([]);
    expect(problemsWith(withApp('a'.repeat(51)))).toEqual([
      problem(
        'clusters.prod.app',
        'an Okta app and its access policy',
        `'${'a'.repeat(51)}', 51 characters`,
        `1 to 50 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('fails for a key of 51 characters that is also the app, and says to set the app', () => {
    const withKey = (key: string) => ({ clusters: { [key]: EXISTING } });

    expect(problemsWith(withKey('k'.repeat(50)))).toEqual([]);
    expect(problemsWith(withKey('k'.repeat(51)))).toEqual([
      problem(
        `clusters.${'k'.repeat(51)}`,
        'an Okta app and its access policy',
        `'${'k'.repeat(51)}', 51 characters`,
        `1 to 50 characters, ${VISIBLE}`,
        'Set app to a shorter name.',
      ),
    ]);
  });

  test('does not say to shorten an app of 50 characters, one of which is invalid', () => {
    const [problem] = problemsWith({ clusters: { prod: { ...EKS, app: `${'a'.repeat(49)} ` } } });

    expect(problem?.fix).toBe(CHARACTERS_FIX);
  });

  test('fails for an invalid key and an invalid app together', () => {
    const problems = problemsWith({ clusters: { 'a b': { ...EKS, name: 'x', app: 'a'.repeat(51) } } });

    expect(problems.map(({ path }) => path)).toEqual(['clusters["a b"]', 'clusters["a b"].app']);
  });

  test.each([' EKS', 'EKS ', 'E\u0000KS', 'E\u0085KS'])('fails for the app %j', (app) => {
    const problems = problemsWith({ clusters: { prod: { ...EKS, app } } });

    expect(problems.map(({ path, check, fix }) => [path, check, fix])).toEqual([
      ['clusters.prod.app', 'name-limits', CHARACTERS_FIX],
    ]);
  });

  test('fails for a role name of 65 characters, not for one of 64', () => {
    const withRole = (roleName: string) => ({ clusters: { prod: { ...EKS, roleName } } });

    expect(problemsWith(withRole('r'.repeat(64)))).toEqual([]);
    expect(problemsWith(withRole('r'.repeat(65)))).toEqual([
      problem(
        'clusters.prod.roleName',
        'an IAM role',
        `'${'r'.repeat(65)}', 65 characters`,
        `1 to 64 characters, ${IAM_LETTERS}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('fails for a cluster of 54 characters with the default role name, not for one of 53', () => {
    const withName = (name: string) => ({ clusters: { prod: { ...EKS, name } } });

    expect(problemsWith(withName('n'.repeat(53)))).toEqual([]);
    expect(problemsWith(withName('n'.repeat(54)))).toEqual([
      problem(
        'clusters.prod',
        'an IAM role',
        `'EKSCluster-${'n'.repeat(54)}', 65 characters`,
        `1 to 64 characters, ${IAM_LETTERS}`,
        'Set roleName to a shorter name.',
      ),
    ]);
  });

  test('is silent on the role of an existing cluster', () => {
    expect(problemsWith({ clusters: { prod: { ...EXISTING, name: 'n'.repeat(54) } } })).toEqual([]);
  });

  test.each(['a b', 'a/b', 'ä', 'a:b'])('fails for the role name %s', (roleName) => {
    const problems = problemsWith({ clusters: { prod: { ...EKS, roleName } } });

    expect(problems.map(({ path, check, fix }) => [path, check, fix])).toEqual([
      ['clusters.prod.roleName', 'name-limits', CHARACTERS_FIX],
    ]);
  });

  test('allows every character of role names', () => {
    expect(problemsWith({ clusters: { prod: { ...EKS, roleName: 'aZ9_+=,.@-' } } })).toEqual([]);
  });

  test('is silent on the default role name of an invalid cluster name', () => {
    const problems = problemsWith({ clusters: { prod: { ...EKS, name: 'a b' } } });

    expect(problems.map(({ path }) => path)).toEqual(['clusters.prod.name']);
  });

  test('fails for an invalid cluster name and an invalid role name together', () => {
    const problems = problemsWith({ clusters: { prod: { ...EKS, name: 'a b', roleName: 'c d' } } });

    expect(problems.map(({ path }) => path)).toEqual(['clusters.prod.name', 'clusters.prod.roleName']);
  });

  test('reports once that a key has characters that no cluster name may have', () => {
    const problems = problemsWith({ clusters: { 'a\tb': EKS } });

    expect(problems.map(({ message, fix }) => [message, fix])).toEqual([
      ['This is not a valid name for an EKS cluster.', CHARACTERS_FIX],
    ]);
  });

  test.each([
    ['namespaces', { namespaces: { Shop: {} } }, 'namespaces.Shop'],
    ['guards of the file', { guards: { namespaces: { Shop: [] } } }, 'guards.namespaces.Shop'],
    [
      'guards of a cluster',
      { clusters: { prod: { ...EXISTING, guards: { namespaces: { Shop: [] } } } } },
      'clusters.prod.guards.namespaces.Shop',
    ],
  ])('fails for an invalid namespace, in %s', (_, changes, path) => {
    expect(problemsWith(changes)).toEqual([
      problem(
        path,
        'a Kubernetes namespace',
        "'Shop', 4 characters",
        '1 to 63 characters, lowercase letters, digits and -, starting and ending with a letter or digit',
        CHARACTERS_FIX,
      ),
    ]);
  });

  test('fails for a group with a rule beyond 50 characters, which is also the name of the rule', () => {
    const name = `eks-${'g'.repeat(47)}`;

    expect(problemsWith({ groups: { 'eks-admins': {}, [name.slice(1)]: { rule: 'true' } } })).toEqual([]);
    expect(problemsWith({ groups: { 'eks-admins': {}, [name]: {} } })).toEqual([]);
    expect(problemsWith({ groups: { 'eks-admins': {}, [name]: { rule: 'true' } } })).toEqual([
      problem(
        `groups.${name}.rule`,
        'an Okta group rule',
        `'${name}', 51 characters`,
        `1 to 50 characters, ${VISIBLE}`,
        'Shorten it by 1.',
      ),
    ]);
  });

  test('fails for a network zone beyond 128 characters', () => {
    const zones = (networkZones: readonly string[]) => ({ signIn: { authenticationPolicy: { networkZones } } });

    expect(problemsWith(zones(['z'.repeat(128)]))).toEqual([]);
    expect(problemsWith(zones(['z'.repeat(129)])).map(({ path, fix }) => [path, fix])).toEqual([
      ['signIn.authenticationPolicy.networkZones', 'Shorten it by 1.'],
    ]);
  });
});

describe('nameFinding', () => {
  test.each<[NamedKind, number, string]>([
    ['oktaGroup', 255, 'an Okta group'],
    ['app', 50, 'an Okta app and its access policy'],
    ['accessPolicy', 50, 'an Okta access policy'],
    ['accessRule', 50, 'an Okta access policy rule'],
    ['eksCluster', 100, 'an EKS cluster'],
    ['iamRole', 64, 'an IAM role'],
    ['requiredClaim', 63, 'a required claim'],
    ['tagKey', 128, 'an AWS tag'],
  ])('for %s allows 1 to %d characters', (kind, most, what) => {
    expect(nameFinding(kind, 'a')).toBeUndefined();
    expect(nameFinding(kind, 'a'.repeat(most))).toBeUndefined();
    expect(nameFinding(kind, '')?.message).toBe(`This is not a valid name for ${what}.`);
    expect(nameFinding(kind, 'a'.repeat(most + 2))?.fix).toBe('Shorten it by 2.');
    expect(nameFinding(kind, 'a'.repeat(most + 2))?.allowed).toContain(`1 to ${most} characters, `);
  });

  test.each<NamedKind>(['oktaGroup', 'app', 'accessPolicy', 'accessRule', 'requiredClaim'])(
    'for %s allows any characters except control characters, and white space at the start or end',
    (kind) => {
      const words = `, ${VISIBLE}`;

      expect(nameFinding(kind, 'Ä b / "c"')).toBeUndefined();
      expect(['a\u0007b', ' a', 'a '].map((name) => nameFinding(kind, name)?.allowed.endsWith(words))).toEqual([
        true,
        true,
        true,
      ]);
    },
  );
});
