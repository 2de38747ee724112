import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { accessFile, diffIn, effectsOf, folderWith, runDiff, WIDENS, WITH_PIPELINE, write } from './diff-input';

describe('two files of any folder', () => {
  test('run as a program, and leave nothing behind', () => {
    const folder = folderWith({ 'old.ts': accessFile(), 'access.config.ts': accessFile() });

    expect(runDiff(folder, ['old.ts', '--json'])).toEqual({
      stdout: '{\n  "gains": [],\n  "losses": [],\n  "changes": []\n}\n',
      stderr: '',
      status: 0,
      leftovers: [],
    });
  });

  test.each([
    ['lone.ts', './model'],
    ['named.ts', 'okta-eks-access'],
    ['checkout/old.ts', './model'],
    ['checkout/examples/old.ts', '../model/index'],
  ])('import the program that runs: %s imports %s', async (old, from) => {
    const elsewhere = folderWith({
      'checkout/model/index.ts': "throw new Error('an old program');",
      'checkout/model/define-access.ts': '',
      [old]: accessFile({ from }),
    });
    const here = folderWith({ 'new.json': WITH_PIPELINE });

    const run = await diffIn(here, join(elsewhere, old), 'new.json', '--json');

    expect({ effects: effectsOf(run), status: run.status }).toEqual({ effects: WIDENS, status: 2 });
  });

  test('import files of their own, also one that is called model, and packages of the program', async () => {
    const folder = folderWith({
      'model.ts': "export const groups = { 'eks-admins': {} };",
      'old.ts': accessFile({
        imports: "import { groups } from './model';\nimport { z } from 'zod';\nz.string().parse('a');",
        groups: 'groups',
      }),
      'new.json': WITH_PIPELINE,
    });

    expect(effectsOf(await diffIn(folder, 'old.ts', 'new.json', '--json'))).toEqual(WIDENS);
  });

  test('are read without checks, and by the shape of today', async () => {
    const folder = folderWith({
      'refused.json': JSON.stringify({ ...JSON.parse(WITH_PIPELINE), identityProvider: { prefix: 'system:' } }),
      'unknown.json': JSON.stringify({ ...JSON.parse(WITH_PIPELINE), portal: {} }),
      'broken.json': '{',
      'new.json': WITH_PIPELINE,
    });

    expect(effectsOf(await diffIn(folder, 'refused.json', 'new.json', '--json'))).toEqual({
      'identityProvider.prefix.username': 'replaces',
      'identityProvider.prefix.groups': 'replaces',
    });
    const { status, stderr } = await diffIn(folder, 'unknown.json', 'broken.json');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^unknown\.json has a problem:\n\n {2}portal {2}\[unknown-key\] {2}line 1, column \d+\n/);
    expect(stderr).toMatch(/\n\nbroken\.json has a problem:\n/);
  });

  test('are compared for the same day', async () => {
    const expiring = (expires: string) => {
      const file = JSON.parse(WITH_PIPELINE);
      return JSON.stringify({ ...file, grants: [{ ...file.grants[0], expires }] });
    };
    const folder = folderWith({ 'old.json': expiring('2026-01-01'), 'new.json': expiring('2999-12-31') });

    const { stdout } = await diffIn(folder, 'old.json', 'new.json');

    expect(stdout).toContain('eks-admins gain cluster-admin on prod (sensitive: ');
  });

  test('run without the variables and the home folder of the user, and their output is no data', () => {
    const imports = 'console.log(`SAW ${Object.keys(process.env).sort()} in ${process.env.HOME}`);';
    const folder = folderWith({ 'old.ts': accessFile({ imports }), 'new.json': WITH_PIPELINE });

    const env = { AWS_SECRET_ACCESS_KEY: 'a', OKTA_API_TOKEN: 'b', NODE_OPTIONS: '', HOME: '/home/user' };
    const { stdout, stderr } = runDiff(folder, ['old.ts', 'new.json', '--json'], { env });

    expect(JSON.parse(stdout).changes).toHaveLength(1);
    const [, names = '', home] = /SAW (\S+) in (\S+)/.exec(stderr) ?? [];
    const allowed = ['HOME', 'LANG', 'LC_ALL', 'LC_CTYPE', 'PATH', 'SOURCE_DATE_EPOCH', 'TMPDIR', 'TZ'];
    expect(names.split(',').filter((name) => !allowed.includes(name))).toEqual([]);
    expect(home).toMatch(/\/eks-access-\w+\/home$/);
  });

  test.each([
    ['throws', { imports: "throw new Error('no table');" }, 'no table (old.ts:2:7)'],
    ['ends its process', { imports: 'process.exit(3);' }, 'exit code 3'],
    ['imports a missing file', { imports: "import './nope';" }, "Cannot find module './nope' (old.ts:2:8)"],
    [
      'imports a missing package',
      { imports: "import 'no-such-package';" },
      "Cannot find module 'no-such-package' (old.ts:2:8)",
    ],
    [
      'contains itself',
      { imports: 'const groups: any = {}; groups.a = groups;', groups: 'groups' },
      'Converting circular structure to JSON',
    ],
    ['is no data', { groups: '{ a: 1n as any }' }, 'Do not know how to serialize a BigInt'],
  ])('fail where one %s', async (_, file, given) => {
    const folder = folderWith({ 'old.ts': accessFile(file), 'new.json': WITH_PIPELINE });

    const { stderr, status } = await diffIn(folder, 'old.ts', 'new.json');

    expect(stderr).toMatch(/^old\.ts has a problem:\n/);
    expect(stderr).toContain(`given:   ${given}\n`);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect(status).toBe(1);
  });

  test('fail where one does not export defineAccess', async () => {
    const folder = folderWith({ 'old.ts': 'export default {};', 'new.json': WITH_PIPELINE });

    const { stderr } = await diffIn(folder, 'old.ts', 'new.json');

    expect(stderr).toContain('a default export that is not from defineAccess (object)');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('leave nothing behind after %s', async (signal) => {
    const folder = folderWith({ 'new.json': WITH_PIPELINE });
    const started = join(folder, 'started');
    const endless = `import { writeFileSync } from 'node:fs';\nwriteFileSync('${started}', String(process.pid));\nfor (;;);`;
    write(folder, { 'old.ts': accessFile({ imports: endless }) });
    const temporary = folderWith({});
    const program = join(__dirname, '../../../eks-access.cjs');
    const run = spawn(process.execPath, [program, 'diff', 'old.ts', 'new.json'], {
      ...{ cwd: folder, stdio: 'ignore', env: { ...process.env, TMPDIR: temporary } },
    });
    const ended = new Promise((resolve) => run.on('exit', resolve));
    while (!existsSync(started) || readFileSync(started, 'utf8') === '') await setTimeout(20);

    run.kill(signal);

    expect(await ended).toBe({ SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }[signal]);
    expect(readdirSync(temporary).filter((name) => name.startsWith('eks-access-'))).toEqual([]);
    const isRunning = () => {
      try {
        return process.kill(Number(readFileSync(started, 'utf8')), 0);
      } catch {
        return false;
      }
    };
    while (isRunning()) await setTimeout(20);
  });
});

describe('standard input', () => {
  const folder = folderWith({
    'new.json': WITH_PIPELINE,
    'teams.ts': "export const groups = { 'eks-admins': {} };",
  });

  test.each([
    ['jsonc', `// old\n${WITH_PIPELINE}`, {}],
    ['yaml', WITH_PIPELINE, {}],
    ['ts', accessFile({ from: './model', imports: "import { groups } from './teams';", groups: 'groups' }), WIDENS],
  ])('is the old file in %s', (format, input, effects) => {
    const run = runDiff(folder, ['-', 'new.json', '--json', '--input-format', format], { input });

    expect(effectsOf(run)).toEqual(effects);
    expect(run.leftovers).toEqual([]);
  });

  test('is the new file', () => {
    const run = runDiff(folder, ['new.json', '-', '--input-format', 'json'], { input: WITH_PIPELINE });

    expect(run.stdout).toMatch(/^From new\.json to standard input: 0 gains/);
    expect(run.status).toBe(0);
  });

  test('fails on a wrong file under its name', () => {
    const input = "\nthrow new Error('a');";

    const { stderr } = runDiff(folder, ['-', 'new.json', '--input-format', 'ts'], { input });

    expect(stderr).toMatch(/^standard input has a problem:\n/);
    expect(stderr).toContain('given:   a (standard input:2:7)\n');
  });

  test.each([
    [['-', '-', '--input-format', 'json'], 'Only one of the two files can be standard input (-).'],
    [['-'], 'Standard input (-) needs --input-format: ts, json, jsonc, yaml.'],
    [['new.json', '--input-format', 'json'], '--input-format is for standard input: write - for one of the two files.'],
    [
      ['-', '--from', 'HEAD', '--input-format', 'ts'],
      'With --from, the old file is one of the commit: write its path instead of -.',
    ],
    [[], 'Name the old access file, or a commit that has it: diff --from REF.'],
  ])('fails on %j', async (words, message) => {
    expect(await diffIn(folder, ...words)).toEqual({ stdout: '', status: 1, stderr: `${message}\n` });
  });
});
