import { execFileSync } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { basename, dirname, posix, relative, resolve } from 'node:path';
import { inputProblem } from './input-problem';

interface Advice {
  /** @default - what git says */
  readonly given?: string;
  readonly allowed: string;
  readonly fix: string;
}

export interface GitProps {
  /** What is wrong if git fails. @default - git cannot read the commit */
  readonly message?: string;
  /** @default - a complete repository */
  readonly advice?: Advice;
  /** What else to do if git is not installed. @default - nothing */
  readonly without?: string;
  /** Standard input. @default - none */
  readonly input?: string;
}

/**
 * Runs git in a folder.
 * @returns what it prints.
 * @throws AccessError with the first line that git says.
 */
export function git(folder: string, args: readonly string[], props: GitProps = {}): string {
  return gitBytes(folder, args, props).toString('utf8');
}

/** The same for output that is not only text. */
export function gitBytes(
  folder: string,
  args: readonly string[],
  { message = 'git cannot read the commit.', advice = UNREADABLE, without, input }: GitProps = {},
): Buffer {
  try {
    return execFileSync('git', ['-C', folder, ...args], {
      // In English, like every other message.
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: Number.POSITIVE_INFINITY,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
      ...(input !== undefined && { input }),
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: Buffer };
    if (code === 'ENOENT') {
      throw inputProblem(
        'The program git is not installed.',
        'no git in PATH',
        'git',
        without === undefined ? 'Install git.' : `Install git, or ${without}.`,
      );
    }
    const said =
      String(stderr ?? '')
        .trim()
        .split('\n')[0] || (error as Error).message;
    throw inputProblem(message, advice.given ?? said, advice.allowed, advice.fix);
  }
}

const UNREADABLE: Advice = { allowed: 'a complete repository', fix: 'Correct what git reports, such as by git fetch.' };

/** The place of a file in its repository. */
export interface RepositoryPath {
  /** The folder of the repository, without links. */
  readonly root: string;
  /** Path of the file in it. */
  readonly path: string;
}

/**
 * Finds the repository of a file, which does not have to exist today.
 * @param without what else to do if there is none, such as `compare two files without --from`. @default - nothing
 * @throws AccessError if the folder of the file is not in a repository.
 */
export function repositoryOf(file: string, without?: string): RepositoryPath {
  const folder = dirname(resolve(file));
  const top = git(folder, ['rev-parse', '--show-toplevel'], {
    message: 'The folder of the file is not in a git repository.',
    advice: {
      allowed: 'a file in a git repository that git trusts',
      fix:
        without === undefined ? 'Correct what git reports.' : `${capitalized(without)}, or correct what git reports.`,
    },
    ...(without !== undefined && { without }),
  }).trim();
  const root = realpathSync(top);
  return { root, path: posix.join(relative(root, realpathSync(folder)), basename(file)) };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
