import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { newRepository } from '../../repository';
import { accessFile } from './diff-input';

const PROGRAM = join(__dirname, '../../../eks-access.cjs');

const TEAMS = { imports: "import { groups } from './teams/groups';", groups: 'groups' };
const groups = (...logins: readonly string[]) =>
  `export const groups = { 'eks-admins': { logins: ${JSON.stringify(logins)} } };`;

/** Commits of an access file in TypeScript. The file itself never changes once it imports its groups. */
const repository = newRepository();
repository.commit('2026-01-10', 'Begin', {
  'access.config.ts': accessFile(TEAMS),
  'teams/groups.ts': groups('ana@example.com'),
});
repository.commit('2026-01-11', 'Another file', { 'teams/unused.ts': 'throw 1;' });
repository.commit('2026-01-12', 'Ben comes', { 'teams/groups.ts': groups('ana@example.com', 'ben@example.com') });
repository.commit('2026-01-13', 'End the process', { 'teams/groups.ts': 'process.exit(3);' });
repository.commit('2026-01-14', 'Print secrets', {
  'teams/groups.ts': `console.log(process.env.OKTA_API_TOKEN);
export const groups = { 'eks-admins': { logins: ['ana@example.com', String(process.env.OKTA_API_TOKEN)] } };`,
});
repository.commit('2026-01-15', 'Throw', { 'teams/groups.ts': 'throw new Error("not today");' });
repository.commit('2026-01-16', 'Wait for ever', {
  'access.config.ts': `${accessFile(TEAMS).replace('export default', 'const file =')}\nexport default new Promise(() => file);`,
  'teams/groups.ts': groups('ana@example.com'),
});
repository.commit('2026-01-17', 'Change what JSON is', {
  'access.config.ts': accessFile(TEAMS),
  'teams/groups.ts': `${groups('cleo@example.com')}\nObject.assign(globalThis, { planted: true });`,
});
repository.commit('2026-01-18', 'As data', {
  'access.config.ts': null,
  'access.yaml':
    'okta: { orgName: example }\ngroups: { eks-admins: {} }\nclusters: { prod: { kind: existing-eks, region: eu-west-1 } }\ngrants: [{ group: eks-admins, role: cluster-admin, clusters: "*" }]\n',
});

function history(...words: readonly string[]) {
  const { ACCESS_CONFIG: _file, GIT_DIR: _git, ...usual } = process.env;
  return spawnSync(process.execPath, [PROGRAM, 'history', ...words], {
    cwd: repository.folder,
    encoding: 'utf8',
    env: { ...usual, OKTA_API_TOKEN: 'PLANTED-SECRET', AWS_SECRET_ACCESS_KEY: 'PLANTED-SECRET' },
  });
}

interface Entry {
  readonly kind: string;
  readonly commit: { readonly subject: string };
  readonly gains?: readonly { readonly group: string; readonly who?: string }[];
  readonly losses?: readonly { readonly group: string; readonly who?: string }[];
  readonly problem?: string;
}

describe('the history of a TypeScript file', () => {
  test('reads what it imports, goes on after code that fails, and gives no code the variables of the user', () => {
    const { stdout, stderr, status } = history('--json');

    const { entries } = JSON.parse(stdout) as { entries: readonly Entry[] };
    const who = (rows: Entry['gains'] = []) => rows.map((row) => row.who ?? row.group);
    expect(entries.map(({ kind, commit, gains, losses }) => [commit.subject, kind, who(gains), who(losses)])).toEqual([
      ['Begin', 'commit', ['eks-admins'], []],
      ['Ben comes', 'commit', ['ben@example.com'], []],
      ['End the process', 'unreadable', [], []],
      ['Print secrets', 'commit', ['undefined'], ['ben@example.com']],
      ['Throw', 'unreadable', [], []],
      ['Wait for ever', 'unreadable', [], []],
      ['Change what JSON is', 'commit', ['cleo@example.com'], ['ana@example.com', 'undefined']],
      ['As data', 'removed', [], []],
    ]);
    expect(
      entries.flatMap(({ problem }) => problem?.match(/(exit code 3|not today \(.*\)|never settles)/)?.[0] ?? []),
    ).toEqual(['exit code 3', 'not today (teams/groups.ts:1:7)', 'never settles']);
    expect(status).toBe(0);
    expect(stdout + stderr).not.toContain('PLANTED-SECRET');
  });

  test('starts with the file of another format, and reads the day before', () => {
    expect(history('--file', 'access.yaml').stdout).toMatch(
      /\n2026-01-18 {2}\w{12} {2}Ana: As data\n {2}The file is new\.\n/,
    );
    expect(history('--at', '2026-01-17', '--format', 'csv').stdout).toContain(',cleo@example.com,');
  });
});
