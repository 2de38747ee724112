import type { Path } from '../../model/review/paths';
import { pathsText } from '../../report/paths-text';

const step = { permission: 'get nodes/proxy', does: 'runs commands', gives: 'node', certain: true };
const PATH: Path = {
  from: { kind: 'group', name: 'eks-ops' },
  cluster: 'prod',
  to: 'node',
  certain: true,
  steps: [step],
};
const text = (...paths: readonly Partial<Path>[]) =>
  pathsText(
    paths.map((path) => ({ ...PATH, ...path })),
    'Nobody.',
  );

describe('the text of paths', () => {
  test('tells a path once for all clusters', () => {
    expect(text({}, { cluster: 'test' })).toBe(
      'eks-ops\n  becomes node on prod and test\n    1. get nodes/proxy: runs commands → node\n',
    );
  });

  test('tells different permissions apart', () => {
    const other = { cluster: 'test', steps: [{ ...step, permission: 'create nodes/proxy' }] };

    expect(text({}, other).match(/becomes node/g)).toHaveLength(2);
  });

  test('tells the path of an IAM role once, though each cluster has a line of its own for it', () => {
    const from = { kind: 'iam-role', name: 'arn' } as const;
    const signIn = { does: 'signs in by IAM', gives: 'cluster-admin', certain: true };
    const on = (cluster: string) => ({
      ...{ from, cluster, to: 'cluster-admin' },
      steps: [{ ...signIn, permission: `clusters.${cluster}` }],
    });

    expect(text(...['a', 'b', 'c', 'd'].map(on))).toBe(
      `IAM: arn
  becomes cluster-admin on a, b, c and d
    1. clusters.a, clusters.b and 2 more: signs in by IAM → cluster-admin
`,
    );
  });

  test('marks a step that may work, and escapes what a terminal would obey', () => {
    const may = {
      certain: false,
      steps: [{ ...step, certain: false }],
      from: { kind: 'group', name: 'a\u001b' },
    } as const;

    expect(text(may)).toBe('a\\u001b\n  may become node on prod\n    1. get nodes/proxy: runs commands (may) → node\n');
  });

  test('says that there is no path', () => {
    expect(text()).toBe('Nobody.\n');
  });
});
