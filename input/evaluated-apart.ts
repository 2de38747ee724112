import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../constraints/access-error';
import type { EvaluationRequest, EvaluationResult } from './evaluate-apart';
import { inputProblem } from './input-problem';
import type { ImportPlaces } from './resolve-imports';

/** The variables that the code of an access file sees; no credentials, and nothing that loads other code. */
const PASSED = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'SOURCE_DATE_EPOCH'];

export interface EvaluationProps extends ImportPlaces {
  /** Absolute path of the TypeScript file. */
  readonly file: string;
  /** A folder of this run, for results and the home folder of the process. */
  readonly privateFolder: string;
  /** The working directory of the process. */
  readonly cwd: string;
  /** The text of a message with paths as the user knows them. */
  readonly named: (text: string) => string;
}

/**
 * Runs a TypeScript access file in a process of its own, without credentials in its environment. The process runs as the
 * same user, so it can read the user's files.
 * @returns what the file says, as it is written.
 * @throws AccessError if the file cannot be evaluated.
 */
export async function evaluatedApart({ file, cwd, named, ...props }: EvaluationProps): Promise<unknown> {
  const [evaluated] = await evaluatedTogether([{ file, cwd, named }], props);
  if (AccessError.is(evaluated)) throw evaluated;
  return (evaluated as { readonly written: unknown }).written;
}

/** What a file says, or why it cannot be evaluated. */
export type Evaluated = { readonly written: unknown } | AccessError;

/**
 * Runs several TypeScript access files as `evaluatedApart` does, one after the other in the same process. A file that ends
 * the process has a problem; the others run in another process.
 */
export async function evaluatedTogether(
  files: readonly Pick<EvaluationProps, 'file' | 'cwd' | 'named'>[],
  { privateFolder, ...places }: Pick<EvaluationProps, 'privateFolder'> & ImportPlaces,
): Promise<readonly Evaluated[]> {
  const home = join(privateFolder, 'home');
  mkdirSync(home, { recursive: true });
  const results = mkdtempSync(join(privateFolder, 'results-'));
  const resultOf = (at: number) => join(results, `${at}.json`);
  const passed = PASSED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const evaluated: Evaluated[] = [];
  while (evaluated.length < files.length) {
    const first = evaluated.length;
    const left = files.slice(first).map(({ file, cwd }, at) => ({ file, cwd, result: resultOf(first + at) }));
    const ending = await ended(
      [join(__dirname, 'evaluate.cjs'), JSON.stringify({ ...places, files: left } satisfies EvaluationRequest)],
      { cwd: left[0]?.cwd ?? home, env: { ...Object.fromEntries(passed), HOME: home } },
    );
    for (const { named } of files.slice(first)) {
      const evaluation = resultIn(resultOf(evaluated.length));
      evaluated.push(evaluation === undefined ? endedProblem(ending) : evaluatedOf(evaluation, named));
      if (evaluation === undefined) break;
    }
  }
  return evaluated;
}

function evaluatedOf(evaluation: EvaluationResult, named: (text: string) => string): Evaluated {
  if ('written' in evaluation) return evaluation;
  return AccessError.of(evaluation.problems.map((problem) => ({ ...problem, given: named(problem.given) })));
}

function endedProblem(ending: string): AccessError {
  return inputProblem(
    'The file ends the process that reads it.',
    ending,
    'a file that exports defineAccess({ … }) and goes on',
    'Remove what ends the process, such as process.exit().',
  );
}

/** Runs Node.js and waits for its end. What it prints is not data of this program, so it goes to standard error. */
function ended(args: readonly string[], options: { cwd: string; env: NodeJS.ProcessEnv }): Promise<string> {
  const child = spawn(process.execPath, args, { ...options, stdio: ['ignore', 2, 2] });
  const kill = () => child.kill('SIGKILL');
  process.on('exit', kill);
  return new Promise<string>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(signal === null ? `exit code ${code}` : `the signal ${signal}`));
  }).finally(() => process.off('exit', kill));
}

function resultIn(file: string): EvaluationResult | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as EvaluationResult;
  } catch {
    // The file ended the process before it wrote the result.
    return undefined;
  }
}
