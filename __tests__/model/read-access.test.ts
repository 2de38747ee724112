import { type Problem, readAccess } from '../../model';
import { settingsOf } from '../../model/derived/access';
import { accessWith, DAY, problemsOf, problemsWith, SMALLEST } from '../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const EXISTING = { kind: 'existing-eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const THE_FILE = 'an object with okta, groups, clusters, and grants';

/** The places of the problems of the smallest file with these keys changed, and the rules that they break. */
const placesWith = (changes: Record<string, unknown>) => places({ ...SMALLEST, ...changes });
const places = (file: unknown) => problemsOf(file).map(({ path, check }) => [path, check]);

/** The smallest file without some of its keys. */
function fileWithout(...keys: readonly string[]) {
  return Object.fromEntries(Object.entries(SMALLEST).filter(([key]) => !keys.includes(key)));
}

describe('keys that are ignored', () => {
  test('are $schema, and names that start with x- at the top level', () => {
    const file = { $schema: 'https://example.com/schema.json', 'x-anchors': { a: [{ __proto__: null }] }, ...SMALLEST };

    expect(readAccess(file, DAY)).toEqual(readAccess(SMALLEST, DAY));
  });

  test('are none further down, and no others at the top', () => {
    expect(places({ ...SMALLEST, X: 1, schema: 1, okta: { orgName: 'a', 'x-a': 1, $schema: '' } })).toEqual([
      ['okta.x-a', 'unknown-key'],
      ['okta.$schema', 'unknown-key'],
      ['X', 'unknown-key'],
      ['schema', 'unknown-key'],
    ]);
  });
});

describe('the smallest file', () => {
  test('has every default', () => {
    const access = readAccess(SMALLEST, DAY);

    expect({ ...access, ...settingsOf(access) }).toEqual({
      day: '2026-06-15',
      okta: { orgName: 'example', baseUrl: 'okta.com' },
      authorizationServer: {
        name: 'EKS',
        audience: 'http://localhost:8000',
        issuerMode: 'ORG_URL',
        existing: false,
        handOver: false,
        replaceable: false,
      },
      groupsClaim: { name: 'groups', startsWith: 'eks-' },
      claims: {},
      identityProvider: {
        name: 'Okta',
        usernameClaim: 'email',
        prefix: { username: 'okta:', groups: 'okta:' },
        replaceable: false,
      },
      signIn: { assignment: 'granted', redirectPorts: [8000, 18000], deviceCode: false },
      selfServiceAttributes: ['email', 'firstName', 'lastName', 'mobilePhone', 'secondEmail'],
      groups: { 'eks-admins': { existing: false, handOver: false } },
      roles: {},
      clusters: {
        prod: {
          kind: 'eks',
          region: 'eu-west-1',
          namespaces: [],
          deployers: [],
          network: 'default-vpc',
          endpoint: { private: false },
          logs: ['api', 'audit', 'authenticator'],
          logRetentionDays: 90,
          authenticationMode: 'API_AND_CONFIG_MAP',
          deletionProtection: false,
          absent: false,
          replaceable: false,
          tags: {},
        },
      },
      absentClusters: {},
      namespaces: {},
      grants: [{ path: 'grants[0]', group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: {} }],
      placements: expect.any(Array),
      apps: expect.any(Array),
      expired: [],
      inherited: {},
      warnings: expect.any(Array),
      backend: 'local',
      tags: {},
    });
  });

  test('has the defaults of an existing cluster', () => {
    expect(settingsOf(accessWith({ clusters: { legacy: EXISTING } })).clusters).toEqual({
      legacy: {
        kind: 'existing-eks',
        region: 'eu-west-1',
        namespaces: [],
        deployers: [],
        absent: false,
        replaceable: false,
        handOver: false,
        tags: {},
      },
    });
  });

  test('keeps what was given', () => {
    const access = accessWith({
      claims: { hd: '"example.com"' },
      identityProvider: { prefix: 'x:', requiredClaims: { hd: 'example.com' } },
      signIn: { redirectPorts: [9000] },
      tags: { team: 'platform' },
    });

    expect(access.identityProvider.prefix).toEqual({ username: 'x:', groups: 'x:' });
    expect(access.identityProvider.requiredClaims).toEqual({ hd: 'example.com' });
    expect(access.signIn.redirectPorts).toEqual([9000]);
    expect(access.tags).toEqual({ team: 'platform' });
  });

  test('is placed grant by grant', () => {
    const access = accessWith({ grants: [ADMINS, { ...ADMINS, role: 'view' }] });

    expect(access.grants.map(({ path }) => path)).toEqual(['grants[0]', 'grants[1]']);
  });
});

