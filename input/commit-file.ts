import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve } from 'node:path';
import { inputProblem } from './input-problem';

/** An access file of a commit. */
export interface CommitFile {
  readonly text: string;
  /** Writes the file and everything that it imports relatively, except the model, into a folder. */
  layOut(folder: string): LaidOut;
}

export interface LaidOut {
  /** The path of the file in the folder. */
  readonly file: string;
  /** A text with the paths in the folder as the user knows them, such as `main:teams/groups.ts`. */
  readonly named: (text: string) => string;
}

/**
 * The file that a commit of its git repository has at a path.
 * @param ref anything that git resolves to a commit, such as `origin/main`.
 * @param file path of the file, relative to the working directory.
 * @throws AccessError if git, the repository, the commit, or the file is missing.
 */
export function commitFile(ref: string, file: string): CommitFile {
  const folder = dirname(resolve(file));
  const top = git(folder, ['rev-parse', '--show-toplevel'], 'The folder of the file is not in a git repository.', {
    allowed: 'a file in a git repository that git trusts',
    fix: 'Compare two files without --from, or correct what git reports.',
  }).trim();
  const commit = git(folder, ['rev-parse', '--verify', `${ref}^{commit}`], 'git knows no such commit.', {
    given: ref,
    allowed: 'a branch, a tag, or a commit of this repository, such as origin/main',
    fix: 'Correct it, or fetch it first: git fetch origin.',
  }).trim();
  const tree = treeOf(top, commit);
  const root = realpathSync(top);
  const path = posix.join(relative(root, realpathSync(folder)), basename(file));
  // As the user would write it: relative to the working directory.
  const named = (inTree: string) => `${ref}:${relative(process.cwd(), join(root, inTree))}`;
  const text = tree.textOf(path);
  if (text === undefined) {
    throw inputProblem(
      'The commit does not have this file.',
      named(path),
      'a file that the commit has',
      'Name the file as it was called in that commit, before the new one: diff --from REF OLD NEW.',
    );
  }
  return {
    text,
    layOut: (target) => {
      for (const imported of withImports(path, tree)) {
        const place = join(target, imported);
        mkdirSync(dirname(place), { recursive: true });
        writeFileSync(place, tree.textOf(imported) ?? '');
      }
      // Files below the working directory first: their paths are shorter.
      const below = relative(root, process.cwd());
      const here = below.startsWith('..') ? target : join(target, below);
      const above = relative(process.cwd(), root);
      const inTree = (message: string) => message.replaceAll(`${target}/`, `${ref}:${above === '' ? '' : `${above}/`}`);
      return {
        file: join(target, path),
        named: (message) => inTree(here === target ? message : message.replaceAll(`${here}/`, `${ref}:`)),
      };
    },
  };
}

interface Tree {
  /** The text of a file; undefined if the commit does not have it. */
  textOf(path: string): string | undefined;
}

function treeOf(top: string, commit: string): Tree {
  const listed = git(top, ['ls-tree', '-r', '-z', '--full-tree', commit]).split('\0');
  const entries = new Map(
    listed.flatMap((line) => {
      const [, mode, hash, path] = /^(\d+) blob (\S+)\t(.*)$/s.exec(line) ?? [];
      return path === undefined ? [] : [[path, { isLink: mode === '120000', hash: String(hash) }] as const];
    }),
  );
  const texts = new Map<string, string>();
  const textOf = (path: string, links = 0): string | undefined => {
    const entry = entries.get(path);
    if (entry === undefined || links > MOST_LINKS) return undefined;
    const text = texts.get(entry.hash) ?? git(top, ['cat-file', 'blob', entry.hash]);
    texts.set(entry.hash, text);
    return entry.isLink ? textOf(posix.join(posix.dirname(path), text), links + 1) : text;
  };
  return { textOf };
}

/** More links that lead to links are a loop. */
const MOST_LINKS = 40;

/** The path of a file and those of everything that it imports relatively. */
function withImports(path: string, tree: Tree): readonly string[] {
  const found = new Set([path]);
  for (const file of found) {
    for (const [, specifier] of (tree.textOf(file) ?? '').matchAll(RELATIVE_IMPORT)) {
      const target = posix.join(posix.dirname(file), specifier ?? '');
      // The program's model is today's.
      if (tree.textOf(posix.join(target.replace(/\/index(\.[jt]s)?$/, ''), 'define-access.ts')) !== undefined) continue;
      const imported = CANDIDATES.map((candidate) => candidate(target)).find((name) => tree.textOf(name) !== undefined);
      if (imported !== undefined) found.add(imported);
    }
  }
  return [...found];
}

/** What follows `from`, `import`, or `require`. Something else that looks like it does no harm. */
const RELATIVE_IMPORT = /\b(?:from|import|require)\s*\(?\s*['"`](\.{1,2}(?:\/[^'"`\n]*)?)['"`]/g;

/** The files that an import can mean. */
const CANDIDATES: readonly ((target: string) => string)[] = [
  (target) => target,
  ...['.ts', '.tsx', '.cts', '.mts', '.js', '.cjs', '.mjs', '.json'].map(
    (extension) => (target: string) => `${target}${extension}`,
  ),
  ...['.ts', '.cts', '.mts'].map((extension) => (target: string) => target.replace(/\.([cm]?)js$/, extension)),
  ...['index.ts', 'index.js', 'index.json'].map((index) => (target: string) => posix.join(target, index)),
];

interface Advice {
  /** @default - what git says */
  readonly given?: string;
  readonly allowed: string;
  readonly fix: string;
}

function git(
  folder: string,
  args: readonly string[],
  message = 'git cannot read the commit.',
  advice: Advice = UNREADABLE,
): string {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      encoding: 'utf8',
      // In English, like every other message.
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: Number.POSITIVE_INFINITY,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') {
      throw inputProblem(
        'The program git is not installed.',
        'no git in PATH',
        'git',
        'Install git, or compare two files without --from.',
      );
    }
    const said = (stderr ?? '').trim().split('\n')[0] || (error as Error).message;
    throw inputProblem(message, advice.given ?? said, advice.allowed, advice.fix);
  }
}

const UNREADABLE: Advice = { allowed: 'a complete repository', fix: 'Correct what git reports, such as by git fetch.' };
