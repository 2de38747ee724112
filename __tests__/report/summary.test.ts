import type { StackSummary } from '../../report/stack-summary';
import { summaryText } from '../../report/summary';
import { accessWith, SMALLEST } from '../access-files';

const OKTA: StackSummary = {
  name: 'okta',
  dependencies: [],
  resources: [{ type: 'okta_group', name: 'eks-admins' }],
  reads: [],
};

function clusterStack(key: string): StackSummary {
  return {
    name: `cluster-${key}`,
    dependencies: ['okta'],
    resources: [{ type: 'aws_eks_cluster', name: key }],
    reads: [
      { stack: 'okta', output: 'issuer_url' },
      { stack: 'okta', output: `client_id_${key}` },
    ],
  };
}

function summaryOf(
  keys: readonly string[],
  file = SMALLEST as unknown as Record<string, unknown>,
  selected?: string,
): string {
  const clusters = Object.fromEntries(keys.map((key) => [key, { kind: 'existing-eks', region: 'eu-west-1' }]));
  return summaryText({
    file: selected ?? 'access.config.ts',
    isSelected: selected !== undefined,
    access: { ...accessWith({ ...file, clusters }), warnings: [] },
    stacks: [...keys.map(clusterStack), OKTA],
    outdir: 'cdktf.out',
  });
}

describe('summaryText', () => {
  test('counts stacks and resources', () => {
    expect(summaryOf(['a', 'b'])).toMatch(/^access\.config\.ts: 3 stacks, 3 resources in cdktf\.out\n/);
  });

  test('names no next commands for standard input, which they could not read', () => {
    expect(summaryOf(['a'])).toContain('\nNext\n');
    expect(summaryOf(['a'], undefined, '-')).not.toContain('Next');
  });

  test('lists stacks in the order of deployment', () => {
    const names = [...summaryOf(['a', 'b']).matchAll(/^ {2}([\w-]+): 1 resource/gm)].map(([, name]) => name);

    expect(names).toEqual(['okta', 'cluster-a', 'cluster-b']);
  });

  test('names the clusters of a grant, or counts them if it holds on all', () => {
    const grants = [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-admins', role: 'view', clusters: ['a', 'b'] },
    ];

    const summary = summaryOf(['a', 'b', 'c'], { grants });

    expect(summary).toContain(
      '  eks-admins  cluster-admin  all 3 clusters  okta:eks-admins        oidc-cluster-admin\n',
    );
    expect(summary).toContain('  eks-admins  view           a, b            okta:eks-admins        oidc-view\n');
  });

  test('shows which values cross to which stacks', () => {
    expect(summaryOf(['a', 'b'])).toContain(`Values that cross between stacks
  issuer_url   okta → cluster-a, cluster-b
  client_id_a  okta → cluster-a
  client_id_b  okta → cluster-b
`);
  });

  test('has no heading for warnings if there are none', () => {
    expect(summaryOf(['a'])).not.toContain('warning');
  });

  test('stays short for a fleet and counts what it leaves out', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => `c${index}`);

    const summary = summaryOf(keys);

    expect(summary.split('\n').length).toBeLessThan(80);
    expect(summary).toContain('1001 stacks');
    expect(summary).toContain('  and 986 more\n');
    expect(summary).toContain('okta → cluster-c0, cluster-c1, cluster-c2 and 997 more');
  });

  test('shows the next commands, with the host of the organization', () => {
    const summary = summaryOf(['a'], { okta: { orgName: 'acme', baseUrl: 'oktapreview.com' } });

    expect(summary).toContain('https://acme.oktapreview.com');
    expect(summary).toContain('\n  2. npx cdktf diff okta     shows what');
    expect(summary).toContain("\n  3. npx cdktf deploy '*'    deploys all");
  });

  test.each([
    ['examples/portal.ts', 'examples/portal.ts'],
    ['my files/access.ts', "'my files/access.ts'"],
    ["$(id)/it's.ts", "'$(id)/it'\\''s.ts'"],
    ['a\nb.ts', "'a\\nb.ts'"],
    ['a\\b.ts', "'a\\b.ts'"],
  ])('selects the file %j in the next commands', (file, word) => {
    const summary = summaryOf(['a'], undefined, file);

    expect(summary).toContain(`\n  2. ACCESS_CONFIG=${word} npx cdktf diff okta     shows what`);
    expect(summary).toContain(`\n  3. ACCESS_CONFIG=${word} npx cdktf deploy '*'    deploys all`);
    expect(summary.match(/npx cdktf/g)).toHaveLength(2);
  });
});
