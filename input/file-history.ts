import { availableParallelism } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { AccessError } from '../constraints/access-error';
import { committerDay, type Day, type HistoryCommit } from '../model';
import { formatOf, type TextFormat } from './access-format';
import { layOut, type Tree, type TreeEntry, treeOf, withImports } from './commit-tree';
import { type Evaluated, evaluatedTogether } from './evaluated-apart';
import { git, gitBytes, repositoryOf } from './git';
import { inputProblem } from './input-problem';
import { inPrivateFolder } from './private-folder';

/** A commit that changed what an access file says, where it is, or whether it is there. */
export interface FileChange {
  readonly commit: HistoryCommit;
  /** Path of the file in the repository from this commit on; null if it is not there any more. */
  readonly path: string | null;
  /** The former path, if the commit renamed the file. */
  readonly renamedFrom?: string;
}

/** What an access file said, commit by commit. */
export interface FileHistory {
  /** Every commit along first parents, the oldest first. */
  readonly commits: readonly HistoryCommit[];
  /** Those that changed the file, the oldest first. */
  readonly changes: readonly FileChange[];
  /** Whether commits before the first one are missing, because the clone is shallow. */
  readonly isShallow: boolean;
  /** Whether the file itself has changes that are not committed. */
  readonly isChanged: boolean;
  /**
   * What the file said after changes, or why it cannot be read, by change. The same text is read once.
   * @param progress called with the number of texts that are read.
   */
  read(
    changes: readonly FileChange[],
    progress?: (done: number, of: number) => void,
  ): Promise<ReadonlyMap<FileChange, Evaluated>>;
}

/**
 * The history of an access file on the branch that is checked out, along first parents and over renames.
 * @param file path of the file, relative to the working directory.
 * @param today the current day.
 * @throws AccessError if git or the repository is missing, or no commit has the file.
 */
export function fileHistory(file: string, today: Day): FileHistory {
  const { root, path } = repositoryOf(file);
  const logged = loggedCommits(root);
  const commits = withDays(logged, today);
  const timelines = new Timelines(root, logged);
  const paths = pathsOf(root, path, logged, timelines);
  const versions = versionsOf(paths, logged, commits, timelines);
  const changes = [...versions.keys()];
  if (changes.length === 0) {
    throw inputProblem(
      'No commit of this branch has the file.',
      path,
      'an access file that is committed',
      'Name the file as it is called in the repository: --file PATH.',
    );
  }
  return {
    ...{ commits, changes },
    isShallow: git(root, ['rev-parse', '--is-shallow-repository']).trim() === 'true',
    isChanged: git(root, ['--literal-pathspecs', 'status', '--porcelain', '--', path]) !== '',
    read: (some, progress) => readVersions(some, { versions, file, ...(progress && { progress }) }),
  };
}

/** A commit as git logs it, with the files that it changed. */
interface LoggedCommit extends Omit<HistoryCommit, 'day'> {
  /** The entries of changed files; undefined for removed ones. */
  readonly changed: ReadonlyMap<string, TreeEntry | undefined>;
}

/** Every commit along first parents, the oldest first, compared with its first parent. */
function loggedCommits(root: string): readonly LoggedCommit[] {
  const tokens = git(
    root,
    [
      ...['-c', 'log.showSignature=false', '-c', 'log.showRoot=true', 'log', '--first-parent', '-m', '--raw'],
      ...['--no-renames', '--no-abbrev', '-z', '--format=%x01%H%n%ct%n%an%n%s', 'HEAD', '--'],
    ],
    {
      message: 'git cannot read the commits of this branch.',
      advice: { allowed: 'a branch with a commit', fix: 'Commit the access file first.' },
    },
  ).split('\0');
  const commits: (LoggedCommit & { changed: Map<string, TreeEntry | undefined> })[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at] as string;
    const [, mode, hash] = /^\n?:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]\d*$/.exec(token) ?? [];
    if (mode !== undefined && hash !== undefined) {
      at += 1;
      // A file or a link; a submodule has no text here.
      const entry = /^1[02]0/.test(mode) ? { isLink: mode === '120000', hash } : undefined;
      commits.at(-1)?.changed.set(tokens[at] as string, entry);
    } else if (token.startsWith('\x01')) {
      const [commit = '', seconds, author = '', subject = ''] = token.slice(1).split('\n');
      commits.push({ hash: commit, seconds: Number(seconds), author, subject, changed: new Map() });
    }
  }
  return commits.reverse();
}

