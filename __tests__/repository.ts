import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A git repository of a test. */
export interface Repository {
  readonly folder: string;
  git(...args: readonly string[]): string;
  /**
   * Commits files at noon of a day in UTC.
   * @param files texts by path; null removes a file.
   * @returns the hash.
   */
  commit(day: string, subject: string, files: Readonly<Record<string, string | null>>, author?: string): string;
  /** Runs git at noon of a day. */
  gitOn(day: string, author: string, ...args: readonly string[]): string;
}

/** A new repository with the branch `main`, which is removed after the tests of the file. */
export function newRepository(): Repository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'repository-')));
  afterAll(() => rmSync(folder, { recursive: true }));
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) => {
    const { GIT_DIR: _dir, ...usual } = process.env;
    return execFileSync('git', args, {
      cwd: folder,
      encoding: 'utf8',
      stdio: 'pipe',
      env: { ...usual, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', ...env },
    }).trim();
  };
  const gitOn = (day: string, author: string, ...args: readonly string[]) => {
    const date = `${day}T12:00:00Z`;
    const people = { GIT_AUTHOR_NAME: author, GIT_COMMITTER_NAME: author };
    const mails = { GIT_AUTHOR_EMAIL: 'a@example.com', GIT_COMMITTER_EMAIL: 'a@example.com' };
    return run(args, { ...people, ...mails, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date });
  };
  run(['init', '--initial-branch=main']);
  return {
    folder,
    git: (...args) => run(args),
    gitOn,
    commit(day, subject, files, author = 'Ana') {
      for (const [name, text] of Object.entries(files)) {
        if (text === null) rmSync(join(folder, name));
        else {
          mkdirSync(dirname(join(folder, name)), { recursive: true });
          writeFileSync(join(folder, name), text);
        }
      }
      run(['add', '--all']);
      gitOn(day, author, 'commit', '--allow-empty', '--message', subject);
      return run(['rev-parse', 'HEAD']);
    },
  };
}
