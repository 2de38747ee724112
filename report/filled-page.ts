import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Html, html } from './html';

export interface PageParts {
  /** Names of the styles, behind that of every page. @default - that of the page */
  readonly styles?: readonly string[];
  /** @default true */
  readonly hasScript?: boolean;
}

/**
 * A page that loads no other file: `<name>.html` with styles and its script, and values at the places `%value%`. At `%head%`,
 * its content security policy allows only these styles and that script, so no name in the data can run code.
 */
export function filledPage(
  name: string,
  values: Readonly<Record<string, Html>>,
  { styles = [name], hasScript = true }: PageParts = {},
): string {
  const style = ['page', ...styles].map((part) => fileOf(part, 'css')).join('\n');
  const script = hasScript ? fileOf(name, 'js') : undefined;
  const scripts = script === undefined ? '' : ` script-src ${cspHash(script)};`;
  const all: Readonly<Record<string, Html>> = {
    ...values,
    head: headOf(`default-src 'none'; style-src ${cspHash(style)};${scripts} base-uri 'none'; form-action 'none'`),
    style: html`<style>${new Html(style)}</style>`,
    ...(script !== undefined && { script: html`<script>${new Html(script)}</script>` }),
  };
  // In one pass, so that nothing in a value is taken for a place of the page.
  return fileOf(name, 'html').replaceAll(/%(\w+)%/g, (_, place: string) => (all[place] as Html).markup);
}

function headOf(policy: string): Html {
  return html`<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">`;
}

function fileOf(name: string, ending: string): string {
  return readFileSync(join(__dirname, `${name}.${ending}`), 'utf8');
}

/** Data for the script of a page, in an element with this ID. Only `<` could end the element. */
export function dataElement(id: string, data: unknown): Html {
  const json = new Html(JSON.stringify(data).replaceAll('<', '\\u003c'));
  return html`<script id="${id}" type="application/json">${json}</script>`;
}

/** @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function cspHash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