/** A clock can be wrong: no commit is older than its parent, or younger than today. */
function withDays(logged: readonly LoggedCommit[], today: Day): readonly HistoryCommit[] {
  let latest = '';
  return logged.map(({ changed: _changed, ...commit }) => {
    const day = committerDay(commit);
    const possible = day > today ? today : day;
    if (possible > latest) latest = possible;
    return { ...commit, day: latest };
  });
}

/** The files of every commit, from what each commit changed: git is asked once for all texts of a path. */
class Timelines {
  /** By path, the entry from each commit on that changed it, the oldest first. */
  private readonly byPath = new Map<string, { readonly at: number; readonly entry: TreeEntry | undefined }[]>();
  private readonly texts = new Map<string, string>();

  constructor(
    private readonly root: string,
    commits: readonly LoggedCommit[],
  ) {
    for (const [at, { changed }] of commits.entries()) {
      for (const [path, entry] of changed) {
        const timeline = this.byPath.get(path) ?? [];
        timeline.push({ at, entry });
        this.byPath.set(path, timeline);
      }
    }
  }

  /** The entry that a commit has at a path. */
  entryAt(at: number, path: string): TreeEntry | undefined {
    return this.byPath.get(path)?.findLast((change) => change.at <= at)?.entry;
  }

  /**
   * The files of a commit.
   * @param asked gets every path that somebody asks for.
   */
  treeAt(at: number, asked: Set<string>): Tree {
    return treeOf(
      (path) => {
        asked.add(path);
        const entry = this.entryAt(at, path);
        if (entry !== undefined && !this.texts.has(entry.hash)) this.load(path);
        return entry;
      },
      (hash) => this.texts.get(hash) ?? '',
    );
  }

  /** Reads every text that a path has ever had. */
  private load(path: string): void {
    const hashes = [...new Set((this.byPath.get(path) ?? []).flatMap(({ entry }) => entry?.hash ?? []))];
    const output = gitBytes(this.root, ['cat-file', '--batch'], { input: `${hashes.join('\n')}\n` });
    let offset = 0;
    for (const hash of hashes) {
      const end = output.indexOf('\n', offset);
      const [, type, size] = output.toString('utf8', offset, end).split(' ');
      if (type !== 'blob') throw missingText(path, hash);
      const start = end + 1;
      this.texts.set(hash, output.toString('utf8', start, start + Number(size)));
      offset = start + Number(size) + 1;
    }
  }
}

function missingText(path: string, hash: string): AccessError {
  return inputProblem(
    'A text of the file is missing in this clone.',
    `${path}, ${hash}`,
    'a clone with every text of the file',
    'Fetch it: git fetch --refetch, or make a full clone.',
  );
}

/** The path of the file after each commit, and the renames; null before the first commit that has it. */
function pathsOf(
  root: string,
  path: string,
  logged: readonly LoggedCommit[],
  timelines: Timelines,
): readonly { readonly path: string; readonly renamedFrom?: string }[] {
  let current = path;
  const paths: { path: string; renamedFrom?: string }[] = [];
  for (let at = logged.length - 1; at >= 0; at -= 1) {
    const isNew = logged[at]?.changed.get(current) !== undefined && timelines.entryAt(at - 1, current) === undefined;
    const from = isNew && at > 0 ? renameTo(root, current, [logged[at - 1], logged[at]]) : undefined;
    paths.push({ path: current, ...(from !== undefined && { renamedFrom: from }) });
    current = from ?? current;
  }
  return paths.reverse();
}

/** The path that a commit renamed to another one; undefined if the file is new. */
function renameTo(
  root: string,
  path: string,
  [parent, commit]: readonly (LoggedCommit | undefined)[],
): string | undefined {
  const args = ['diff-tree', '-r', '-M', '-z', '--no-commit-id', '--name-status', '--diff-filter=R'];
  const tokens = git(root, [...args, String(parent?.hash), String(commit?.hash)]).split('\0');
  for (let at = 0; at + 2 < tokens.length; at += 3) if (tokens[at + 2] === path) return tokens[at + 1];
  return undefined;
}

/** What the file is after a change. Versions with the same identity say the same. */
interface Version {
  readonly path: string;
  readonly identity: string;
  readonly tree: Tree;
}

