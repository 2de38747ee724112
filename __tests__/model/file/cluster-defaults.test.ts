import {
  authoredPath,
  inheritedPlaces,
  invalidDefaults,
  withClusterDefaults,
} from '../../../model/file/cluster-defaults';
import { accessWith, problemsWith, warningsWith } from '../../access-files';

const EKS = { kind: 'eks' };
const ROLE = 'arn:aws:iam::111122223333:role/deployer';

/** The cluster `prod` with defaults merged into it. */
function merged(clusterDefaults: Record<string, unknown>, prod: Record<string, unknown>) {
  const file = withClusterDefaults({ clusters: { prod }, clusterDefaults });
  return (file.clusters as Record<string, unknown>).prod;
}

describe('withClusterDefaults', () => {
  test('merges the defaults into each cluster', () => {
    const clusters = { prod: EKS, test: { ...EKS, version: '1.34' } };

    expect(withClusterDefaults({ clusters, clusterDefaults: { region: 'eu-west-1', version: '1.35' } })).toEqual({
      clusters: {
        prod: { kind: 'eks', region: 'eu-west-1', version: '1.35' },
        test: { kind: 'eks', region: 'eu-west-1', version: '1.34' },
      },
      clusterDefaults: { region: 'eu-west-1', version: '1.35' },
    });
  });

  test.each<readonly [string, Record<string, unknown>, Record<string, unknown>, Record<string, unknown>]>([
    [
      'objects key by key',
      { tags: { team: 'a', stage: 'x' }, account: { id: '111122223333' } },
      { tags: { team: 'b' }, account: { roleArn: ROLE } },
      { tags: { team: 'b', stage: 'x' }, account: { id: '111122223333', roleArn: ROLE } },
    ],
    [
      'objects at every depth',
      { guards: { secretDeletion: ['a'], namespaces: { x: ['a'], y: ['a'] } } },
      { guards: { namespaces: { y: ['b'] } } },
      { guards: { secretDeletion: ['a'], namespaces: { x: ['a'], y: ['b'] } } },
    ],
    ['lists as a whole', { logs: ['api', 'audit'] }, { logs: ['scheduler'] }, { logs: ['scheduler'] }],
    ['an empty list over a list', { deployers: [ROLE] }, { deployers: [] }, { deployers: [] }],
    ['false over true', { deletionProtection: true }, { deletionProtection: false }, { deletionProtection: false }],
    ['a text over an object', { network: { subnetIds: [] } }, { network: 'default-vpc' }, { network: 'default-vpc' }],
    [
      'an object over a text',
      { network: 'default-vpc' },
      { network: { subnetIds: [] } },
      { network: { subnetIds: [] } },
    ],
    ['a default over undefined', { version: '1.35' }, { version: undefined }, { version: '1.35' }],
    ['null, which is invalid, over a default', { version: '1.35' }, { version: null }, { version: null }],
  ])('merges %s', (_, defaults, own, expected) => {
    expect(merged(defaults, { ...EKS, ...own })).toEqual({ ...EKS, ...expected });
  });

  test.each([
    ['eks', ['app', 'version', 'region', 'logs']],
    ['existing-eks', ['app', 'region']],
    ['self-managed', ['app', 'version', 'kubeconfigContext']],
    ['unknown', []],
    [undefined, []],
  ])('merges only the keys of the kind %s', (kind, keys) => {
    const defaults = { app: 'EKS', version: '1.35', region: 'eu-west-1', kubeconfigContext: 'lab', logs: ['api'] };

    expect(Object.keys(merged(defaults, { kind }) as object).sort()).toEqual(['kind', ...keys].sort());
  });

  test('leaves out an invalid default', () => {
    expect(merged({ region: 5, version: '1.35', tags: { a: 1 } }, EKS)).toEqual({ ...EKS, version: '1.35' });
  });

  test('does not change a cluster that is not an object', () => {
    const clusters = { prod: 'eks', test: null };

    expect(withClusterDefaults({ clusters, clusterDefaults: { region: 'eu-west-1' } }).clusters).toEqual(clusters);
  });

  test.each([
    ['without defaults', { clusters: { prod: EKS } }],
    ['whose defaults are not an object', { clusters: { prod: EKS }, clusterDefaults: [] }],
    ['whose clusters are not an object', { clusters: 'prod', clusterDefaults: {} }],
  ])('does not change a file %s', (_, file) => {
    expect(withClusterDefaults(file)).toBe(file);
  });

  test('does not change the file', () => {
    const file = { clusters: { prod: { ...EKS, tags: { a: 'b' } } }, clusterDefaults: { tags: { c: 'd' } } };
    const copy = structuredClone(file);

    withClusterDefaults(file);

    expect(file).toEqual(copy);
  });

  test.each(['toString', 'constructor'])(
    'does not read the key %s, which every object has, from the prototype',
    (key) => {
      expect(merged({ tags: {} }, { ...EKS, tags: { [key]: undefined } })).toEqual({
        ...EKS,
        tags: { [key]: undefined },
      });
    },
  );
});

