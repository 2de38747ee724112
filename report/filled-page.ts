import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Html, html } from './html';

/**
 * A page that loads no other file: `<name>.html` with its style and script, and values at the places `%value%`. Its content
 * security policy allows only that style and script, so no name in the data can run code.
 */
export function filledPage(name: string, values: Readonly<Record<string, Html>>): string {
  const [page, style, script] = ['html', 'css', 'js'].map((ending) =>
    readFileSync(join(__dirname, `${name}.${ending}`), 'utf8'),
  ) as [string, string, string];
  const all: Readonly<Record<string, Html>> = {
    ...values,
    policy: new Html(
      `default-src 'none'; style-src ${cspHash(style)}; script-src ${cspHash(script)}; base-uri 'none'; form-action 'none'`,
    ),
    style: html`<style>${new Html(style)}</style>`,
    script: html`<script>${new Html(script)}</script>`,
  };
  // In one pass, so that nothing in a value is taken for a place of the page.
  return page.replaceAll(/%(\w+)%/g, (_, place: string) => (all[place] as Html).markup);
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
