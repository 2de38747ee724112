import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../constraints/access-error';
import type { EvaluationRequest, EvaluationResult } from './evaluate-apart';
import { inputProblem } from './input-problem';

/** The variables that the code of an access file sees; no credentials, and nothing that loads other code. */
const PASSED = ['PATH', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'SOURCE_DATE_EPOCH'];

export interface EvaluationProps extends Omit<EvaluationRequest, 'result'> {
  /** A folder of this run, for the result and as home folder of the process. */
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
export async function evaluatedApart({ privateFolder, cwd, named, ...request }: EvaluationProps): Promise<unknown> {
  const home = join(privateFolder, 'home');
  mkdirSync(home, { recursive: true });
  const result = join(home, 'result.json');
  const passed = PASSED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const ending = await ended(
    [join(__dirname, 'evaluate.cjs'), JSON.stringify({ ...request, result } satisfies EvaluationRequest)],
    { cwd, env: { ...Object.fromEntries(passed), HOME: home } },
  );
  const evaluation = resultIn(result);
  if (evaluation === undefined) {
    throw inputProblem(
      'The file ends the process that reads it.',
      ending,
      'a file that exports defineAccess({ … }) and goes on',
      'Remove what ends the process, such as process.exit().',
    );
  }
  if ('written' in evaluation) return evaluation.written;
  const problems = evaluation.problems.map((problem) => ({ ...problem, given: named(problem.given) }));
  throw AccessError.of(problems);
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
