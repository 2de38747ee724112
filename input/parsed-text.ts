import type { Document, LineCounter } from 'yaml';
import { AccessError } from '../constraints/access-error';
import { type Problem, plain } from '../constraints/finding';
import type { TextFormat } from './access-format';
import { inputProblem } from './input-problem';
import { jsonSyntaxProblems } from './json-syntax-problems';
import { syntaxProblem } from './syntax-problem';
import type { TextPlace } from './text-place';
import { placesIn } from './text-places';

/** An access file that is data. */
export interface ParsedText {
  readonly value: unknown;
  /** Adds to a problem of the value the line and column that it is about. */
  readonly placed: (problem: Problem) => Problem;
}

/**
 * Parses an access file that is data.
 * @throws AccessError with every syntax error at its line and column.
 */
export function parsedText(text: string, format: TextFormat): ParsedText {
  // Editors on Windows write a byte order mark, which no parser below accepts.
  const plainText = text.replace(/^\uFEFF/, '');
  switch (format) {
    case 'json':
      return fromJson(plainText);
    case 'jsonc':
      return fromJson(withoutComments(plainText));
    case 'yaml':
      return fromYaml(plainText);
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

function fromJson(text: string): ParsedText {
  if (text.trim() === '') throw empty('a JSON object with okta, groups, clusters, and grants');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw AccessError.of(jsonSyntaxProblems(text, (error as Error).message));
  }
  // JSON.parse takes the last of two equal keys, so a cluster or a group could disappear without an error.
  return { value, placed: placesIn(yamlDocument(text)) };
}

function fromYaml(text: string): ParsedText {
  const parsed = yamlDocument(text);
  if (parsed.document.contents === null) throw empty('a YAML mapping with okta, groups, clusters, and grants');
  const { document } = parsed;
  try {
    const value = document.toJS();
    // Throws if an alias is inside the value of its own anchor.
    JSON.stringify(value);
    return { value, placed: placesIn(parsed) };
  } catch (error) {
    // Aliases are resolved here: one may have no anchor or be inside its own, or they may be too many for the memory.
    throw inputProblem(
      'The file is not valid YAML.',
      error instanceof TypeError ? 'an alias inside the value of its own anchor' : plain((error as Error).message),
      'aliases of existing anchors, outside the values of these anchors',
      'Correct the alias.',
      wrongAlias(parsed),
    );
  }
}

/** The place of the first alias without an anchor, or inside the value of its own; undefined if there is none. */
function wrongAlias({ document, lines }: YamlDocument): TextPlace | undefined {
  const { visit } = require('yaml') as typeof import('yaml');
  let offset: number | undefined;
  visit(document, {
    Alias: (_key, alias) => {
      const start = alias.range?.[0] ?? 0;
      const [from, to] = alias.resolve(document)?.range ?? [start, start + 1];
      if (start < from || start >= to) return undefined;
      offset = start;
      return visit.BREAK;
    },
  });
  if (offset === undefined) return undefined;
  const { line, col: column } = lines.linePos(offset);
  return { line, column };
}

function empty(allowed: string): AccessError {
  return inputProblem('The file is empty.', 'no text', allowed, 'Write the access file.');
}

/** A document of YAML, which includes JSON, with the places of its lines. */
export interface YamlDocument {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

/** Parses YAML and reports every syntax error as a problem. */
function yamlDocument(text: string): YamlDocument {
  // Loaded here, because a TypeScript file does not need it, and loading it takes time.
  const { LineCounter, parseAllDocuments, parseDocument } = require('yaml') as typeof import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: '1.2', merge: true });
  if (document.errors.length === 0) return { document, lines };
  throw AccessError.of(
    document.errors.map(({ code, message, pos: [offset] }) => {
      const { line, col: column } = lines.linePos(offset);
      if (code !== 'MULTIPLE_DOCS') return syntaxProblem({ line, column }, plain(message));
      const count = parseAllDocuments(text, { prettyErrors: false }).length;
      return {
        ...syntaxProblem({ line, column }, `${count} documents, of which the second starts here`),
        message: `The file has ${count} documents; one is allowed.`,
        allowed: 'one YAML document',
        fix: 'Keep one document, or remove the line ---.',
      };
    }),
  );
}
