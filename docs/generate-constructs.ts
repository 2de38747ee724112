import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');

/** A docstring; Biome's format, which every file has, is all that the other patterns rely on. */
const DOC = String.raw`(\/\*\*(?:(?!\*\/)[\s\S])*\*\/)`;
const CLASS = new RegExp(String.raw`${DOC}\nexport class (\w+)([^{]*)\{\n([\s\S]*?)\n\}\n`);
const FACTORY = new RegExp(String.raw`${DOC}\n {2}static (\w+)\(([^)]*)\)`, 'g');
const FIELD = new RegExp(String.raw`^(?: {2}${DOC}\n)? {2}readonly (\w+)(\?)?: ([^;]+);$`, 'gm');

/** The reference page of the constructs, from their docstrings. */
export function constructsPage(): string {
  const files = [...read('constructs/index.ts').matchAll(/from '\.\/(\w+\/[\w-]+)'/g)].map(
    ([, file]) => file as string,
  );
  const code = new Map(files.map((file) => [file, read(`constructs/${file}.ts`)]));
  const all = [...code.values()].join('\n');
  const sections = (service: string) =>
    [...code]
      .filter(([file]) => file.startsWith(service))
      .map(([, text]) => section(text, all))
      .join('\n');
  return `# Constructs

<!-- Written by \`npm run docs\` from constructs/; a test compares them. -->

Import them from \`okta-eks-access/constructs\`. Each construct checks its props; call \`validateAll(app)\` before
\`app.synth()\`, so that all problems are reported together, before a file is written. An example:

\`\`\`ts
${read('examples/library.ts').replace("'../constructs'", "'okta-eks-access/constructs'")}\`\`\`

## Okta

${sections('okta/')}
## EKS

${sections('eks/')}
## Kubernetes

${sections('kubernetes/')}`;
}

/** One construct: what it is, what it makes, its props, its attributes, and how to refer to an existing one. */
function section(code: string, all: string): string {
  const [, doc = '', name = '', heritage = '', body = ''] = CLASS.exec(code) ?? [];
  const bindings = [...code.matchAll(/^import \{[^}]*\} from '#(\w+)\/(data-)?([\w-]+)';$/gm)].map(
    ([, provider, data, binding = '']) =>
      `${data === undefined ? `${provider}_` : 'data.'}${binding.replaceAll('-', '_')}`,
  );
  const tables = [...code.matchAll(/^export interface (?!I[A-Z])(\w+)/gm)]
    .map(([, found]) => found as string)
    .filter((found) => !all.includes(` extends ${found} {\n`))
    .sort((a, b) => Number(b === `${name}Props`) - Number(a === `${name}Props`))
    .map((found) => table(found === `${name}Props` ? '' : `\`${found}\`:\n\n`, fieldsOf(found, all)));
  const parameters = [...body.matchAll(/^ +\* @param (\w+) (.*)$/gm)].map(([, found, text]) => `\`${found}\`: ${text}`);
  const [, implemented = ''] = /implements (\w+)/.exec(heritage) ?? [];
  const attributes = [...fieldsOf(implemented, all), ...fields(body).filter(({ text }) => text !== '')].map(
    (attribute) => `\`${attribute.name}\`: ${attribute.text}`,
  );
  const factories = [...body.matchAll(FACTORY)].map(([, found = '', factory, args = '']) => {
    const names = [...args.matchAll(/(\w+):/g)].map(([, argument]) => argument);
    return `\`${name}.${factory}(${names.join(', ')})\`: ${textOf(found)}`;
  });
  return [
    `### ${name}\n\n${textOf(doc)}\n`,
    bindings.length === 0 ? '' : `\nTerraform: ${bindings.map((type) => `\`${type}\``).join(', ')}\n`,
    ...tables,
    list('Parameters', parameters),
    list('Attributes', attributes),
    list('Existing', factories),
  ].join('');
}

function list(title: string, items: readonly string[]): string {
  return items.length === 0 ? '' : `\n${title}:\n\n${items.map((item) => `- ${item}\n`).join('')}`;
}

/** A field of an interface or class. */
interface Field {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  /** What it is if it is not set, or that it must be. */
  readonly unset: string;
}

function table(title: string, rows: readonly Field[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ({ name, type, text, unset }) => `| \`${name}\` | \`${type.replaceAll('|', '\\|')}\` | ${text} | ${unset} |\n`,
  );
  return `\n${title}| prop | type | what it is | default |\n| --- | --- | --- | --- |\n${lines.join('')}`;
}

/** The fields of an exported interface, those that it inherits first. */
function fieldsOf(name: string, all: string): readonly Field[] {
  const found = new RegExp(String.raw`export interface ${name}(?: extends (\w+))? \{\n([\s\S]*?)\n\}\n`).exec(all);
  if (found === null) return [];
  const [, parent = '', body = ''] = found;
  return [...fieldsOf(parent, all), ...fields(body)];
}

function fields(body: string): readonly Field[] {
  return [...body.matchAll(FIELD)].map(([, doc = '', name = '', optional, type = '']) => {
    const [, unset = ''] = /@default (.*?)(?= @|$)/.exec(oneLine(doc)) ?? [];
    const shown = unset.startsWith('- ') ? unset.slice(2) : unset && `\`${unset}\``;
    return { name, type, text: textOf(doc), unset: optional === undefined ? 'required' : shown };
  });
}

/** The sentences of a docstring, with the page that it refers to. */
function textOf(doc: string): string {
  const [text = ''] = oneLine(doc).split(/ @\w+ /);
  const [, page] = /@see (\S+)/.exec(doc) ?? [];
  return page === undefined ? text : `${text} ([source](${page}))`;
}

function oneLine(doc: string): string {
  return doc
    .replaceAll(/\/\*\*| *\*\/|^ *\* ?/gm, '')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

if (require.main === module) writeFileSync(join(__dirname, 'constructs.md'), constructsPage());