describe('the model', () => {
  test('is frozen at every depth', () => {
    const access = accessWith({
      claims: { hd: { existing: true } },
      identityProvider: { requiredClaims: { hd: 'x' } },
      clusters: { prod: { ...EKS, account: { id: '111122223333' }, tags: { a: 'b' } } },
      tags: { a: 'b' },
    });

    expect(unfrozen(access, 'access')).toEqual([]);
  });

  test('does not change the file', () => {
    const file = structuredClone(SMALLEST);

    readAccess(file, DAY);

    expect(file).toEqual(SMALLEST);
    expect(unfrozen(file, 'file')).not.toEqual([]);
  });

  test('does not change if the file changes later', () => {
    const file = { ...SMALLEST, grants: [{ ...ADMINS, clusters: ['prod'] }] };

    const access = readAccess(file, DAY);
    file.grants[0]?.clusters.push('elsewhere');

    expect(access.grants[0]?.clusters).toEqual(['prod']);
  });
});

describe('what has expired', () => {
  const BREAK_GLASS = {
    roleArn: 'arn:aws:iam::111122223333:role/on-call',
    expires: '2026-06-15',
    reason: 'Okta is down',
  };
  const FILE = {
    clusters: { prod: { ...EKS, breakGlass: BREAK_GLASS }, my_cluster: { ...EXISTING, breakGlass: BREAK_GLASS } },
    grants: [
      { ...ADMINS, role: 'edit', expires: '2026-06-15' },
      ADMINS,
      { ...ADMINS, role: 'view', expires: '2026-06-16' },
    ],
  };

  test('is in force on its last day', () => {
    const access = accessWith(FILE, '2026-06-15');

    expect(access.grants.map(({ role }) => role)).toEqual(['edit', 'cluster-admin', 'view']);
    expect(access.clusters.prod?.settings).toHaveProperty('breakGlass', BREAK_GLASS);
    expect(access.expired).toEqual([]);
    expect(access.day).toBe('2026-06-15');
  });

  test('is left out and listed the day after, and the rest keeps its place', () => {
    const access = accessWith(FILE, '2026-06-16');

    expect(access.grants.map(({ role, path }) => [role, path])).toEqual([
      ['cluster-admin', 'grants[1]'],
      ['view', 'grants[2]'],
    ]);
    expect(access.clusters.prod?.settings).not.toHaveProperty('breakGlass');
    expect(access.clusters.my_cluster?.settings).toEqual({
      ...EXISTING,
      namespaces: [],
      deployers: [],
      absent: false,
      handOver: false,
      replaceable: false,
      tags: {},
    });
    expect(access.expired).toEqual([
      {
        path: 'grants[0].expires',
        grant: expect.objectContaining({ role: 'edit', path: 'grants[0]' }),
        expires: '2026-06-15',
        what: 'grant of edit to eks-admins',
        consequence: 'it is not deployed',
      },
      {
        path: 'clusters.prod.breakGlass.expires',
        expires: '2026-06-15',
        what: 'break-glass access to the cluster prod',
        consequence: 'it is not deployed',
      },
      {
        path: 'clusters.my_cluster.breakGlass.expires',
        expires: '2026-06-15',
        what: 'break-glass access to the cluster my_cluster',
        consequence: 'it is not deployed',
      },
    ]);
  });
});

