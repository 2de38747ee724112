import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join } from 'node:path';
import cdktf from '../cdktf.json';
import { SMALLEST } from './access-files';
import { copyOfProject, filesBelow, nodeArguments, runNode } from './command';

const app = nodeArguments(cdktf.app);

describe('main.ts', () => {
  const project = copyOfProject();
  afterAll(() => rmSync(project, { recursive: true }));
  const outdir = join(project, 'cdktf.out');

  const write = (name: string, content: unknown) =>
    writeFileSync(join(project, name), typeof content === 'string' ? content : JSON.stringify(content));

  test('synthesizes the default access file and prints nothing', () => {
    const { status, stdout, stderr } = runNode(app, project);

    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(Object.keys(filesBelow(outdir))).toEqual([
      'manifest.json',
      'stacks/cluster-eks-cluster/cdk.tf.json',
      'stacks/okta/cdk.tf.json',
      'stacks/rbac-eks-cluster/cdk.tf.json',
    ]);
  });

  test('writes the same bytes in another folder, at another time, with another user and time zone', () => {
    const other = copyOfProject();
    try {
      runNode(app, project);
      const { status } = runNode(app, other, { TZ: 'Pacific/Apia', HOME: other, USER: 'other', LANG: 'tr_TR.UTF-8' });

      expect(status).toBe(0);
      expect(filesBelow(join(other, 'cdktf.out'))).toEqual(filesBelow(outdir));
    } finally {
      rmSync(other, { recursive: true });
    }
  });

  test('writes no absolute path, host name, or time', () => {
    runNode(app, project);

    const written = JSON.stringify(filesBelow(outdir));

    expect(written).not.toContain(project);
    expect(written).not.toContain(process.cwd());
    expect(written).not.toContain(homedir());
    expect(written).not.toContain(`"${hostname()}"`);
    expect(written).not.toMatch(/20\d\d-\d\d-\d\dT/);
  });

  test('writes the same bytes wherever the output goes', () => {
    runNode(app, project);
    const elsewhere = join(project, 'a', 'new', 'folder');

    const { status } = runNode(app, project, { CDKTF_OUTDIR: elsewhere });

    expect(status).toBe(0);
    expect(filesBelow(elsewhere)).toEqual(filesBelow(outdir));
  });

  test('reads the file that ACCESS_CONFIG selects', () => {
    write('other.json', { ...SMALLEST, clusters: { staging: { kind: 'existing-eks', region: 'eu-west-1' } } });

    const { status } = runNode(app, project, { ACCESS_CONFIG: 'other.json', CDKTF_OUTDIR: 'other.out' });

    expect(status).toBe(0);
    expect(Object.keys(filesBelow(join(project, 'other.out')))).toContain('stacks/cluster-staging/cdk.tf.json');
  });

  test('fails on a wrong access file with one message, exit code 1, and nothing changed', () => {
    runNode(app, project);
    const before = filesBelow(outdir);
    write('wrong.json', {
      ...SMALLEST,
      groups: { 'eks-admins': { descripton: 'x' } },
      identityProvider: { prefix: 'system:' },
      grants: [...SMALLEST.grants, { group: 'eks-auditors', role: 'view', clusters: '*' }],
    });

    const { status, stdout, stderr } = runNode(app, project, { ACCESS_CONFIG: 'wrong.json' });

    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toBe(`wrong.json has 3 problems:

  groups.eks-admins.descripton  [unknown-key]
    There is no key 'descripton' here. Did you mean 'description'?
    given:   'x'
    allowed: description, logins, rule, existing
    fix:     Change it to 'description', or remove it.

  grants[1].group  [unknown-name]
    There is no group 'eks-auditors'.
    given:   'eks-auditors'
    allowed: eks-admins
    fix:     Use one of the allowed names, or add the group to the file.

  identityProvider.prefix  [reserved-prefix]
    A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.
    given:   'system:'
    allowed: a prefix without 'system:', such as okta:
    fix:     Choose another prefix.
    see:     https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html
`);
    expect(filesBelow(outdir)).toEqual(before);
  });

  test('fails on a wrong access file before it creates the output folder', () => {
    write('wrong.json', {});

    const { status } = runNode(app, project, { ACCESS_CONFIG: 'wrong.json', CDKTF_OUTDIR: 'untouched.out' });

    expect(status).toBe(1);
    expect(() => readFileSync(join(project, 'untouched.out'))).toThrow('ENOENT');
  });

  test('fails without a stack trace if the output folder cannot be written', () => {
    write('in-the-way', 'a file');

    const { status, stderr } = runNode(app, project, { CDKTF_OUTDIR: 'in-the-way' });

    expect(status).toBe(1);
    expect(stderr).toBe("The stacks could not be written: EEXIST: file already exists, mkdir 'in-the-way'\n");
  });

  test('is at most 40 lines', () => {
    expect(readFileSync(join(__dirname, '..', 'main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(41);
  });

  test('does not change the state of a stack next to the output folder', () => {
    const state = join(project, 'terraform.okta.tfstate');
    mkdirSync(outdir, { recursive: true });
    writeFileSync(state, 'state');

    runNode(app, project);

    expect(readFileSync(state, 'utf8')).toBe('state');
  });
});
