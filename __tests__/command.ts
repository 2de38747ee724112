import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const root = join(__dirname, '..');

/** The words of a command of package.json or cdktf.json that starts with `node`, without that word. */
export function nodeArguments(command: string): readonly string[] {
  const [node, ...args] = command.split(' ');
  if (node !== 'node') throw new Error(`expected a command that starts with node, got ${command}`);
  return args;
}

/**
 * Runs node in a folder, with these variables over the usual ones, and waits for its end.
 * @param node the file of a Node.js. @default - the one that runs the tests
 */
export function runNode(
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv = {},
  node = process.execPath,
): SpawnSyncReturns<string> {
  const {
    NO_COLOR: _noColor,
    FORCE_COLOR: _forceColor,
    ACCESS_CONFIG: _file,
    CDKTF_OUTDIR: _outdir,
    ...usual
  } = process.env;
  return spawnSync(node, args, { cwd, encoding: 'utf8', env: { ...usual, ...env } });
}

/** The text of the access file that the project starts with. */
export const STARTING_FILE = readFileSync(join(__dirname, 'starting-file.ts'), 'utf8')
  .replace(/^\/\*\*.*\n/m, '')
  .replace("'../model'", "'./model'");

/** A copy of what `main.ts` needs in a new folder, as a clean clone after `npm ci` would be. */
export function copyOfProject(): string {
  const copy = mkdtempSync(join(tmpdir(), 'project-'));
  const parts = ['constraints', 'constructs', 'input', 'model', 'rbac', 'report', 'stacks'];
  for (const part of [
    ...parts,
    'cdktf.json',
    'compile-cache.cjs',
    'load-access-file.ts',
    'main.ts',
    'node-setup.cjs',
    'or-exit.ts',
    'package.json',
    'register-typescript.cjs',
    'synthesize-access.ts',
    'tsconfig.json',
  ]) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  writeFileSync(join(copy, 'access.config.ts'), STARTING_FILE);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A new folder in which `npm start` runs this project with the access file that it starts with. */
export function folderToStart(): string {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  writeFileSync(join(folder, 'access.config.ts'), STARTING_FILE);
  // Links, because tsx compiles each file of a copy anew.
  for (const part of ['eks-access.cjs', 'model']) symlinkSync(join(root, part), join(folder, part));
  return folder;
}

/** Every file below a folder with its text, by its path there. */
export function filesBelow(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .map((file) => [relative(folder, file), readFileSync(file, 'utf8')]),
  );
}
