import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { parse } from 'yaml';
import { type LocalServer, startHttpsServer } from '../../sandbox/https-server';
import { createCertificateAuthority } from '../../sandbox/okta/certificate-authority';
import { CA_PEM } from '../sign-in/certificate';
import { PORTAL } from '../sign-in/kubeconfig/portal';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const FILE = {
  ...SOUND,
  groups: { ...SOUND.groups, 'eks-nobody': { logins: ['bob@example.com'] } },
  signIn: { deviceCode: true },
};
const files = accessFiles({ 'access.json': FILE });
const ca = join(files, 'ca.pem');
writeFileSync(ca, CA_PEM);
const LIVE = [
  ...['--issuer', 'https://example.okta.com/oauth2/aus1', '--client-id', 'prod=0oa1', '--client-id', 'dev=0oa2'],
  ...['--endpoint', 'prod=https://prod.example', '--certificate-authority', `prod=${ca}`],
];
const DEV = ['--endpoint', 'dev=https://dev.example', '--certificate-authority', `dev=${ca}`];

let folder: string;
let errors: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kubeconfig-'));
  errors = '';
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors += text;
    return true;
  });
  process.env.XDG_CONFIG_HOME = folder;
});

afterEach(() => {
  delete process.env.XDG_CONFIG_HOME;
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const run = (...words: readonly string[]) =>
  runCommandToEnd('kubeconfig', '--file', join(files, 'access.json'), ...LIVE, ...words);
const contextsOf = (text: string) => parse(text).contexts.map(({ name }: { name: string }) => name);

describe('eks-access kubeconfig', () => {
  test('prints the kubeconfig of what is known, and says what is left out, and where values come from', async () => {
    const { stdout, exitCode } = await run();

    expect(contextsOf(stdout)).toEqual(['prod']);
    expect(exitCode).toBe(0);
    expect(errors).toBe(
      'Values of Okta and AWS from: --issuer; --client-id; --endpoint; --certificate-authority\nLeft out: dev (not known: endpoint, certificate authority)\n',
    );
  });

  test('prints JSON, which kubectl reads, too', async () => {
    const { stdout } = await run('--json');

    expect(JSON.parse(stdout)).toEqual(parse((await run()).stdout));
  });

  test.each([
    [['--cluster', 'dev'], ['dev']],
    [['--group', 'eks-auditors'], ['prod']],
    [
      ['--group', 'eks-admins,eks-auditors'],
      ['dev', 'prod'],
    ],
    [
      ['--login', 'Ana@example.com'],
      ['dev', 'prod'],
    ],
    [['--login', 'ana@example.com', '--cluster', 'prod'], ['prod']],
  ])('limits it by %j', async (words, contexts) => {
    expect(contextsOf((await run(...DEV, ...words)).stdout)).toEqual(contexts);
  });

  test('says of which groups the file does not know the people', async () => {
    await run(...DEV, '--login', 'ana@example.com');

    expect(errors).toContain(
      'The file does not say who is in eks-auditors and eks-developers: for one of these groups, use --group.\n',
    );
  });

  test.each([
    [
      ['--login', 'anna@example.com'],
      "The access file lists 'anna@example.com' in no group. Did you mean 'ana@example.com'? The file does not say who is in eks-auditors and eks-developers: for one of these groups, use --group.",
    ],
    [['--login', 'bob@example.com'], 'bob@example.com has access to no cluster.'],
    [['--group', 'eks-auditors', '--cluster', 'dev'], 'eks-auditors has no access to dev.'],
    [['--group', 'eks-auditor'], "The access file has no group 'eks-auditor'. Did you mean 'eks-auditors'?"],
    [['--cluster', 'pro'], "The access file has no cluster 'pro'. Did you mean 'prod'?"],
    [['--cluster', 'dev'], 'What only Okta and AWS know is missing:\n  dev: endpoint, certificate authority\n'],
    [['--replace', '--shell', 'sh'], '--replace needs --merge.\n--shell needs --print.'],
    [['--yes'], '--yes needs --portal.'],
    [['--check', 'config', '--kuberc'], '--check changes nothing: leave out --kuberc.'],
    [['--check', 'none/config'], 'none/config does not exist. Make it with --merge none/config.'],
    [['--context-format', 'a', ...DEV], '--context-format gives several clusters the same context'],
    [['--portal', 'http://access.example.com'], "option '--portal <url>' cannot be used with option"],
  ])('fails for %j', async (words, message) => {
    jest.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error(errors);
    });

    await expect(run(...words)).rejects.toThrow(message);
  });

  test('merges into a file with a backup, and changes nothing the second time', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, '# mine\nkind: Config\ncurrent-context: mine\n', { mode: 0o644 });

    await run('--merge', file);
    const after = readFileSync(file, 'utf8');
    rmSync(`${file}.bak`);
    await run('--merge', file);

    expect(after).toMatch(/^# mine\nkind: Config\ncurrent-context: mine\nclusters:\n- name: prod\n/);
    expect(readFileSync(file, 'utf8')).toBe(after);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['config']);
    expect(errors).toContain(`${file}: 1 context added, 0 changed. The file as it was: ${file}.bak.\n`);
    expect(errors).toContain(`Sign in: kubectl --kubeconfig ${file} --context prod get pods\n`);
    expect(errors).toContain(`${file} has everything already. Nothing was changed.\n`);
  });

  test('fails for a KUBECONFIG that names several files', async () => {
    const several = [join(folder, 'one'), join(folder, 'two')].join(delimiter);
    jest.replaceProperty(process, 'env', { ...process.env, KUBECONFIG: several });

    await expect(run('--merge', several)).rejects.toThrow('KUBECONFIG names several files. Name one of them: ');

    expect(readdirSync(folder)).toEqual([]);
  });

  test('says how to sign in with names that a shell would split', async () => {
    const file = join(folder, 'my config');

    await run('--merge', file, '--context-format', 'my {cluster}');

    expect(errors).toContain(`Sign in: kubectl --kubeconfig '${file}' --context 'my prod' get pods\n`);
  });

  test('keeps the file as it was in the backup', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, 'kind: Config\n', { mode: 0o644 });

    await run('--merge', file);

    expect(readFileSync(`${file}.bak`, 'utf8')).toBe('kind: Config\n');
    expect(statSync(`${file}.bak`).mode & 0o777).toBe(0o600);
  });

  test('fails for a damaged file, and writes nothing', async () => {
    const file = join(folder, 'config');
    writeFileSync(file, 'users:\n- token: "s3cret\n');

    await expect(run('--merge', file)).rejects.toThrow(`${file}, line 3, column 1: The file is damaged: `);
    expect(readdirSync(folder)).toEqual(['config']);
    expect(errors).not.toContain('s3cret');
  });

  test('writes a file of its own, over an earlier one, and over nothing else', async () => {
    const file = join(folder, 'config');
    await run('--out', file);
    await run('--out', file, ...DEV);
    const other = join(folder, 'other');
    writeFileSync(other, 'users:\n- name: mine\n  user: {token: s3cret}\n');

    await expect(run('--out', other)).rejects.toThrow(
      `${other} has entries for something else: mine. Keep them with --merge ${other}, or give --out another name. Nothing was changed.`,
    );
    expect(contextsOf(readFileSync(file, 'utf8'))).toEqual(['dev', 'prod']);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    await expect(run('--out', join(files, 'access.json'))).rejects.toThrow(
      'clusters is not a list of its own. Nothing was changed.',
    );
  });

  test('checks a file: 0 if all is right, 2 for any problem', async () => {
    const file = join(folder, 'config');
    await run('--out', file, ...DEV);

    expect(await run('--check', file, ...DEV)).toEqual({
      exitCode: 0,
      stdout: `${file}: 2 contexts, 0 problems\n  dev: right\n  prod: right\n`,
    });
    const { exitCode, stdout } = await run('--check', file, ...DEV, '--json', '--context-format', '{cluster}');
    expect([exitCode, JSON.parse(stdout).others]).toEqual([0, []]);
    expect((await run('--check', file)).exitCode).toBe(2);
    expect((await run('--check', file, '--findings-ok')).exitCode).toBe(0);
  });

  test('allows the plugin in the preferences of kubectl', async () => {
    const file = join(folder, 'kuberc');
    writeFileSync(
      file,
      'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: aws\n',
    );

    await run('--kuberc', file);

    expect(readFileSync(file, 'utf8')).toMatch(/- name: aws\n- name: kubectl-oidc_login\n$/);
    expect(errors).toContain(`${file}: kubectl may run kubectl-oidc_login as a credential plugin now.`);
    await run('--kuberc', file);
    expect(errors).toContain(`${file} lists kubectl-oidc_login already. Nothing to allow.\n`);
    await run('--kuberc', join(folder, 'none'));
    expect(errors).toContain('none does not exist, so there is no policy for plugins. Nothing to allow.\n');
  });

  test('ends with 2 if the policy refuses every plugin, and changes nothing if the preferences are damaged', async () => {
    const file = join(folder, 'kuberc');
    writeFileSync(
      file,
      'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n',
    );

    expect((await run('--kuberc', file)).exitCode).toBe(2);
    expect(errors).toContain(`${file} has the policy DenyAll, so kubectl runs no plugin, and nobody can sign in.`);

    writeFileSync(file, 'a: [\n');
    await expect(run('--kuberc', file, '--out', join(folder, 'config'))).rejects.toThrow('The file is damaged');
    expect(existsSync(join(folder, 'config'))).toBe(false);
  });

  test('allows a device code, and a keyring', async () => {
    const args = parse((await run('--device-code', '--keyring')).stdout).users[0].user.exec.args;

    expect(args.slice(-3)).toEqual([
      '--grant-type=device-code',
      '--skip-open-browser',
      '--token-cache-storage=keyring',
    ]);
  });

  test('prints commands', async () => {
    expect((await run('--print', 'commands')).stdout).toMatch(/^file=\$\(mktemp\)\n/);
    expect((await run('--print', 'commands', '--shell', 'powershell')).stdout).toMatch(/^\$file = \[IO\.Path\]/);
  });
});

