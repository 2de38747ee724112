import { createHash } from 'node:crypto';
import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { MatrixRow } from '../model/review/matrix';
import { leadsTo, SENSITIVE_PERMISSIONS } from '../rbac/sensitive-permissions';
import { Html, html } from './html';
import { MATRIX_SCRIPT } from './matrix-html-script';
import { MATRIX_STYLE } from './matrix-html-style';
import { type MatrixReport, placeWords } from './matrix-report';
import { counted } from './words';

const COLUMNS = ['Group', 'Cluster', 'Namespace', 'Role', 'Sensitive permissions'];

/** Rows that the page contains as HTML; its script shows the others. */
const FIRST_ROWS = 500;

/**
 * Who has which role where, as a page to search, sort and print that loads no other file. Its content security policy allows only
 * the style and script of this page, so no name in the data can run code.
 */
export function matrixHtml({ file, day, rows }: MatrixReport): string {
  const number = (names: readonly string[]) => new Set(names).size;
  const facts: readonly (readonly [string, string | number])[] = [
    ['Groups', number(rows.map(({ group }) => group))],
    ['Clusters', number(rows.map(({ cluster }) => cluster))],
    ['Rows', rows.length],
    ['Rows with sensitive permissions', rows.filter(({ sensitive }) => sensitive.length > 0).length],
    ['Until a removed user loses access', `${WORST_CASE_REVOCATION.minutes} min`],
  ];
  const present = new Set(rows.flatMap(({ sensitive }) => sensitive));
  const legend = SENSITIVE_PERMISSIONS.filter((permission) => present.has(permission));
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${cspHash(MATRIX_STYLE)}; script-src ${cspHash(MATRIX_SCRIPT)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Who has which role where: ${escaped(file)}</title>
<style>${new Html(MATRIX_STYLE)}</style>
</head>
<body>
<header>
<h1>Who has which role where</h1>
<p class="source"><code>${escaped(file)}</code> on <time datetime="${day}">${day}</time></p>
<dl class="facts">
${facts.map(([name, fact]) => html`<div><dt>${name}</dt><dd>${fact}</dd></div>\n`)}</dl>
<p class="note">${WORST_CASE_REVOCATION.text}</p>${legend.length === 0 ? '' : html`\n<p class="source"><a href="#legend">What the sensitive permissions lead to</a></p>`}
</header>
<main>
<div class="find" role="search">
<label for="search">Search for groups, clusters, namespaces, roles and permissions<input id="search" type="search" autocomplete="off" spellcheck="false"></label>
<p id="count" role="status" aria-live="polite">${counted(rows.length, 'row')}${rows.length > FIRST_ROWS ? `, the first ${FIRST_ROWS} shown` : ''}</p>
</div>
<noscript><p class="note">Without JavaScript, this page shows only the first ${FIRST_ROWS} rows and cannot search or sort.</p></noscript>
<table role="table" aria-label="Who has which role where">
<thead role="rowgroup"><tr role="row">
${COLUMNS.map((column, at) => html`<th role="columnheader" scope="col" data-title="${column}"${at === 0 ? html` aria-sort="ascending"` : ''}><button type="button">${column}</button></th>\n`)}</tr></thead>
<tbody role="rowgroup">
${rows.slice(0, FIRST_ROWS).map(line)}</tbody>
</table>
<button id="more" type="button" hidden></button>
<section id="legend" class="legend"${legend.length === 0 ? ' hidden' : ''}>
<h2>What the sensitive permissions lead to</h2>
<dl>
${legend.map((permission) => html`<div><dt>${permission}</dt><dd>${leadsTo(permission)}</dd></div>\n`)}</dl>
</section>
</main>
<script id="data" type="application/json">${embedded(packed(rows))}</script>
<script>${new Html(MATRIX_SCRIPT)}</script>
</body>
</html>
`.markup;
}

function line({ group, cluster, namespace, role, sensitive }: MatrixRow): Html {
  const texts = [group, cluster, placeWords(namespace), role, sensitive.join(', ')];
  const cells = texts.map((text, at) => {
    const whole = at === 2 && namespace === null ? html` class="whole"` : '';
    return html`<td role="cell" data-column="${COLUMNS[at] as string}"${whole}>${escaped(text)}</td>`;
  });
  return html`<tr role="row">${cells}</tr>\n`;
}

/** The rows with every name once and numbers that refer to the names: a tenth of the size for a large fleet. */
function packed(rows: readonly MatrixRow[]): { names: readonly (readonly string[])[]; rows: readonly number[] } {
  const columns = [
    rows.map(({ group }) => group),
    rows.map(({ cluster }) => cluster),
    rows.map(({ namespace }) => namespace ?? ''),
    rows.map(({ role }) => role),
    rows.map(({ sensitive }) => sensitive.join(', ')),
  ];
  const names = columns.map((column) => [...new Set(column)].sort());
  // By number of permissions, so that sorting by this column puts the most powerful roles at one end.
  names.at(-1)?.sort((a, b) => a.split(',').length - b.split(',').length || a.length - b.length);
  const numbers = names.map((column) => new Map(column.map((name, number) => [name, number])));
  return {
    names: names.map((column) => column.map(escaped)),
    rows: rows.flatMap((_, row) => columns.map((column, at) => numbers[at]?.get(column[row] as string) as number)),
  };
}

/** JSON in a script element. Only `<` could end the element. */
function embedded(data: unknown): Html {
  return new Html(JSON.stringify(data).replaceAll('<', '\\u003c'));
}

/** @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function cspHash(text: string): Html {
  return new Html(`'sha256-${createHash('sha256').update(text).digest('base64')}'`);
}
