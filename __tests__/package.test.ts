import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import cdktf from '../cdktf.json';
import packageJson from '../package.json';
import { accessWith } from './access-files';
import { runNode } from './command';
import { synthesizedAccess } from './synthesized';

const root = join(__dirname, '..');

describe('package.json', () => {
  test('has what a library user has to bring as peers, and the same for development', () => {
    const { peerDependencies, devDependencies } = packageJson;

    expect(Object.keys(peerDependencies)).toEqual([
      '@cdktf/provider-aws',
      '@cdktf/provider-kubernetes',
      '@cdktf/provider-okta',
      'cdktf',
      'constructs',
    ]);
    expect(devDependencies).toMatchObject(peerDependencies);
  });

  test('needs only commander, tsx, yaml and zod to run', () => {
    expect(Object.keys(packageJson.dependencies)).toEqual(['commander', 'tsx', 'yaml', 'zod']);
  });
});

describe('the cdktf command', () => {
  // Its own terminal library has no binary for Node 24 and later. It asks for it without naming it as a dependency.
  test.each(['cdktf-cli/package.json', '@cdktf/cli-core/package.json'])(
    '%s finds a terminal library of every Node',
    (user) => {
      const from = createRequire(require.resolve(user));

      const { name, version } = from('@cdktf/node-pty-prebuilt-multiarch/package.json');

      expect(`${name}@${version}`).toBe('@lydell/node-pty@1.1.0');
      expect(from('@cdktf/node-pty-prebuilt-multiarch')).toHaveProperty('spawn');
    },
  );
});

describe('cdktf.json', () => {
  test('generates bindings of the very versions that the stacks require', () => {
    const stacks = Object.values(synthesizedAccess(accessWith()));

    const required = stacks.flatMap((stack) => Object.values(stack.terraform?.required_providers ?? {})) as {
      source: string;
      version: string;
    }[];

    const versions = required.map(
      ({ source, version }) => `${source.includes('/') ? source : `hashicorp/${source}`}@${version}`,
    );
    expect([...new Set(versions)].sort()).toEqual([...cdktf.terraformProviders].sort());
  });

  test('starts without npx, sends no crash reports and has a project id', () => {
    expect(cdktf.app).toMatch(/^node /);
    expect(cdktf.sendCrashReports).toBe('false');
    expect(cdktf.projectId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});

describe('the packed library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const library = join(folder, 'node_modules', packageJson.name);
    mkdirSync(library, { recursive: true });
    cpSync(join(root, 'package.json'), join(library, 'package.json'));
    spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/typescript/bin/tsc'),
        '--project',
        join(root, 'tsconfig.build.json'),
        '--outDir',
        join(library, 'dist'),
      ],
      { cwd: root },
    );
    for (const name of ['@cdktf', 'cdktf', 'commander', 'constructs', 'tsx', 'typescript', 'yaml', 'zod', '@types']) {
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    }
  });

  test('type-checks and runs the example of docs/architecture.md', () => {
    const page = readFileSync(join(root, 'docs/architecture.md'), 'utf8');
    const [, example = ''] = /```ts\n([\s\S]*?okta-eks-access\/constructs[\s\S]*?)```/.exec(page) ?? [];
    writeFileSync(join(folder, 'example.ts'), example);

    const types = runNode(
      [
        'node_modules/typescript/bin/tsc',
        '--noEmit',
        '--strict',
        '--skipLibCheck',
        '--module',
        'nodenext',
        '--types',
        'node',
        'example.ts',
      ],
      folder,
    );
    const run = runNode(['--require', 'tsx/cjs', 'example.ts'], folder);

    expect(types.stdout).toBe('');
    expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'cdktf.out', 'stacks'))).toEqual(['okta']);
  });

  test('exports the model and the stacks, for an access file of its own', () => {
    const program = `
      const { App } = require('cdktf');
      const { defineAccess } = require('okta-eks-access');
      const { defineAccessStacks } = require('okta-eks-access/stacks');
      const app = new App({ outdir: 'own.out' });
      defineAccessStacks(app, defineAccess({
        okta: { orgName: 'example' },
        groups: { 'eks-admins': {} },
        clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1' } },
        grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
      }));
      app.synth();
    `;

    const { status, stderr } = runNode(['--eval', program], folder);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(readdirSync(join(folder, 'own.out', 'stacks'))).toEqual(['cluster-prod', 'okta', 'rbac-prod']);
  });

  test('has the command, for an access file that imports the library', () => {
    const project = join(folder, 'project');
    mkdirSync(project);
    writeFileSync(
      join(project, 'access.config.ts'),
      `import { defineAccess } from 'okta-eks-access';

export default defineAccess({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'view', clusters: '*', namespaces: ['team-a'] }, { group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
`,
    );
    const command = join(folder, 'node_modules', packageJson.name, packageJson.bin['eks-access']);

    const { status, stdout, stderr } = runNode([command, 'matrix', '--format', 'csv'], project);

    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^eks-admins,prod,team-a,view,\r$/m);
    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
  });
});
