import { AccessError } from '../constraints/access-error';
import { inputProblem } from './input-problem';

/**
 * Runs a TypeScript file.
 * @param path its absolute path.
 * @param named a message with paths as the user knows them. @default - relative to the working directory
 * @returns its default export.
 * @throws AccessError with why and where it fails.
 */
export function evaluatedFile(path: string, named: (text: string) => string = withoutFolder(process.cwd())): unknown {
  // Only if nothing loads TypeScript yet, as in an installed package: a second loader would load the model twice.
  if (!('.ts' in require.extensions)) (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
  const { stackTraceLimit } = Error;
  // The place of a missing import lies below 10 or more calls of the loaders.
  Error.stackTraceLimit = 50;
  try {
    return (require(path) as { default?: unknown } | undefined)?.default;
  } catch (error) {
    if (AccessError.is(error)) throw error;
    throw inputProblem(
      'The file cannot be evaluated.',
      named(reasonOf(error)),
      'TypeScript without errors that exports defineAccess({ … })',
      'Correct the error at the given place.',
    );
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** The error for a file whose default export is not an access file. */
export function exportProblem(exported: unknown): AccessError {
  return inputProblem(
    'The file does not export an access file.',
    exported === undefined
      ? 'no default export'
      : `a default export that is not from defineAccess (${typeof exported})`,
    'export default defineAccess({ … })',
    "Import defineAccess from 'okta-eks-access' (in this project: './model'), and write export default defineAccess({ … }).",
  );
}

/** Makes paths in a text relative to a folder. */
export function withoutFolder(folder: string): (text: string) => string {
  return (text) => text.replaceAll(`${folder}/`, '');
}

/** Why and where a module failed, without the compiler's summary and the stack trace. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown value that is not an Error: ${String(error)}`;
  const lines = error.message
    .split('\n')
    .filter((line) => line !== '' && !/^(Transform failed|Require stack:|- )/.test(line));
  // The calls of the program itself are not the place of an error.
  const places = [...(error.stack ?? '').matchAll(/\(?(\/[^()\n]+\.ts:\d+:\d+)\)?$/gm)].map(([, path = '']) => path);
  const place = places.find((path) => !path.startsWith(`${__dirname}/`));
  const reason = lines.join('; ') || error.name;
  return place === undefined || reason.includes(place) ? reason : `${reason} (${place})`;
}
