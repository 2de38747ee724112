import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CHECKS } from '../../../model/checks';

/** The files of the checks, which are in the folders of their services. */
const FILES = readdirSync(join(__dirname, '../../../model/checks'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.includes('/') && file.endsWith('.ts'))
  .map((file) => basename(file, '.ts'));

describe('CHECKS', () => {
  test('are those of the files in the folders, each with the name of its file', () => {
    const names = CHECKS.map(({ name }) => name);

    expect([...names].sort()).toEqual([...FILES].sort());
  });

  test('list errors before warnings', () => {
    const severities = CHECKS.map(({ severity }) => severity);

    expect(severities).toEqual([...severities].sort());
  });

  const BOUNDARY = ['clusters', 'grants', 'roles', 'namespaces', 'guards'];
  const EXPECTED: readonly (readonly [name: string, severity: string, requires: readonly string[]])[] = [
    ['issuer-mode', 'error', []],
    ['claim-filter', 'error', ['groupsClaim']],
    ['app-groups', 'error', ['groups', 'groupsClaim']],
    ['token-claims', 'error', ['groupsClaim', 'identityProvider', 'claims', 'authorizationServer', 'clusters']],
    ['reserved-prefix', 'error', []],
    ['one-identity-provider', 'error', []],
    ['same-cluster', 'error', ['clusters']],
    ['name-limits', 'error', []],
    ['unique-names', 'error', []],
    ['terraform-expression', 'error', []],
    ['property-name', 'error', []],
    ['invalid-unicode', 'error', []],
    ['logins-and-rule', 'error', []],
    ['existing-members', 'error', ['groups']],
    ['everyone-group', 'error', ['groups']],
    ['logins', 'error', []],
    ['group-rules', 'error', ['groups']],
    ['groups-in-token', 'error', ['groups', 'groupsClaim']],
    ['token-lifetimes', 'error', ['signIn']],
    ['role-names', 'error', []],
    ['role-rules', 'error', ['roles']],
    ['role-rules-of-version', 'error', ['roles', 'grants', 'clusters']],
    ['role-scope', 'error', ['roles']],
    ['created-namespace', 'error', []],
    ['account-mismatch', 'error', []],
    ['other-region', 'error', []],
    ['other-partition', 'error', []],
    ['public-cidrs', 'error', []],
    ['tag-limits', 'error', []],
    ['state-names', 'error', []],
    ['custom-backend', 'error', []],
    ['organization-host', 'error', []],
    ['refused-version', 'error', []],
    ['alarm-logs', 'error', []],
    ['one-access-entry', 'error', []],
    ['break-glass-group', 'error', ['identityProvider', 'groupsClaim']],
    ['unassigned-group', 'error', ['clusters', 'grants']],
    ['absent-cluster', 'error', ['clusters', 'grants']],
    ['absent-with-protection', 'error', ['clusters']],
    ['renamed-group', 'error', ['groups']],
    ['no-cluster-admin', 'error', ['clusters', 'grants']],
    ['duplicate-grant', 'error', ['clusters', 'grants']],
    ['no-prefix', 'warning', []],
    ['look-alike-names', 'warning', ['groups', 'clusters', 'roles', 'namespaces']],
    ['possible-same-cluster', 'warning', ['clusters']],
    ['everyone-assigned', 'warning', []],
    ['everyone-granted', 'warning', ['grants', 'groups']],
    ['open-endpoint', 'warning', []],
    ['unreachable-cidr', 'warning', []],
    ['unknown-region', 'warning', []],
    ['no-audit-log', 'warning', []],
    ['version-support', 'warning', []],
    ['newer-version', 'warning', []],
    ['no-break-glass', 'warning', []],
    ['ended-cluster-admin', 'warning', ['clusters', 'grants']],
    ['expired', 'warning', []],
    ['ends-soon', 'warning', []],
    ['far-expiry', 'warning', []],
    ['sensitive-grant', 'warning', ['grants', 'clusters', 'roles']],
    ['unknown-rules', 'warning', ['grants', 'clusters', 'roles']],
    ['becomes-cluster-admin', 'warning', BOUNDARY],
    ['becomes-node', 'warning', BOUNDARY],
    ['becomes-other-namespace', 'warning', BOUNDARY],
    ['becomes-aws-role', 'warning', BOUNDARY],
    [
      'self-promotion',
      'warning',
      ['groups', 'grants', 'clusters', 'roles', 'namespaces', 'guards', 'selfServiceAttributes'],
    ],
    ['useless-accept', 'warning', ['grants', 'clusters', 'roles', 'namespaces', 'guards']],
    ['undeclared-namespace', 'warning', ['namespaces', 'clusters']],
    ['group-without-grant', 'warning', ['grants', 'groups']],
    ['no-cluster', 'warning', ['clusters']],
    ['hand-over', 'warning', []],
    ['directory-groups', 'warning', ['groups', 'groupsClaim']],
    ['doubtful-claims', 'warning', ['claims', 'groupsClaim']],
    ['doubtful-logins', 'warning', ['groups']],
    ['doubtful-group-rules', 'warning', ['groups']],
    ['doubtful-role-rules', 'warning', ['roles']],
    ['without-effect', 'warning', ['grants', 'clusters']],
    ['guard-without-access', 'warning', ['grants', 'clusters', 'guards']],
    ['guard-exempts-everyone', 'warning', ['guards', 'clusters']],
    ['guard-settings', 'warning', ['guards', 'clusters']],
    ['guarded-from-terraform', 'warning', ['clusters', 'guards']],
    ['okta-limits', 'warning', ['groups', 'clusters', 'grants', 'signIn']],
  ];

  test('are these, in this order', () => {
    expect(CHECKS.map(({ name }) => name)).toEqual(EXPECTED.map(([name]) => name));
  });

  test.each(EXPECTED)('%s has severity %s, and requires %j', (name, severity, requires) => {
    const check = CHECKS.find((one) => one.name === name);

    expect([check?.severity, check?.requires]).toEqual([severity, requires]);
  });

  describe.each(CHECKS.map((check) => [check.name, check] as const))('%s', (_, check) => {
    test('has a unique name in kebab-case', () => {
      expect(check.name).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(CHECKS.filter(({ name }) => name === check.name)).toHaveLength(1);
    });

    test('has a reason and a fix, each in one line', () => {
      expect(check.reason).toMatch(/^[^\n]{10,}\.$/);
      expect(check.fix).toMatch(/^[^\n]{10,}\.$/);
    });

    test('is based on a public page', () => {
      expect(new URL(check.source).protocol).toBe('https:');
    });
  });
});
