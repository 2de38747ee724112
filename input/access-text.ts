import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import { AccessError } from '../constraints/access-error';
import { inputProblem } from './input-problem';

/** The formats of an access file. */
export const ACCESS_FORMATS = ['ts', 'json', 'jsonc', 'yaml'] as const;

export type AccessFormat = (typeof ACCESS_FORMATS)[number];

/** The formats of an access file that is data. */
export type TextFormat = Exclude<AccessFormat, 'ts'>;

const FORMATS: Readonly<Record<string, AccessFormat>> = {
  '.ts': 'ts',
  '.json': 'json',
  '.jsonc': 'jsonc',
  '.yaml': 'yaml',
  '.yml': 'yaml',
};

/**
 * The format of a file by its extension.
 * @throws AccessError for an unknown extension.
 */
export function formatOf(file: string): AccessFormat {
  const extension = extname(file);
  const format = Object.hasOwn(FORMATS, extension) ? FORMATS[extension] : undefined;
  if (format !== undefined) return format;
  throw inputProblem(
    'The access file has no supported extension.',
    extension === '' ? 'no extension' : `the extension ${extension}`,
    Object.keys(FORMATS).join(', '),
    'Rename it, or set ACCESS_CONFIG to another file.',
  );
}

/**
 * The text of a file.
 * @throws AccessError for a file that is missing or cannot be read.
 */
export function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const missing = code === 'ENOENT' || code === 'ENOTDIR';
    throw inputProblem(
      missing ? 'The access file does not exist.' : 'The access file cannot be read.',
      missing ? file : message,
      `a readable file with the extension ${Object.keys(FORMATS).join(', ')}`,
      'Create it, correct its permissions, or set ACCESS_CONFIG to another file.',
    );
  }
}

/**
 * Parses an access file that is data.
 * @throws AccessError with every syntax error at its line and column.
 */
export function parsedText(text: string, format: TextFormat): unknown {
  // Editors on Windows write a byte order mark, which no parser below accepts.
  const plain = text.replace(/^\uFEFF/, '');
  switch (format) {
    case 'json':
      return fromJson(plain);
    case 'jsonc':
      return fromJson(withoutComments(plain));
    case 'yaml':
      return fromYaml(plain);
  }
}

/** JSON from JSON with comments and trailing commas. Each character keeps its place, so that errors name it. */
function withoutComments(text: string): string {
  const blank = (part: string) => part.replaceAll(/[^\n]/g, ' ');
  const commentless = text.replaceAll(
    /("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g,
    (part, string?: string) => string ?? blank(part),
  );
  return commentless.replaceAll(
    /("(?:[^"\\\n]|\\.)*")|,(?=\s*[}\]])/g,
    (part, string?: string) => string ?? blank(part),
  );
}

function fromJson(text: string): unknown {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    throw inputProblem(
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
    throw inputProblem(
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
    throw inputProblem(
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
