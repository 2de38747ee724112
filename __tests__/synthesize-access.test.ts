import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { orExit, publish, synthesizeAccess, synthesizePrivately } from '../synthesize-access';
import { SMALLEST } from './access-files';
import { filesBelow } from './command';

describe('synthesizeAccess', () => {
  let folder: string;
  let outdir: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'synthesize-'));
    outdir = join(folder, 'out');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** Synthesizes a file as main.ts does. Returns what it prints, and the exit code. */
  async function synthesized(file: unknown): Promise<{ stderr: string; exitCode: typeof process.exitCode }> {
    const config = join(folder, 'access.json');
    writeFileSync(config, JSON.stringify(file));
    const env = process.env;
    process.env = { ...env, ACCESS_CONFIG: config, CDKTF_OUTDIR: outdir };
    const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await orExit(() => synthesizeAccess());
      return { stderr: write.mock.calls.map(([text]) => text).join(''), exitCode: process.exitCode };
    } finally {
      process.exitCode = undefined;
      process.env = env;
      write.mockRestore();
    }
  }

  test('fails on a wrong access file before it creates the output folder', async () => {
    expect((await synthesized({})).exitCode).toBe(1);

    expect(() => readdirSync(outdir)).toThrow('ENOENT');
  });

  test('reads the file that ACCESS_CONFIG selects', async () => {
    await synthesized({ ...SMALLEST, clusters: { staging: { kind: 'existing-eks', region: 'eu-west-1' } } });

    expect(Object.keys(filesBelow(outdir))).toContain('stacks/cluster-staging/cdk.tf.json');
  });

  test('fails without a stack trace if the output folder cannot be written', async () => {
    writeFileSync(outdir, 'a file');

    const { stderr, exitCode } = await synthesized(SMALLEST);

    expect(exitCode).toBe(1);
    expect(stderr).toBe(`The stacks could not be written: EEXIST: file already exists, mkdir '${outdir}'\n`);
  });

  test('removes the stacks of a cluster that left the file, and the other form of a stack', async () => {
    await synthesized({
      ...SMALLEST,
      clusters: { ...SMALLEST.clusters, old: { kind: 'existing-eks', region: 'eu-west-1' } },
    });
    writeFileSync(join(outdir, 'stacks/okta/cdk.tf'), 'the same in HCL');

    await synthesized(SMALLEST);

    expect(Object.keys(filesBelow(outdir))).toEqual([
      'manifest.json',
      'stacks/cluster-prod/cdk.tf.json',
      'stacks/okta/cdk.tf.json',
      'stacks/rbac-prod/cdk.tf.json',
    ]);
  });

  test('keeps what Terraform has in the folder of a stack', async () => {
    await synthesized(SMALLEST);
    const lock = join(outdir, 'stacks/okta/.terraform.lock.hcl');
    writeFileSync(lock, 'lock');

    await synthesized(SMALLEST);

    expect(readFileSync(lock, 'utf8')).toBe('lock');
  });

  test('gives its own stacks, whatever another synthesis writes into the output folder meanwhile', async () => {
    const files = ['prod', 'staging'].map((key) => {
      const path = join(folder, `${key}.json`);
      writeFileSync(path, JSON.stringify({ ...SMALLEST, clusters: { [key]: SMALLEST.clusters.prod } }));
      return path;
    });

    const own = await synthesizePrivately(files[0] as string, async (privateFolder) => {
      publish(privateFolder, outdir);
      await synthesizeAccess(files[1], outdir);
      return Object.keys(filesBelow(privateFolder));
    });

    expect(own).toContain('stacks/rbac-prod/cdk.tf.json');
    expect(Object.keys(filesBelow(outdir))).toEqual([
      'manifest.json',
      'stacks/cluster-staging/cdk.tf.json',
      'stacks/okta/cdk.tf.json',
      'stacks/rbac-staging/cdk.tf.json',
    ]);
  });
});