describe('all independent problems', () => {
  test('are reported together, each at its place', () => {
    const found = placesWith({
      okta: { orgName: 'example', orgUrl: 'x' },
      signIn: { redirectPorts: '8000' },
      groups: { 'eks-admins': {}, 'eks-ops': { logins: 'ana@example.com' } },
      clusters: { prod: { ...EKS, name: 'a b' } },
      grants: [ADMINS, { group: 'eks-nobody', role: 'view', clusters: '*' }],
    });

    expect(found).toEqual([
      ['okta.orgUrl', 'unknown-key'],
      ['signIn.redirectPorts', 'shape'],
      ['groups.eks-ops.logins', 'shape'],
      ['grants[1].group', 'unknown-name'],
      ['clusters.prod.name', 'name-limits'],
    ]);
  });

  test('of every required key are reported together', () => {
    expect(places({})).toEqual([
      ['okta', 'shape'],
      ['groups', 'shape'],
      ['clusters', 'shape'],
      ['grants', 'shape'],
    ]);
  });

  test.each(['okta', 'groups', 'clusters', 'grants'])('are reported together with a missing %s', (key) => {
    const found = places({ ...fileWithout(key), tags: { 'aws:x': 'y' } });

    expect(found).toEqual([
      [key, 'shape'],
      ['tags["aws:x"]', 'name-limits'],
    ]);
  });

  test.each([[[]], [null], ['x']])('are reported together with clusters that are %j', (clusters) => {
    const found = placesWith({ clusters, groups: { 'eks-admins': {}, ' ': {} } });

    expect(found).toEqual([
      ['clusters', 'shape'],
      ['groups[" "]', 'name-limits'],
    ]);
  });

  test('of one cluster do not hide those of another', () => {
    const found = placesWith({
      clusters: { broken: { ...EKS, region: 5 }, other: { ...EKS, version: '1' }, prod: { ...EKS, roleName: 'a b' } },
    });

    expect(found).toEqual([
      ['clusters.broken.region', 'shape'],
      ['clusters.other.version', 'shape'],
      ['clusters.prod.roleName', 'name-limits'],
    ]);
  });

  test('of one cluster are reported together, and its other settings are checked', () => {
    const found = placesWith({ clusters: { prod: { ...EKS, version: 1.35, name: 'a b', logs: 'all' } } });

    expect(found).toEqual([
      ['clusters.prod.version', 'shape'],
      ['clusters.prod.logs', 'shape'],
      ['clusters.prod.name', 'name-limits'],
    ]);
  });

  test('are reported together with an unknown key that resembles none', () => {
    const found = placesWith({ comment: {}, grants: [{ ...ADMINS, role: 'view' }] });

    expect(found).toEqual([
      ['comment', 'unknown-key'],
      ['clusters.prod', 'no-cluster-admin'],
    ]);
  });
});

