import { writeFileSync } from 'node:fs';
import { AccessError } from '../constraints/access-error';
import { writtenIn } from './compared-model';
import { evaluatedFile, exportProblem } from './evaluate-file';
import { inputProblem } from './input-problem';
import { type ImportPlaces, resolveImports } from './resolve-imports';

/** What the process is asked to do: the one argument of its command line, as JSON. */
export interface EvaluationRequest extends ImportPlaces {
  /** The files to run, one after the other. */
  readonly files: readonly EvaluatedFile[];
}

/** A file to run. */
export interface EvaluatedFile {
  /** Absolute path of the TypeScript file. */
  readonly file: string;
  /** Working directory of the process while it runs. */
  readonly cwd: string;
  /** Absolute path of the file for the result. */
  readonly result: string;
}

/** What the process writes as JSON: what the file says, or why it cannot be read. */
export type EvaluationResult = { readonly written: unknown } | { readonly problems: AccessError['problems'] };

const request = JSON.parse(process.argv[2] ?? '') as EvaluationRequest;
// Loads what loads TypeScript, so that the imports of the file are resolved before it.
if (!('.ts' in require.extensions)) (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
resolveImports(request);
void writeResults();

async function writeResults(): Promise<void> {
  for (const { file, cwd, result } of request.files) {
    process.chdir(cwd);
    writeFileSync(result, await resultText(file));
  }
}

async function resultText(file: string): Promise<string> {
  try {
    const exported = await evaluatedFile(file, (text) => text);
    const written = writtenIn(exported);
    if (written === undefined) throw exportProblem(exported);
    return JSON.stringify({ written: asData(written) } satisfies EvaluationResult);
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return JSON.stringify({ problems: error.problems } satisfies EvaluationResult);
  }
}

/** A value as JSON has it. */
function asData(written: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(written));
  } catch (error) {
    throw inputProblem(
      'The file has values that are not data.',
      (error as Error).message.split('\n')[0] ?? '',
      'texts, numbers, true, false, lists, and objects that do not contain themselves',
      'Write these values as data.',
    );
  }
}