describe('invalidDefaults', () => {
  test('are keys with invalid values, and unknown keys', () => {
    const clusterDefaults = { region: 5, tags: { a: 1 }, version: '1.35', roleName: 'x', endpoint: { x: 1 } };

    expect([...invalidDefaults({ clusterDefaults })].sort()).toEqual(['endpoint', 'region', 'roleName', 'tags']);
  });

  test('include the missing key that an unknown key is a typo of', () => {
    expect([...invalidDefaults({ clusterDefaults: { regin: 'x' } })]).toEqual(['regin', 'region']);
    expect([...invalidDefaults({ clusterDefaults: { regin: 'x', region: 'eu-west-1' } })]).toEqual(['regin']);
  });

  test.each([[undefined], [{}]])('are empty for %j', (clusterDefaults) => {
    expect([...invalidDefaults({ clusterDefaults })]).toEqual([]);
  });

  test.each([[5], [[]], [null]])('are all keys if the defaults are %j', (clusterDefaults) => {
    expect([...invalidDefaults({ clusterDefaults })]).toEqual(expect.arrayContaining(['region', 'kubeconfigContext']));
  });
});

describe('inheritedPlaces', () => {
  test('are the places of clusters with a value from clusterDefaults', () => {
    const places = inheritedPlaces({
      clusters: { prod: { ...EKS, tags: { team: 'a' }, version: undefined, logs: [] }, 'a b': EKS },
      clusterDefaults: { tags: { team: 'b', stage: 'x' }, version: '1.35', logs: ['api'] },
    });

    expect(places).toEqual({
      'clusters.prod.tags.stage': 'clusterDefaults.tags.stage',
      'clusters.prod.version': 'clusterDefaults.version',
      'clusters["a b"].tags': 'clusterDefaults.tags',
      'clusters["a b"].version': 'clusterDefaults.version',
      'clusters["a b"].logs': 'clusterDefaults.logs',
    });
  });

  test.each([[null], [{}], [{ clusters: {} }], [{ clusters: [], clusterDefaults: {} }]])('are empty for %j', (file) => {
    expect(inheritedPlaces(file)).toEqual({});
  });
});

describe('authoredPath', () => {
  const INHERITED = { 'clusters.a.tags': 'clusterDefaults.tags', 'clusters["b.c"].logs': 'clusterDefaults.logs' };

  test.each([
    ['clusters.a.tags', 'clusterDefaults.tags'],
    ['clusters.a.tags.team', 'clusterDefaults.tags.team'],
    ['clusters.a.tags["a b"]', 'clusterDefaults.tags["a b"]'],
    ['clusters["b.c"].logs[2]', 'clusterDefaults.logs[2]'],
    ['clusters.a', 'clusters.a'],
    ['clusters.a.tagsMore', 'clusters.a.tagsMore'],
    ['clusters.b.tags', 'clusters.b.tags'],
    ['tags.team', 'tags.team'],
    ['', ''],
  ])('of %j is %j', (path, place) => {
    expect(authoredPath(path, INHERITED)).toBe(place);
  });
});

