import { readFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { type Access, AccessError, defineAccess, isDefinedAccess } from './model';

const EXTENSIONS = ['.ts', '.json', '.yaml', '.yml'];

/** The access file that the environment selects: `ACCESS_CONFIG`, else `access.config.ts`. */
export function selectedAccessFile(env: NodeJS.ProcessEnv = process.env): string {
  return env.ACCESS_CONFIG || 'access.config.ts';
}

/**
 * Reads an access file.
 * @param file path of a `.ts`, `.json`, `.yaml` or `.yml` file, relative to the working directory.
 * @throws AccessError whose message begins with the file and names every problem.
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
          'An access file of this kind cannot be read.',
          extname(file) === '' ? 'a file without an extension' : `the extension ${extname(file)}`,
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
    // Editors on Windows put a byte order mark first, which no parser below takes.
    return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw problem(
      missing ? 'There is no such access file.' : 'The access file cannot be read.',
      missing ? file : message,
      `a readable file that ends with ${EXTENSIONS.join(', ')}`,
      'Create it, mend its permissions, or set ACCESS_CONFIG to the file that you mean.',
    );
  }
}

function fromTypeScript(path: string): Access {
  const exported = evaluate(path);
  const access = (exported as { default?: unknown } | undefined)?.default;
  if (isDefinedAccess(access)) return access;
  throw problem(
    'The file does not export an access file.',
    access === undefined ? 'no default export' : `a default export that defineAccess did not make (${typeof access})`,
    'export default defineAccess({ … })',
    "Wrap the object: import { defineAccess } from 'okta-eks-access' (here './model'), then export default defineAccess({ … }).",
  );
}

function evaluate(path: string): unknown {
  // Where nothing loads TypeScript yet, as in an installed package; a second loader would load the model twice.
  if (!('.ts' in require.extensions)) (require('tsx/cjs/api') as typeof import('tsx/cjs/api')).register();
  try {
    return require(path);
  } catch (error) {
    if (AccessError.is(error)) throw error;
    throw problem(
      'The file cannot be evaluated.',
      reasonOf(error),
      'TypeScript without errors that exports defineAccess({ … })',
      'Correct the place that is named.',
    );
  }
}

/** Why a module failed and where, in the reader's paths, without the compiler's summary and without a stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return `something thrown that is no error: ${String(error)}`;
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
      text.trim() === '' ? 'The file is empty.' : 'The file is not JSON.',
      text.trim() === '' ? 'no text' : (error as Error).message,
      'a JSON object with okta, groups, clusters and grants',
      text.trim() === '' ? 'Write the access file.' : 'Correct the place that is named.',
    );
  }
  // JSON.parse takes the last of two equal keys, and a grant or a cluster would vanish without a word.
  checkSyntax(text);
  return parsed;
}

function fromYaml(text: string): unknown {
  const document = checkSyntax(text);
  if (document.contents === null) {
    throw problem(
      'The file is empty.',
      'no text',
      'a YAML map with okta, groups, clusters and grants',
      'Write the access file.',
    );
  }
  try {
    const value = document.toJS();
    // Throws where an alias stands inside what its anchor names.
    JSON.stringify(value);
    return value;
  } catch (error) {
    // Aliases are resolved here: one without an anchor, one inside its own, or so many that they would fill the memory.
    throw problem(
      'The file is not YAML.',
      error instanceof TypeError ? 'an alias inside what its anchor names' : (error as Error).message,
      'aliases of anchors that exist, outside of what they name',
      'Correct the alias.',
    );
  }
}

/** Parses YAML, of which JSON is a part, with every error of the text as a problem. */
function checkSyntax(text: string) {
  // Loaded here, because a TypeScript file never needs it and every start would wait for it.
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
        message: 'The text cannot be read.',
        given: message,
        allowed: 'each key once, and the syntax of the format',
        fix: 'Correct this line.',
      };
    }),
  );
}

function problem(message: string, given: string, allowed: string, fix: string): AccessError {
  return AccessError.of([{ path: '', check: 'file', message, given, allowed, fix }]);
}
