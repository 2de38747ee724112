import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AccessError } from '../../../constraints/access-error';
import { runCommandToEnd } from '../../cli/run-command';

const PROGRAM = join(__dirname, '../../../eks-access.cjs');

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A new folder with files, which is removed after the tests of the file. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'diff-input-')));
  folders.push(folder);
  write(folder, files);
  return folder;
}

/** Writes files into a folder. */
export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** A TypeScript access file of one cluster, as a user writes it. */
export function accessFile({ from = 'okta-eks-access', imports = '', groups = "{ 'eks-admins': {} }" } = {}): string {
  return `import { defineAccess } from '${from}';
${imports}
export default defineAccess({
  okta: { orgName: 'example' },
  groups: ${groups},
  clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
`;
}

/** What a run of `eks-access diff` printed, and its exit code. */
export interface DiffRun {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number | null;
}

/** Runs `eks-access diff` in the test, in a working directory. */
export async function diffIn(cwd: string, ...words: readonly string[]): Promise<DiffRun> {
  const before = process.cwd();
  process.chdir(cwd);
  try {
    const { stdout, exitCode } = await runCommandToEnd('diff', ...words);
    return { stdout, stderr: '', status: exitCode };
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return { stdout: '', stderr: `${error.message}\n`, status: 1 };
  } finally {
    process.chdir(before);
  }
}

/**
 * Runs `eks-access diff` as a user does, as a program.
 * @returns what it printed, and the private folders that it left behind.
 */
export function runDiff(
  cwd: string,
  words: readonly string[],
  { env = {}, input = '' }: { readonly env?: NodeJS.ProcessEnv; readonly input?: string } = {},
): DiffRun & { readonly leftovers: readonly string[] } {
  const temporary = folderWith({});
  const { ACCESS_CONFIG: _file, GIT_DIR: _git, ...usual } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, 'diff', ...words], {
    cwd,
    input,
    encoding: 'utf8',
    env: { ...usual, TMPDIR: temporary, ...env },
  });
  return { stdout, stderr, status, leftovers: readdirSync(temporary).filter((name) => name.startsWith('eks-access-')) };
}

/** The effects of changes by path that `eks-access diff --json` reports. */
export function effectsOf({ stdout, stderr }: DiffRun): Readonly<Record<string, string>> {
  if (stdout === '') throw new Error(stderr);
  const { changes } = JSON.parse(stdout) as { changes: readonly { path: string; effect: string }[] };
  return Object.fromEntries(changes.map(({ path, effect }) => [path, effect]));
}

/** The model of `accessFile` with a pipeline as deployer, as data: it needs no process to be read. */
export const WITH_PIPELINE = JSON.stringify({
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: {
    prod: { kind: 'existing-eks', region: 'eu-west-1', deployers: ['arn:aws:iam::111122223333:role/pipeline'] },
  },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});

/** The changes from `accessFile` without deployers to that model. */
export const WIDENS = { 'clusters.prod.deployers': 'widens' };