/** The versions of the file by the change that made them; null where the file is not there any more. */
function versionsOf(
  paths: ReturnType<typeof pathsOf>,
  logged: readonly LoggedCommit[],
  commits: readonly HistoryCommit[],
  timelines: Timelines,
): ReadonlyMap<FileChange, Version | null> {
  const versions = new Map<FileChange, Version | null>();
  let known: string | null = null;
  let asked = new Set<string>();
  for (const [at, { path, renamedFrom }] of paths.entries()) {
    const isTouched = asked.size === 0 || [...(logged[at]?.changed.keys() ?? [])].some((name) => asked.has(name));
    if (!isTouched && renamedFrom === undefined) continue;
    asked = new Set();
    const tree = timelines.treeAt(at, asked);
    const identity =
      tree.textOf(path) === undefined ? null : identityOf(path, tree, (name) => timelines.entryAt(at, name));
    if (identity === known && renamedFrom === undefined) continue;
    known = identity;
    const change = { commit: commits[at] as HistoryCommit, path: identity === null ? null : path };
    versions.set(
      renamedFrom === undefined ? change : { ...change, renamedFrom },
      identity === null ? null : { path, identity, tree },
    );
  }
  return versions;
}

/** The texts of a file and of everything that it imports, as hashes where possible. */
function identityOf(path: string, tree: Tree, entryOf: (path: string) => TreeEntry | undefined): string {
  const files = isCode(path) ? withImports(path, tree) : [path];
  const texts = files.map((name) => {
    const entry = entryOf(name);
    return [name, entry === undefined || entry.isLink ? tree.textOf(name) : entry.hash];
  });
  return JSON.stringify(texts);
}

/** Whether a file is run; false for one of an unknown format. */
function isCode(path: string): boolean {
  try {
    return formatOf(path) === 'ts';
  } catch {
    return false;
  }
}

/** Files that one process runs. A process takes far longer to start than to run a file. */
const FILES_OF_A_PROCESS = 100;
const MOST_PROCESSES = 4;

interface Reading {
  readonly versions: ReadonlyMap<FileChange, Version | null>;
  /** The file as the user named it: packages are those of its folder. */
  readonly file: string;
  readonly progress?: (done: number, of: number) => void;
}

async function readVersions(
  changes: readonly FileChange[],
  { versions, file, progress = () => {} }: Reading,
): Promise<ReadonlyMap<FileChange, Evaluated>> {
  const distinct = new Map(
    changes.flatMap((change) => {
      const version = versions.get(change);
      return version === null || version === undefined ? [] : [[version.identity, version] as const];
    }),
  );
  const evaluated = new Map<string, Evaluated>();
  const add = (identity: string, result: Evaluated) => {
    evaluated.set(identity, result);
    progress(evaluated.size, distinct.size);
  };
  const code = [...distinct.values()].filter(({ path }) => isCode(path));
  for (const version of distinct.values()) if (!isCode(version.path)) add(version.identity, parsedVersion(version));
  if (code.length > 0) {
    await inPrivateFolder(async (folder) => {
      const packages = dirname(resolve(file));
      const processes = Math.min(availableParallelism(), MOST_PROCESSES);
      const chunks = chunksOf(
        [...code.entries()],
        Math.min(FILES_OF_A_PROCESS, Math.ceil(code.length / processes)),
      ).values();
      const work = async () => {
        for (const chunk of chunks) {
          const files = chunk.map(([at, { path, tree }]) => {
            const target = join(folder, `version-${at}`);
            const laidOut = layOut(path, tree, target);
            const named = (text: string) => text.replaceAll(`${target}/`, '');
            return { file: laidOut, cwd: dirname(laidOut), named };
          });
          const results = await evaluatedTogether(files, { privateFolder: folder, packages });
          for (const [index, [, { identity }]] of chunk.entries()) add(identity, results[index] as Evaluated);
        }
      };
      await Promise.all(Array.from({ length: processes }, work));
    });
  }
  return new Map(
    changes.flatMap((change) => {
      const result = evaluated.get(versions.get(change)?.identity ?? '');
      return result === undefined ? [] : [[change, result] as const];
    }),
  );
}

function chunksOf<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) => items.slice(at * size, (at + 1) * size));
}

/** What a version says that is data. */
function parsedVersion({ path, tree }: Version): Evaluated {
  const { parsedText } = require('./parsed-text') as typeof import('./parsed-text');
  try {
    return { written: parsedText(tree.textOf(path) ?? '', formatOf(path) as TextFormat).value };
  } catch (error) {
    if (AccessError.is(error)) return error;
    throw error;
  }
}
