import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import packageJson from '../../package.json';
import { runNode } from '../command';
import { TIMEOUT } from './world';

const root = join(__dirname, '../..');

describe('the packed library', () => {
  const folder = mkdtempSync(join(tmpdir(), 'library-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  beforeAll(() => {
    const run = (command: string, ...args: string[]) => execFileSync(command, args, { cwd: root, encoding: 'utf8' });
    const [{ filename }] = JSON.parse(run('npm', 'pack', '--json', '--pack-destination', folder));
    const modules = join(folder, 'node_modules');
    mkdirSync(modules);
    run('tar', '-xzf', join(folder, filename), '-C', modules);
    renameSync(join(modules, 'package'), join(modules, packageJson.name));
    const { dependencies, peerDependencies } = packageJson;
    for (const name of [...Object.keys({ ...dependencies, ...peerDependencies }), 'typescript', '@types']) {
      mkdirSync(dirname(join(modules, name)), { recursive: true });
      symlinkSync(join(root, 'node_modules', name), join(modules, name));
    }
  }, TIMEOUT);

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
