import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, hostname } from 'node:os';
import { join, resolve } from 'node:path';
import cdktf from '../../../cdktf.json';
import { SMALLEST } from '../../access-files';
import { copyOfProject, filesBelow, nodeArguments, runNode } from '../../command';

const app = nodeArguments(cdktf.app);

describe('main.ts', () => {
  const project = copyOfProject();
  const outdir = join(project, 'cdktf.out');
  const state = join(project, 'terraform.okta.tfstate');
  writeFileSync(state, 'state');
  const { status, stdout, stderr } = runNode(app, project);
  afterAll(() => rmSync(project, { recursive: true }));

  test('synthesizes the default access file and prints nothing', () => {
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(Object.keys(filesBelow(outdir))).toEqual([
      'manifest.json',
      'stacks/cluster-eks-cluster/cdk.tf.json',
      'stacks/okta/cdk.tf.json',
      'stacks/rbac-eks-cluster/cdk.tf.json',
    ]);
  });

  test('writes the same bytes from and to other folders, at another time, with another user and time zone', () => {
    const elsewhere = join(project, 'a', 'new', 'folder');
    const other = { TZ: 'Pacific/Apia', HOME: project, USER: 'other', LANG: 'tr_TR.UTF-8' };

    const again = runNode(app, resolve(__dirname, '../../..'), {
      ...other,
      ACCESS_CONFIG: '__tests__/starting-file.ts',
      CDKTF_OUTDIR: elsewhere,
    });

    expect(again.status).toBe(0);
    expect(filesBelow(elsewhere)).toEqual(filesBelow(outdir));
  });

  test('writes no absolute path, host name, or time', () => {
    const written = JSON.stringify(filesBelow(outdir));

    expect(written).not.toContain(project);
    expect(written).not.toContain(process.cwd());
    expect(written).not.toContain(homedir());
    expect(written).not.toContain(`"${hostname()}"`);
    expect(written).not.toMatch(/20\d\d-\d\d-\d\dT/);
  });

  test('leaves the state of a stack alone that lies beside the output folder', () => {
    expect(readFileSync(state, 'utf8')).toBe('state');
  });

  test('fails on a wrong access file with one message, exit code 1, and nothing changed', () => {
    const before = filesBelow(outdir);
    const wrong = {
      ...SMALLEST,
      groups: { 'eks-admins': { descripton: 'x' } },
      identityProvider: { prefix: 'system:' },
      grants: [...SMALLEST.grants, { group: 'eks-auditors', role: 'view', clusters: '*' }],
    };
    writeFileSync(join(project, 'wrong.json'), JSON.stringify(wrong));

    const refused = runNode(app, project, { ACCESS_CONFIG: 'wrong.json' });

    expect(refused.status).toBe(1);
    expect(refused.stdout).toBe('');
    expect(refused.stderr).toBe(`wrong.json has 3 problems:

  groups.eks-admins.descripton  [unknown-key]  line 1, column 55
    There is no key 'descripton' here. Did you mean 'description'?
    given:   'x'
    allowed: description, logins, rule, existing, was, handOver
    fix:     Change it to 'description', or remove it.

  grants[1].group  [unknown-name]  line 1, column 210
    There is no group 'eks-auditors'.
    given:   'eks-auditors'
    allowed: eks-admins
    fix:     Use one of the allowed names, or add the group to the file.

  identityProvider.prefix  [reserved-prefix]  line 1, column 285
    A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.
    given:   'system:'
    allowed: a prefix without 'system:', such as okta:
    fix:     Choose another prefix.
    see:     https://docs.aws.amazon.com/eks/latest/APIReference/API_OidcIdentityProviderConfigRequest.html
`);
    expect(filesBelow(outdir)).toEqual(before);
  });

  test('is at most 40 lines', () => {
    expect(readFileSync(join(__dirname, '../../..', 'main.ts'), 'utf8').split('\n').length).toBeLessThanOrEqual(41);
  });
});