describe('no follow-up problems', () => {
  test.each([[{ startsWith: 5 }], [{ name: 'groups', startsWith: '' }], ['eks-']])(
    'of the claim filter after the invalid groupsClaim %j',
    (groupsClaim) => {
      const found = placesWith({
        groupsClaim,
        groups: { ops: {} },
        grants: [{ ...ADMINS, group: 'ops' }],
      });

      expect(found).toHaveLength(1);
      expect(found[0]?.[1]).toBe('shape');
    },
  );

  test.each([
    ['groupsClaim.startWith', { groupsClaim: { startWith: 'ops' } }],
    ['groupClaim', { groupClaim: { startsWith: 'ops' } }],
  ])('of the claim filter after the unknown key %s, which is a typo', (path, changes) => {
    const found = placesWith({ ...changes, groups: { ops: {} }, grants: [{ ...ADMINS, group: 'ops' }] });

    expect(found).toEqual([[path, 'unknown-key']]);
  });

  test('of the prefix after an invalid identityProvider', () => {
    const found = placesWith({
      identityProvider: { prefix: { username: 'okta:', groups: 5 } },
      groupsClaim: { startsWith: 'system:' },
      groups: { 'system:masters': {} },
      grants: [{ ...ADMINS, group: 'system:masters' }],
    });

    expect(found).toEqual([['identityProvider.prefix', 'shape']]);
  });

  test.each([
    ['null', null, 'grants[0]'],
    ['one without a role', { group: 'eks-admins', clusters: '*' }, 'grants[0].role'],
    ['one with clusters as a string', { ...ADMINS, clusters: 'prod' }, 'grants[0].clusters'],
  ])('of clusters without cluster-admin after an invalid grant: %s', (_, grant, path) => {
    expect(placesWith({ grants: [grant] })).toEqual([[path, 'shape']]);
  });

  test('of clusters without cluster-admin after a grant with an unknown key', () => {
    expect(placesWith({ grants: [{ ...ADMINS, cluster: 'prod' }] })).toEqual([['grants[0].cluster', 'unknown-key']]);
  });

  test.each(['groups', 'clusters'])('of unknown names after missing %s', (key) => {
    const file = {
      ...fileWithout(key),
      grants: [
        { ...ADMINS, clusters: ['prod'] },
        { ...ADMINS, role: 'view' },
      ],
    };

    expect(places(file)).toEqual([[key, 'shape']]);
  });

  test.each([
    ['groups', null],
    ['groups', ['eks-admins']],
    ['groups', {}],
    ['groups', new Map([['eks-admins', {}]])],
    ['clusters', null],
    ['clusters', [{ kind: 'eks' }]],
  ])('of unknown names after %s that are %p', (key, value) => {
    const found = placesWith({ [key]: value, grants: [{ ...ADMINS, clusters: ['prod'] }] });

    expect(found).toEqual([[key, 'shape']]);
  });

  test.each([
    ['roles', { roles: 5 }, 'shape'],
    ['roles', { roles: ['reader'] }, 'shape'],
    ['rols', { rols: { reader: { rules: [] } } }, 'unknown-key'],
  ])('of an unknown role after %s that are %j', (path, changes, check) => {
    expect(placesWith({ ...changes, grants: [ADMINS, { ...ADMINS, role: 'reader' }] })).toEqual([[path, check]]);
  });

  test('of an invalid role, whose name is still known, but of an unknown role', () => {
    const found = placesWith({
      roles: { reader: { rules: 5 } },
      grants: [ADMINS, { ...ADMINS, role: 'reader' }, { ...ADMINS, role: 'raeder' }],
    });

    expect(found).toEqual([
      ['roles.reader.rules', 'shape'],
      ['grants[2].role', 'unknown-name'],
    ]);
  });

  test('of a cluster without grants after an invalid one', () => {
    expect(placesWith({ clusters: { prod: { ...EKS, region: undefined } } })).toEqual([
      ['clusters.prod.region', 'shape'],
    ]);
  });

  test('of empty maps', () => {
    expect(places({ ...SMALLEST, groups: {}, clusters: {}, grants: [] })).toEqual([['groups', 'shape']]);
  });
});

describe('a file without', () => {
  test('grants fails at each cluster, which nobody administers', () => {
    expect(placesWith({ grants: [] })).toEqual([['clusters.prod', 'no-cluster-admin']]);
  });

  test('clusters fails for a grant that names one, and not for one of all clusters', () => {
    expect(problemsWith({ clusters: {}, grants: [ADMINS, { ...ADMINS, clusters: ['prod'] }] })).toEqual([
      {
        path: 'grants[1].clusters[0]',
        check: 'unknown-name',
        message: "There is no cluster 'prod'.",
        given: "'prod'",
        allowed: 'no cluster: the file has none',
        fix: 'Add the cluster to the file.',
      },
    ]);
  });

  test('clusters and grants is valid: the last ones can leave', () => {
    const access = accessWith({ clusters: {}, grants: [] });

    expect([access.clusters, access.placements, access.apps]).toEqual([{}, [], []]);
  });
});

describe('the place of a grant', () => {
  test.each([[5], [null], [{}], [{ ...ADMINS, clusters: 'prod' }], [{ ...ADMINS, expires: '2030-02-30' }]])(
    'is its index in the file after the invalid grant %j',
    (broken) => {
      const problems = problemsWith({
        grants: [ADMINS, broken, { group: 'eks-admins', role: 'nothing-known', clusters: ['elsewhere'] }],
      });

      const unknown = problems.filter(({ check }) => check === 'unknown-name').map(({ path }) => path);
      expect(unknown).toEqual(['grants[2].role', 'grants[2].clusters[0]']);
    },
  );

  test('is its index in the file if a check finds it after an invalid grant', () => {
    const found = placesWith({
      groups: { 'eks-admins': {}, ops: {} },
      grants: [5, ADMINS, { ...ADMINS, group: 'ops' }],
    });

    expect(found).toEqual([
      ['grants[0]', 'shape'],
      ['grants[2].group', 'claim-filter'],
    ]);
  });
});