describe('eks-access kubeconfig --portal', () => {
  let server: LocalServer;
  let portal: unknown = PORTAL;
  let caFile: string;

  beforeAll(async () => {
    const authority = await createCertificateAuthority();
    mkdirSync(files, { recursive: true });
    caFile = join(files, 'portal-ca.pem');
    writeFileSync(caFile, authority.caPem);
    server = await startHttpsServer(await authority.serverCertificate(), (_, response) => {
      response.end(JSON.stringify(portal));
    });
  });

  afterAll(() => server?.close());

  const fromPortal = (...words: readonly string[]) =>
    runCommandToEnd('kubeconfig', '--portal', `https://localhost:${server.port}/`, '--portal-ca', caFile, ...words);
  const SURE = ['--yes', '--allow-endpoint', 'k8s.example.com:6443'];

  test('takes everything from a portal, which is confirmed once', async () => {
    const { stdout } = await fromPortal(...SURE);

    expect(contextsOf(stdout)).toEqual(['prod', 'stage', 'home']);
    expect(errors).toContain('API servers, to which kubectl sends your ID token:\n  prod: ab12.gr7.');
    errors = '';
    expect(contextsOf((await fromPortal('--group', 'eks-viewers')).stdout)).toEqual(['prod']);
    expect(errors).toBe('');
  });

  test('fails without a terminal and without --yes', async () => {
    await expect(fromPortal('--cluster', 'prod')).rejects.toThrow(
      'Compare this with what you know, and confirm it with --yes. --issuer URL refuses any other issuer.',
    );
  });

  test.each([
    [['--yes'], "names API servers outside EKS' domains:\n  k8s.example.com:6443\n"],
    [['--issuer', 'https://example.okta.com', ...SURE], 'not that of --issuer: https://example.okta.com.'],
    [['--group', 'eks-viewer'], "The portal has no group 'eks-viewer'. Did you mean 'eks-viewers'?"],
    [['--cluster', 'pro'], "The portal has no cluster 'pro'. Did you mean 'prod'?"],
    [['--cluster', 'home', '--group', 'eks-viewers'], 'eks-viewers has no access to home.'],
  ])('fails for %j', async (words, message) => {
    await expect(fromPortal(...words)).rejects.toThrow(message);
  });

  test('says of which clusters a portal does not know enough', async () => {
    portal = {
      ...PORTAL,
      clusters: PORTAL.clusters.map((each) => ({ ...each, server: each.key === 'prod' ? each.server : null })),
    };
    try {
      expect(contextsOf((await fromPortal(...SURE)).stdout)).toEqual(['prod']);
      expect(errors).toContain('Left out: stage (not known: values of Okta and AWS) and home (');
      await expect(fromPortal('--cluster', 'home')).rejects.toThrow(
        'The portal does not know yet how to sign in to home. Ask whoever publishes it.',
      );
    } finally {
      portal = PORTAL;
    }
  });

  test('checks a file by a portal', async () => {
    const file = join(folder, 'config');
    await fromPortal('--out', file, ...SURE);

    expect((await fromPortal('--check', file)).stdout).toContain('3 contexts, 0 problems');
  });
});
