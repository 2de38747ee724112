import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type Access, AccessError, defineAccess, isDefinedAccess } from './model';

const EXTENSIONS = ['.ts', '.json', '.yaml', '.yml'];

/** The path of the access file that the environment selects: `ACCESS_CONFIG`, or `access.config.ts`. */
export function selectedAccessFile(env: Readonly<Record<string, string | undefined>> = process.env): string {
  return env.ACCESS_CONFIG || 'access.config.ts';
}

/**
 * Reads an access file.
 * @param file path of a `.ts`, `.json`, `.yaml` or `.yml` file, relative to the working directory.
 * @throws AccessError with a message that starts with the file and lists every problem.
 */
export function loadAccessFile(file: string): Access {
  try {
    const text = readText(file);
    switch (extname(file)) {
      case '.ts':
        return fromTypeScript(resolve(file));
      case '.json':
        return defineAccess(fromJson(text) as never);
      case '.yaml':
      case '.yml':
        return defineAccess(fromYaml(text) as never);
      default:
        throw problem(
          'The access file has no supported extension.',
          extname(file) === '' ? 'no extension' : `the extension ${extname(file)}`,
          EXTENSIONS.join(', '),
          'Rename it, or set ACCESS_CONFIG to another file.',
        );
    }
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    const count = error.problems.length;
    const heading = count > 1 ? `${file} has ${count} problems:` : `${file} has a problem:`;
    throw new AccessError(`${heading}\n\n${error.message}`, error.problems, error.warnings);
  }
}

function readText(file: string): string {
  try {
    // Editors on Windows write a byte order mark, which no parser below accepts.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw problem(
      missing ? 'The access file does not exist.' : 'The access file cannot be read.',
      missing ? file : message,
      `a readable file with the extension ${EXTENSIONS.join(', ')}`,
      'Create it, correct its permissions, or set ACCESS_CONFIG to another file.',
    );
  }
}

function fromTypeScript(path: string): Access {
  const exported = evaluate(path);
  const access = (exported as { default?: unknown } | undefined)?.default;
  if (isDefinedAccess(access)) return access;
  throw problem(
    'The file does not export an access file.',
    access === undefined ? 'no default export' : `a default export that is not from defineAccess (${typeof access})`,
    'export default defineAccess({ … })',
    "Import defineAccess from 'okta-eks-access' (in this project: './model'), and write export default defineAccess({ … }).",
  );
}

function evaluate(path: string): unknown {
  // Only if nothing loads TypeScript yet, as in an installed package: a second loader would load the model twice.
  if (!('.ts' in require.extensions)) (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
  const { stackTraceLimit } = Error;
  // The place of a missing import lies below 10 or more calls of the loaders.
  Error.stackTraceLimit = 50;
  try {
    return require(path);
  } catch (error) {
    if (AccessError.is(error)) throw error;
    throw problem(
      'The file cannot be evaluated.',
      reasonOf(error),
      'TypeScript without errors that exports defineAccess({ … })',
      'Correct the error at the given place.',
    );
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Why and where a module failed, with relative paths, and without the compiler's summary and the stack trace. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `a thrown value that is not an Error: ${String(error)}`;
  const lines = error.message
    .split('\n')
    .filter((line) => line !== '' && !/^(Transform failed|Require stack:|- )/.test(line));
  const place = /\(?(\/[^()\n]+\.ts:\d+:\d+)\)?$/m.exec(error.stack ?? '')?.[1];
  const reason = lines.join('; ') || error.name;
  const placed = place === undefined || reason.includes(place) ? reason : `${reason} (${place})`;
  return placed.replaceAll(`${process.cwd()}/`, '');
}

function fromJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw problem(
      text.trim() === '' ? 'The file is empty.' : 'The file is not valid JSON.',
      text.trim() === '' ? 'no text' : (error as Error).message,
      'a JSON object with okta, groups, clusters, and grants',
      text.trim() === '' ? 'Write the access file.' : 'Correct the error at the given place.',
    );
  }
  // JSON.parse takes the last of two equal keys, so a cluster or a group could disappear without an error.
  checkSyntax(text);
  return parsed;
}

function fromYaml(text: string): unknown {
  const document = checkSyntax(text);
  if (document.contents === null) {
    throw problem(
      'The file is empty.',
      'no text',
      'a YAML mapping with okta, groups, clusters, and grants',
      'Write the access file.',
    );
  }
  try {
    const value = document.toJS();
    // Throws if an alias is inside the value of its own anchor.
    JSON.stringify(value);
    return value;
  } catch (error) {
    // Aliases are resolved here: one may have no anchor or be inside its own, or they may be too many for the memory.
    throw problem(
      'The file is not valid YAML.',
      error instanceof TypeError ? 'an alias inside the value of its own anchor' : (error as Error).message,
      'aliases of existing anchors, outside the values of these anchors',
      'Correct the alias.',
    );
  }
}

/** Parses YAML, which includes JSON, and reports every syntax error as a problem. */
function checkSyntax(text: string) {
  // Loaded here, because a TypeScript file does not need it, and loading it takes time.
  const { LineCounter, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2' });
  if (document.errors.length === 0) return document;
  throw AccessError.of(
    document.errors.map(({ message, pos }) => {
      const { line, col } = lines.linePos(pos[0]);
      return {
        path: `line ${line}, column ${col}`,
        check: 'syntax',
        message: 'The file has a syntax error.',
        given: message,
        allowed: 'valid syntax, and each key once',
        fix: 'Correct this line.',
      };
    }),
  );
}

function problem(message: string, given: string, allowed: string, fix: string): AccessError {
  return AccessError.of([{ path: '', check: 'file', message, given, allowed, fix }]);
}
