import { join } from 'node:path';
import { accessFiles, runCommand, SOUND } from './run-command';

const folder = accessFiles({ 'sound.json': SOUND });
const file = join(folder, 'sound.json');

describe('eks-access matrix', () => {
  test.each([
    ['text', /sound\.json on \d{4}-\d\d-\d\d: 3 groups, 2 clusters, 4 rows\n\nGROUP/],
    ['md', /^### Who has which role where\n/],
    ['csv', /^group,cluster,namespace,role,sensitive\r\n/],
    ['json', /^\[\n {2}\{\n {4}"group": "eks-admins",/],
    ['html', /^<!doctype html>\n/],
  ])('prints %s', (format, expected) => {
    const { stdout, exitCode } = runCommand('matrix', '--file', file, '--format', format);

    expect(stdout).toMatch(expected);
    expect(exitCode).toBe(0);
  });

  test('prints text by default, and JSON for --json', () => {
    const run = (...words: string[]) => runCommand('matrix', '--file', file, ...words).stdout;

    expect(run()).toBe(run('--format', 'text'));
    expect(run('--json')).toBe(run('--format', 'json'));
  });

  test('has a row for each group, cluster, and namespace', () => {
    const rows = JSON.parse(runCommand('matrix', '--json', '--file', file).stdout) as Record<string, unknown>[];

    expect(rows.map(({ group, cluster, namespace, role }) => [group, cluster, namespace, role])).toEqual([
      ['eks-admins', 'dev', null, 'cluster-admin'],
      ['eks-admins', 'prod', null, 'cluster-admin'],
      ['eks-auditors', 'prod', null, 'view'],
      ['eks-developers', 'prod', 'team-a', 'developer-restricted'],
    ]);
  });

  test('is the same for the same file and day', () => {
    process.env.SOURCE_DATE_EPOCH = '1893456000';
    try {
      expect(runCommand('matrix', '--file', file).stdout).toContain('sound.json on 2030-01-01: ');
    } finally {
      delete process.env.SOURCE_DATE_EPOCH;
    }
  });
});
