import { existsSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';
import { AccessError } from '../constraints/access-error';
import * as model from '../model';
import { inputProblem } from './input-problem';

/**
 * Runs a TypeScript or JavaScript file.
 * @param path its absolute path.
 * @param named a message with paths as the user knows them. @default - relative to the working directory
 * @returns its default export, or its `module.exports`; what a promise resolves to.
 * @throws AccessError with why and where it fails.
 */
export async function evaluatedFile(
  path: string,
  named: (text: string) => string = withoutFolder(process.cwd()),
): Promise<unknown> {
  // Only if nothing loads TypeScript yet: a second loader would load the model twice.
  if (!('.ts' in require.extensions)) (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
  shareModel();
  const { stackTraceLimit } = Error;
  // The place of a missing import lies below 10 or more calls of the loaders.
  Error.stackTraceLimit = 50;
  try {
    const exported = exportOf(require(path));
    return isPromise(exported) ? await settled(exported) : exported;
  } catch (error) {
    if (AccessError.is(error)) throw error;
    throw inputProblem(
      'The file cannot be evaluated.',
      named(reasonOf(error)),
      'TypeScript without errors that exports defineAccess({ … })',
      /top-level await/i.test(String(error))
        ? 'Move the await into an async function, and export its promise: export default (async () => defineAccess({ … }))().'
        : 'Correct the error at the given place.',
    );
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Lets a file that imports the model of this clone have the one that runs, which can be part of a bundle. */
function shareModel(): void {
  const path = join(__dirname, '../model/index.ts');
  if (path in require.cache || !existsSync(path)) return;
  const shared = new Module(path);
  shared.exports = model;
  shared.loaded = true;
  require.cache[path] = shared;
}

/** The default export of a module, or all that a CommonJS module exports. */
function exportOf(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  if ('default' in module || '__esModule' in module) return (module as { default?: unknown }).default;
  return Object.keys(module).length === 0 && !isPromise(module) ? undefined : module;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';
}

/** What a promise resolves to. Node.js would end with exit code 0 if it waited for nothing else. */
async function settled(promise: PromiseLike<unknown>): Promise<unknown> {
  let end = () => {};
  const never = new Promise<never>((_, reject) => {
    end = () =>
      reject(
        inputProblem(
          'The file exports a promise that never settles.',
          'a promise that waits for nothing',
          'a promise of defineAccess({ … })',
          'Resolve the promise, or export defineAccess({ … }) itself.',
        ),
      );
    process.once('beforeExit', end);
  });
  try {
    return await Promise.race([promise, never]);
  } finally {
    process.off('beforeExit', end);
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
  const places = [...(error.stack ?? '').matchAll(/\(?(\/[^()\n]+\.[cm]?[jt]s:\d+:\d+)\)?$/gm)].map(
    ([, path = '']) => path,
  );
  const place = places.find((path) => !path.startsWith(`${__dirname}/`) && !path.includes('/node_modules/'));
  const reason = lines.join('; ') || error.name;
  return place === undefined || reason.includes(place) ? reason : `${reason} (${place})`;
}