describe('a file with defaults', () => {
  const CLUSTERS = { prod: EKS, test: EKS };
  const placesWith = (clusterDefaults: unknown, clusters: unknown = CLUSTERS) =>
    problemsWith({ clusters, clusterDefaults }).map(({ path, check }) => [path, check]);

  test('is read with them', () => {
    const access = accessWith({
      clusters: { prod: EKS, legacy: { kind: 'existing-eks' }, lab: { kind: 'self-managed' } },
      clusterDefaults: { region: 'eu-west-1', kubeconfigContext: 'lab', version: '1.35', logRetentionDays: 30 },
    });

    expect(access).not.toHaveProperty('clusterDefaults');
    expect(access.clusters.prod?.settings).toMatchObject({
      region: 'eu-west-1',
      version: '1.35',
      logRetentionDays: 30,
    });
    expect(access.clusters.legacy?.settings).toEqual({
      kind: 'existing-eks',
      region: 'eu-west-1',
      namespaces: [],
      deployers: [],
      absent: false,
      replaceable: false,
      handOver: false,
      tags: {},
    });
    expect(access.clusters.lab?.settings).toEqual({
      kind: 'self-managed',
      kubeconfigContext: 'lab',
      version: '1.35',
      namespaces: [],
      absent: false,
      replaceable: false,
      tags: {},
    });
    expect(access.inherited['clusters.prod.region']).toBe('clusterDefaults.region');
  });

  test('fails once for an invalid default, at its place there', () => {
    expect(placesWith({ region: 5, logs: ['x'], tags: { a: 1 } })).toEqual([
      ['clusterDefaults.tags.a', 'shape'],
      ['clusterDefaults.region', 'shape'],
      ['clusterDefaults.logs[0]', 'shape'],
    ]);
  });

  test('fails once for an unknown default', () => {
    expect(placesWith({ region: 'eu-west-1', regin: 'x', roleName: 'x', absent: true })).toEqual([
      ['clusterDefaults.regin', 'unknown-key'],
      ['clusterDefaults.roleName', 'unknown-key'],
      ['clusterDefaults.absent', 'unknown-key'],
    ]);
  });

  test.each([
    [{ regin: 'eu-west-1' }, 'clusterDefaults.regin', 'unknown-key'],
    ['eu-west-1', 'clusterDefaults', 'shape'],
    [null, 'clusterDefaults', 'shape'],
  ])('fails once for the defaults %j, and at no cluster for missing values', (defaults, path, check) => {
    expect(placesWith(defaults)).toEqual([[path, check]]);
  });

  test('fails at each cluster for a value that neither it nor the defaults have', () => {
    expect(placesWith({ version: '1.35' })).toEqual([
      ['clusters.prod.region', 'shape'],
      ['clusters.test.region', 'shape'],
    ]);
  });

  test('fails together with an invalid default for the same name elsewhere', () => {
    const problems = problemsWith({
      clusters: CLUSTERS,
      clusterDefaults: { region: 'eu-west-1', logs: 5 },
      guards: { namespaces: { logs: 5 } },
    });

    expect(problems.map(({ path }) => path)).toEqual(['guards.namespaces.logs', 'clusterDefaults.logs']);
  });

  test('fails at the cluster for its own value', () => {
    const clusters = { prod: { ...EKS, version: '2' }, test: EKS };

    expect(placesWith({ region: 'eu-west-1', version: '1.35' }, clusters)).toEqual([
      ['clusters.prod.version', 'shape'],
    ]);
  });

  test('fails once for a key that JavaScript would take for the prototype', () => {
    expect(placesWith({ region: 'eu-west-1', tags: JSON.parse('{ "__proto__": "x" }') })).toEqual([
      ['clusterDefaults.tags.__proto__', 'shape'],
    ]);
  });

  test.each([
    ['name-limits', { tags: { 'aws:x': 'y' } }, 'clusterDefaults.tags["aws:x"]'],
    ['terraform-expression', { deployers: [ROLE], tags: { a: '${b}' } }, 'clusterDefaults.tags.a'],
    ['refused-version', { version: '1.29' }, 'clusterDefaults.version'],
    ['alarm-logs', { logs: [], alarms: {} }, 'clusterDefaults.alarms'],
    [
      'one-access-entry',
      { deployers: [ROLE], breakGlass: { roleArn: ROLE, expires: '2026-12-31', reason: 'x' } },
      'clusterDefaults.breakGlass.roleArn',
    ],
    ['unknown-name', { guards: { runAsRoot: ['eks-nobody'] } }, 'clusterDefaults.guards.runAsRoot[0]'],
  ])('fails once for a problem of %s, at its place there', (check, defaults, path) => {
    expect(placesWith({ region: 'eu-west-1', ...defaults })).toEqual([[path, check]]);
  });

  test.each([
    ['no-audit-log', { logs: [] }, 'clusterDefaults.logs'],
    ['open-endpoint', { endpoint: { publicCidrs: ['0.0.0.0/0'] } }, 'clusterDefaults.endpoint'],
    [
      'expired',
      { breakGlass: { roleArn: ROLE, expires: '2026-06-14', reason: 'x' } },
      'clusterDefaults.breakGlass.expires',
    ],
  ])('has one warning from %s, at its place there', (check, defaults, path) => {
    const warnings = warningsWith(check, { clusters: CLUSTERS, clusterDefaults: { region: 'eu-west-1', ...defaults } });

    expect(warnings.map((warning) => warning.path)).toEqual([path]);
  });

  test('has a warning for each place that is not inherited', () => {
    const clusters = { prod: { ...EKS, logs: [] }, test: { ...EKS, logs: ['api'] }, stage: EKS };

    const warnings = warningsWith('no-audit-log', { clusters, clusterDefaults: { region: 'eu-west-1', logs: [] } });

    expect(warnings.map(({ path }) => path)).toEqual([
      'clusters.prod.logs',
      'clusters.test.logs',
      'clusterDefaults.logs',
    ]);
  });
});
