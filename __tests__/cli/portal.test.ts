import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { portalData } from '../../sign-in/portal/portal-data';
import { CA_BASE64, CA_PEM } from '../sign-in/certificate';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

const ENDPOINT = 'https://A.gr7.eu-west-1.eks.amazonaws.com';
const PLANTED = 'PLANTED-SECRET';
const EKS = { ...SOUND, clusters: { dev: SOUND.clusters.dev, prod: { kind: 'existing-eks', region: 'eu-west-1' } } };
const OUTPUTS = {
  okta: {
    ...{ issuer_url: 'https://example.okta.com/oauth2/aus1', client_id_dev: '0oa1', client_id_prod: '0oa2' },
    client_secret: PLANTED,
  },
  'cluster-prod': { endpoint: ENDPOINT, certificate_authority: CA_BASE64, token: PLANTED },
};
const folder = accessFiles({ 'eks.json': EKS, 'outputs.json': OUTPUTS });
const FILE = ['--file', join(folder, 'eks.json')];
const FACTS = ['--outputs', join(folder, 'outputs.json')];

/** Runs the command, with what it prints on both streams. */
async function portal(...words: readonly string[]) {
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const { stdout, exitCode } = await runCommandToEnd('portal', ...FILE, ...words);
    return { stdout, exitCode, stderr: write.mock.calls.map(([text]) => text).join('') };
  } finally {
    write.mockRestore();
  }
}

function embedded(page: string, id: string): unknown {
  const [, json = ''] = new RegExp(`<script id="${id}" type="application/json">(.*)</script>`).exec(page) ?? [];
  return JSON.parse(json);
}

describe('eks-access portal', () => {
  test('prints a page with the data that --json prints', async () => {
    const page = await portal(...FACTS);
    const json = await portal(...FACTS, '--json');

    expect(page.stdout).toMatch(/^<!doctype html>\n/);
    expect(embedded(page.stdout, 'portal-data')).toEqual(JSON.parse(json.stdout));
    expect(portalData.parse(JSON.parse(json.stdout)).schemaVersion).toBe(1);
    expect([page.exitCode, json.exitCode]).toEqual([0, 0]);
  });

  test('says where the facts are from, to which clusters nobody can sign in, and why', async () => {
    const { stderr } = await portal(...FACTS);
    const nothing = await portal();

    expect(stderr).toBe(
      `Values of Okta and AWS from: ${join(folder, 'outputs.json')}\nNobody can sign in with this page to 1 of 2 clusters: dev. Not known: endpoints and certificate authorities. Give them with --outputs FILE, with --aws, or with --issuer, --client-id, --endpoint, and --certificate-authority.\n`,
    );
    expect(nothing.stderr).toContain(
      'to 2 of 2 clusters: dev, prod. Not known: the issuer, client IDs, endpoints and certificate authorities.',
    );
  });

  test('says nothing of clusters if everything is known', async () => {
    const ca = join(folder, 'ca.pem');
    writeFileSync(ca, `${CA_PEM}-----BEGIN PRIVATE KEY-----\n${PLANTED}\n-----END PRIVATE KEY-----\n`);
    const { stdout, stderr } = await portal(
      ...FACTS,
      '--endpoint',
      `dev=${ENDPOINT}`,
      '--certificate-authority',
      `dev=${ca}`,
    );

    expect(stderr).toMatch(/^Values of Okta and AWS from: .*\n$/);
    expect(embedded(stdout, 'portal-kubeconfig')).toMatchObject({ users: { dev: {}, prod: {} } });
    expect(Buffer.from(stdout.match(/[A-Za-z0-9+/]{200,}=*/)?.[0] ?? '', 'base64').toString()).toBe(CA_PEM);
  });

  test.each([[[]], [['--json']]])('prints no secret of the outputs, with %j', async (words) => {
    const { stdout, stderr } = await portal(...FACTS, ...words);

    expect(stdout).toContain('0oa2');
    expect(stdout + stderr).not.toContain(PLANTED);
    expect(stdout + stderr).not.toContain('ana@example.com');
  });

  test('writes a file as a whole, keeps its mode and a link to it, and prints nothing', async () => {
    const pages = join(folder, 'pages');
    mkdirSync(pages);
    const target = join(pages, 'portal.html');
    writeFileSync(target, 'old');
    chmodSync(target, 0o640);
    const link = join(pages, 'link.html');
    symlinkSync(target, link);

    const { stdout } = await portal(...FACTS, '--out', link);

    expect(stdout).toBe('');
    expect(readFileSync(target, 'utf8')).toBe((await portal(...FACTS)).stdout);
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(pages).sort()).toEqual(['link.html', 'portal.html']);
  });

  test('fails with one message if the file cannot be written, and leaves nothing', async () => {
    const file = join(folder, 'no-folder', 'portal.html');

    await expect(portal('--out', file)).rejects.toThrow(/portal\.html could not be written: ENOENT/);
    await expect(portal('--out', folder)).rejects.toThrow(`${folder} could not be written: `);
    // What was begun is removed.
    expect(readdirSync(dirname(folder)).filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
    expect(existsSync(join(folder, 'no-folder'))).toBe(false);
  });

  test('fails without writing anything if a fact is wrong', async () => {
    const file = join(folder, 'wrong.html');

    await expect(portal('--out', file, '--issuer', 'http://example.com')).rejects.toThrow(
      '--issuer: This is not an https',
    );
    expect(existsSync(file)).toBe(false);
  });
});
