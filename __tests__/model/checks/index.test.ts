import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS } from '../../../model/checks';

const FILES = readdirSync(join(__dirname, '../../../model/checks'))
  .filter((file) => file !== 'index.ts')
  .map((file) => file.replace(/\.ts$/, ''));

describe('CHECKS', () => {
  test('are those of the files of the folder, each named like its file', () => {
    const names = CHECKS.map(({ name }) => name);

    expect([...names].sort()).toEqual([...FILES].sort());
  });

  test('print errors before warnings', () => {
    const severities = CHECKS.map(({ severity }) => severity);

    expect(severities).toEqual([...severities].sort());
  });

  test.each([
    ['issuer-mode', 'error'],
    ['claim-filter', 'error'],
    ['reserved-prefix', 'error'],
    ['one-identity-provider', 'error'],
    ['name-limits', 'error'],
    ['unique-names', 'error'],
    ['terraform-expression', 'error'],
    ['account-mismatch', 'error'],
    ['creator-among-deployers', 'error'],
    ['unassigned-group', 'error'],
    ['no-cluster-admin', 'error'],
    ['duplicate-grant', 'error'],
    ['no-prefix', 'warning'],
    ['everyone-assigned', 'warning'],
    ['no-audit-log', 'warning'],
  ])('%s is of severity %s', (name, severity) => {
    expect(CHECKS.find((check) => check.name === name)?.severity).toBe(severity);
  });

  test.each([
    ['issuer-mode', []],
    ['claim-filter', ['groupsClaim']],
    ['reserved-prefix', []],
    ['one-identity-provider', []],
    ['name-limits', []],
    ['unique-names', []],
    ['terraform-expression', []],
    ['account-mismatch', []],
    ['creator-among-deployers', []],
    ['unassigned-group', ['clusters', 'grants']],
    ['no-cluster-admin', ['clusters', 'grants']],
    ['duplicate-grant', ['clusters', 'grants']],
    ['no-prefix', []],
    ['everyone-assigned', []],
    ['no-audit-log', []],
  ])('%s is asked unless one of %j is broken', (name, keys) => {
    expect(CHECKS.find((check) => check.name === name)?.restsOn).toEqual(keys);
  });

  describe.each(CHECKS.map((check) => [check.name, check] as const))('%s', (_, check) => {
    test('has a kebab-case name of its own', () => {
      expect(check.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(CHECKS.filter(({ name }) => name === check.name)).toHaveLength(1);
    });

    test('gives its reason and its fix in one line each', () => {
      expect(check.reason).toMatch(/^[^\n]{10,}\.$/);
      expect(check.fix).toMatch(/^[^\n]{10,}\.$/);
    });

    test('rests on a public page', () => {
      expect(new URL(check.source).protocol).toBe('https:');
    });
  });
});