describe('a file that is not an object', () => {
  test.each([
    ['null', null, 'null'],
    ['a list', [SMALLEST], 'a list of 1'],
    ['a text', 'okta:', "'okta:'"],
    ['a number', 5, '5'],
    ['true', true, 'true'],
    ['a function', () => SMALLEST, 'a function'],
    ['a symbol', Symbol('x'), 'a symbol'],
  ])('fails as %s', (_, file, given) => {
    expect(problemsOf(file)).toEqual([
      {
        path: '',
        check: 'shape',
        message: 'The value is not valid here.',
        given,
        allowed: THE_FILE,
        fix: `Use ${THE_FILE}.`,
      },
    ]);
  });

  test('fails as nothing, such as an empty YAML file', () => {
    expect(problemsOf(undefined)).toEqual([
      {
        path: '',
        check: 'shape',
        message: 'A required value is missing.',
        given: 'nothing',
        allowed: THE_FILE,
        fix: `Add it: ${THE_FILE}.`,
      },
    ]);
  });
});

describe('the key __proto__', () => {
  const problem = (path: string) => ({
    path,
    check: 'shape',
    message: 'This name cannot be a key.',
    given: "'__proto__'",
    allowed: 'any other name',
    fix: 'Choose another name.',
  });

  test.each([
    ['groups', '{ "__proto__": {}, "eks-admins": {} }'],
    ['clusters', '{ "__proto__": {}, "prod": { "kind": "eks", "region": "eu-west-1" } }'],
    ['roles', '{ "__proto__": { "rules": [] } }'],
    ['namespaces', '{ "__proto__": {} }'],
    ['tags', '{ "__proto__": "x" }'],
  ])('fails in %s', (key, json) => {
    expect(problemsWith({ [key]: JSON.parse(json) })).toEqual([problem(`${key}.__proto__`)]);
  });

  test.each([
    [
      'clusters.prod.guards.namespaces',
      { clusters: { prod: { ...EKS, guards: { namespaces: JSON.parse('{ "__proto__": [] }') } } } },
    ],
    [
      'clusterDefaults.guards.namespaces',
      { clusterDefaults: { guards: { namespaces: JSON.parse('{ "__proto__": [] }') } } },
    ],
    ['clusterDefaults.tags', { clusterDefaults: { tags: JSON.parse('{ "__proto__": "x" }') } }],
    ['namespaces.a.quota', { namespaces: { a: { quota: JSON.parse('{ "pods": 1, "__proto__": 1 }') } } }],
    [
      'namespaces.a.allowIngressFrom[0].podLabels',
      {
        namespaces: {
          a: { allowIngressFrom: [{ namespace: 'b', podLabels: JSON.parse('{ "__proto__": "x" }') }] },
        },
      },
    ],
    ['grants[0].accept', { grants: [{ ...ADMINS, accept: JSON.parse('{ "__proto__": "x" }') }] }],
    ['guards.namespaces', { guards: { namespaces: JSON.parse('{ "__proto__": [] }') } }],
    ['clusters.prod.tags', { clusters: { prod: { ...EKS, tags: JSON.parse('{ "__proto__": "x" }') } } }],
    ['identityProvider.requiredClaims', { identityProvider: { requiredClaims: JSON.parse('{ "__proto__": "x" }') } }],
  ])('fails in %s, instead of being ignored', (path, changes) => {
    expect(problemsWith(changes)).toEqual([problem(`${path}.__proto__`)]);
  });

  test.each([
    ['__proto__', JSON.parse(`{ "__proto__": {}, ${JSON.stringify(SMALLEST).slice(1)}`)],
    ['okta.__proto__', { ...SMALLEST, okta: JSON.parse('{ "orgName": "example", "__proto__": {} }') }],
    [
      'clusters.prod.__proto__',
      { ...SMALLEST, clusters: { prod: JSON.parse('{ "kind": "eks", "region": "eu-west-1", "__proto__": {} }') } },
    ],
  ])('is unknown at %s', (path, file) => {
    expect(places(file)).toEqual([[path, 'unknown-key']]);
  });

  test('changes no other object', () => {
    placesWith({ tags: JSON.parse('{ "__proto__": { "polluted": "yes" } }') });

    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('a file of odd objects', () => {
  test('is read if it refers to itself', () => {
    const file: Record<string, unknown> = { ...SMALLEST };
    file.self = file;
    file.tags = { file };

    expect(places(file)).toEqual([
      ['tags.file', 'shape'],
      ['self', 'unknown-key'],
    ]);
  });

  test('is read at any depth', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 50_000; depth++) deep = { deep };

    const found = placesWith({ deep, tags: { deep }, groups: { 'eks-admins': deep } });

    expect(found).toEqual([
      ['groups.eks-admins.deep', 'unknown-key'],
      ['tags.deep', 'shape'],
      ['deep', 'unknown-key'],
    ]);
  });

  test('is read if a getter returns a different invalid value each time', () => {
    let reads = 0;
    const file = {
      ...SMALLEST,
      get tags() {
        reads += 1;
        return { [`key${reads}`]: reads };
      },
    };

    expect(problemsOf(file).map(({ check }) => check)).toContain('shape');
  });

  test('fails with the error of a getter that throws', () => {
    const file = {
      ...SMALLEST,
      get tags(): never {
        throw new Error('no tags');
      },
    };

    expect(() => readAccess(file, DAY)).toThrow(new Error('no tags'));
  });

  test('is read if keys are symbols', () => {
    const found = placesWith({ groups: { 'eks-admins': {}, [Symbol('x')]: {} } });

    expect(found).toEqual([['groups["Symbol(x)"]', 'shape']]);
  });

  test('is read if keys are inherited', () => {
    const found = placesWith({ okta: Object.create({ orgName: 'example', more: 1 }) });

    expect(found).toEqual([['okta.more', 'unknown-key']]);
  });
});

describe('the order of keys', () => {
  const BROKEN = {
    okta: { orgName: '', orgUrl: 'x' },
    authorizationServer: { issuerMode: 'DYNAMIC', name: '${x}' },
    identityProvider: { prefix: { username: 'system:', groups: '-' } },
    groups: { 'eks-admins': { rule: 'user.x' }, ops: {}, ' eks': {} },
    clusters: {
      prod: { ...EKS, name: 'a b', account: { id: '444455556666', roleArn: 'arn:aws:iam::111122223333:role/x' } },
      test: { ...EKS, region: 'x' },
      other: { ...EXISTING, nme: 'x' },
    },
    grants: [
      { group: 'ops', role: 'cluster-admin', clusters: ['prod'] },
      { group: 'eks-nobody', role: 'vew', clusters: '*' },
    ],
    tags: { 'aws:x': 'y', 'a%{b}': 'c' },
  };
  const VALID = {
    ...SMALLEST,
    groups: { 'eks-admins': {}, 'eks-b': {}, 'eks-a': {} },
    clusters: { b: { ...EKS, app: 'EKS' }, c: EXISTING, a: { ...EKS, app: 'EKS' } },
    grants: [
      { group: 'eks-b', role: 'view', clusters: '*' },
      ADMINS,
      { group: 'eks-a', role: 'view', clusters: ['c', 'a'] },
    ],
    tags: { x: '1', y: '2' },
  };

  test('does not change what is found', () => {
    const found = problemsOf(BROKEN);
    const foundReversed = problemsOf(reversed(BROKEN));

    expect(found.length).toBeGreaterThan(10);
    expect(sorted(foundReversed)).toEqual(sorted(found));
  });

  test('does not change the bindings and the apps', () => {
    const access = readAccess(VALID, DAY);
    const accessReversed = readAccess(reversed(VALID), DAY);

    expect(sorted(accessReversed.warnings)).toEqual(sorted(access.warnings));
    expect({ ...accessReversed, warnings: [] }).toEqual({ ...access, warnings: [] });
  });
});

/** The same value with the keys of every object in reverse order, and unchanged lists. */
function reversed(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(reversed);
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
}

/** Problems in a fixed order, without the allowed names, which are in the order of the file. */
function sorted(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ path, check, message, given, fix }) => [path, check, message, given, fix].join(' | ')).sort();
}

/** Places inside a value that are not frozen. */
function unfrozen(value: unknown, place: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return [
    ...(Object.isFrozen(value) ? [] : [place]),
    ...Object.entries(value).flatMap(([key, member]) => unfrozen(member, `${place}.${key}`)),
  ];
}
