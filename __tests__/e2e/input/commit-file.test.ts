import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { accessFile, diffIn, effectsOf, folderWith, runDiff, WIDENS, WITH_PIPELINE, write } from './diff-input';

function git(folder: string, ...args: readonly string[]): string {
  const { GIT_DIR: _dir, ...env } = process.env;
  const author = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...author, ...args], { cwd: folder, encoding: 'utf8', env, stdio: 'pipe' });
}

/** A repository with one commit of files. */
function repositoryWith(files: Readonly<Record<string, string>>): string {
  const folder = folderWith(files);
  git(folder, 'init');
  commit(folder);
  return folder;
}

function commit(folder: string): void {
  git(folder, 'add', '--all');
  git(folder, 'commit', '--message', 'A commit');
}

const TEAMS = { imports: "import { groups } from './teams/groups';", groups: 'groups' };
const GROUPS = "export const groups = { 'eks-admins': {} };";
const ACCESS = accessFile(TEAMS);

describe('diff --from', () => {
  test('reads the file of a commit with everything that it imports, not what is there today', () => {
    const folder = repositoryWith({
      'access.config.ts': ACCESS,
      'teams/groups.ts': "export * from './more.js';",
      'teams/more.ts':
        "import names from '../names.json';\nexport const groups = Object.fromEntries(names.map((name) => [name, {}]));",
      'names.json': '["eks-admins", "eks-old"]',
    });
    write(folder, { 'access.config.ts': 'throw 1;', 'teams/more.ts': 'throw 1;', 'new.json': WITH_PIPELINE });

    const run = runDiff(folder, ['--from', 'HEAD', 'access.config.ts', 'new.json', '--json']);

    expect(effectsOf(run)).toEqual({ ...WIDENS, 'groups.eks-old': 'narrows' });
    expect({ status: run.status, stderr: run.stderr, leftovers: run.leftovers }).toEqual({
      ...{ status: 2, stderr: '', leftovers: [] },
    });
  });

  test('reads the program that runs for the model, and packages that are installed today', async () => {
    const folder = repositoryWith({
      'model/index.ts': "throw new Error('an old program');",
      'model/define-access.ts': "throw new Error('an old program');",
      'access.config.ts': accessFile({
        from: './model',
        imports: "import { name } from 'teams';\nvoid name.length;",
      }),
      '.gitignore': 'node_modules',
      'node_modules/teams/index.js': "exports.name = 'x';",
    });
    write(folder, { 'new.json': WITH_PIPELINE });

    expect(effectsOf(await diffIn(folder, '--from', 'main', 'access.config.ts', 'new.json', '--json'))).toEqual(WIDENS);
  });

  test('reads JSON and YAML, a link, and a file that had another name', async () => {
    const data = {
      okta: { orgName: 'a' },
      groups: { g: {} },
      clusters: { c: { kind: 'self-managed', kubeconfigContext: 'a' } },
    };
    const grants = [{ group: 'g', role: 'cluster-admin', clusters: '*' }];
    const json = JSON.stringify({ ...data, grants });
    const folder = folderWith({ 'access.yaml': json, 'shared/access.json': json });
    symlinkSync('shared/access.json', join(folder, 'linked.json'));
    git(folder, 'init');
    commit(folder);
    write(folder, { 'new.json': json.replace('"orgName":"a"', '"orgName":"b"') });

    for (const old of ['access.yaml', 'shared/access.json', 'linked.json']) {
      expect(effectsOf(await diffIn(folder, '--from', 'HEAD', old, 'new.json', '--json'))).toEqual({
        'okta.orgName': 'moves',
      });
    }
  });

  test('names paths as the user does in a folder of the repository', async () => {
    const folder = repositoryWith({
      'infra/access.config.ts': accessFile({ imports: "import '../shared/teams';" }),
      'shared/teams.ts': "throw new Error('no table');",
    });

    write(folder, { 'new.json': WITH_PIPELINE });

    const inside = await diffIn(join(folder, 'infra'), '--from', 'HEAD', 'access.config.ts', '../new.json');
    const above = await diffIn(folder, '--from', 'HEAD', 'infra/access.config.ts', 'new.json');

    expect(inside.stderr).toMatch(/^HEAD:access\.config\.ts has a problem:\n/);
    expect(inside.stderr).toContain('given:   no table (HEAD:../shared/teams.ts:1:7)\n');
    expect(above.stderr).toMatch(/^HEAD:infra\/access\.config\.ts has a problem:\n/);
    expect(above.stderr).toContain('given:   no table (HEAD:shared/teams.ts:1:7)\n');
  });

  test('fails on an import that the commit does not have, although it is there today', () => {
    const folder = repositoryWith({ 'access.config.ts': ACCESS });
    write(folder, { 'teams/groups.ts': GROUPS, 'new.json': WITH_PIPELINE });

    const run = runDiff(folder, ['--from', 'HEAD', 'access.config.ts', 'new.json']);

    expect(run.stderr).toContain("given:   Cannot find module './teams/groups' (HEAD:access.config.ts:2:24)\n");
    expect({ status: run.status, stdout: run.stdout, leftovers: run.leftovers }).toEqual({
      ...{ status: 1, stdout: '', leftovers: [] },
    });
  });

  test('compares with the file of the same name, and with the selected one', async () => {
    const folder = repositoryWith({ 'a.json': WITH_PIPELINE, 'b.json': WITH_PIPELINE });
    write(folder, { 'a.json': WITH_PIPELINE.replace('example', 'other') });

    expect((await diffIn(folder, '--from', 'HEAD', 'a.json')).stdout).toMatch(
      /^From HEAD:a\.json to a\.json: .* 1 other/,
    );
    expect((await diffIn(folder, '--from', 'HEAD', '--file', 'b.json')).stdout).toMatch(
      /^From HEAD:b\.json to b\.json: .* 0 other/,
    );
  });

  describe('fails without a stack trace', () => {
    const folder = repositoryWith({ 'access.json': WITH_PIPELINE });
    const outside = folderWith({ 'access.json': WITH_PIPELINE });
    write(folder, { 'new.json': WITH_PIPELINE });
    const problem = ({ stderr, status }: { stderr: string; status: number | null }) => {
      expect(stderr).not.toMatch(/\n\s+at /);
      expect(status).toBe(1);
      return stderr.split('\n').slice(0, 5);
    };

    test.each(['nope', '--output=x', ':/', 'HEAD:access.json', 'HEAD~1'])('on the reference %s', async (ref) => {
      expect(problem(await diffIn(folder, `--from=${ref}`, 'access.json'))).toEqual([
        `${ref}:access.json has a problem:`,
        '',
        '  the file  [file]',
        '    git knows no such commit.',
        `    given:   ${ref}`,
      ]);
    });

    test('on a file that the commit does not have', async () => {
      expect(problem(await diffIn(folder, '--from', 'HEAD', 'new.json')).slice(3)).toEqual([
        '    The commit does not have this file.',
        '    given:   HEAD:new.json',
      ]);
    });

    test('outside a repository', async () => {
      expect(problem(await diffIn(outside, '--from', 'HEAD', 'access.json')).slice(3)).toEqual([
        '    The folder of the file is not in a git repository.',
        '    given:   fatal: not a git repository (or any of the parent directories): .git',
      ]);
    });

    test('without git', () => {
      expect(problem(runDiff(folder, ['--from', 'HEAD', 'access.json'], { env: { PATH: outside } })).slice(3)).toEqual([
        '    The program git is not installed.',
        '    given:   no git in PATH',
      ]);
    });

    test('in a folder that does not exist', async () => {
      expect(problem(await diffIn(folder, '--from', 'HEAD', 'gone/a.json', 'new.json'))[3]).toBe(
        '    The folder of the file is not in a git repository.',
      );
    });
  });
});
