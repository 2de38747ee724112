import { createHash } from 'node:crypto';
import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { MatrixRow } from '../model/review/matrix';
import { leadsTo, SENSITIVE_PERMISSIONS } from '../rbac/sensitive-permissions';
import { MATRIX_SCRIPT } from './matrix-html-script';
import { MATRIX_STYLE } from './matrix-html-style';
import { type MatrixReport, placeWords } from './matrix-report';
import { counted } from './words';

const COLUMNS = ['Group', 'Cluster', 'Namespace', 'Role', 'Sensitive permissions'];

/** Rows that are there without a script, and before it runs. */
const FIRST_ROWS = 500;

/**
 * Who has which role where, as one page that loads nothing: to search, to sort and to print.
 * Only the style and the script of this file are run, whatever the names in the data are.
 */
export function matrixHtml({ file, day, rows }: MatrixReport): string {
  const { minutes, text: revocation } = WORST_CASE_REVOCATION;
  const number = (names: readonly string[]) => new Set(names).size;
  const facts = [
    ['Groups', number(rows.map(({ group }) => group))],
    ['Clusters', number(rows.map(({ cluster }) => cluster))],
    ['Rows', rows.length],
    ['Rows with sensitive permissions', rows.filter(({ sensitive }) => sensitive.length > 0).length],
    ['Until a removed person is out', `${minutes} min`],
  ];
  const present = new Set(rows.flatMap(({ sensitive }) => sensitive));
  const legend = SENSITIVE_PERMISSIONS.filter((permission) => present.has(permission));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${hashed(MATRIX_STYLE)}; script-src ${hashed(MATRIX_SCRIPT)}; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Who has which role where: ${html(file)}</title>
<style>${MATRIX_STYLE}</style>
</head>
<body>
<header>
<h1>Who has which role where</h1>
<p class="source"><code>${html(file)}</code> on <time datetime="${day}">${day}</time></p>
<dl class="facts">
${facts.map(([name, fact]) => `<div><dt>${name}</dt><dd>${fact}</dd></div>`).join('\n')}
</dl>
<p class="note">${revocation}</p>${legend.length === 0 ? '' : '\n<p class="source"><a href="#legend">What the sensitive permissions lead to</a></p>'}
</header>
<main>
<div class="find" role="search">
<label for="search">Search for groups, clusters, namespaces, roles and permissions<input id="search" type="search" autocomplete="off" spellcheck="false"></label>
<p id="count" role="status" aria-live="polite">${counted(rows.length, 'row')}${rows.length > FIRST_ROWS ? `, the first ${FIRST_ROWS} shown` : ''}</p>
</div>
<noscript><p class="note">Without JavaScript this page shows the first ${FIRST_ROWS} rows, and cannot search or sort.</p></noscript>
<table role="table" aria-label="Who has which role where">
<thead role="rowgroup"><tr role="row">
${COLUMNS.map((column, at) => `<th role="columnheader" scope="col" data-title="${column}"${at === 0 ? ' aria-sort="ascending"' : ''}><button type="button">${column}</button></th>`).join('\n')}
</tr></thead>
<tbody role="rowgroup">
${rows.slice(0, FIRST_ROWS).map(line).join('\n')}
</tbody>
</table>
<button id="more" type="button" hidden></button>
<section id="legend" class="legend"${legend.length === 0 ? ' hidden' : ''}>
<h2>What the sensitive permissions lead to</h2>
<dl>
${legend.map((permission) => `<div><dt>${permission}</dt><dd>${html(leadsTo(permission))}</dd></div>`).join('\n')}
</dl>
</section>
</main>
<script id="data" type="application/json">${embedded(packed(rows))}</script>
<script>${MATRIX_SCRIPT}</script>
</body>
</html>
`;
}

function line({ group, cluster, namespace, role, sensitive }: MatrixRow): string {
  const texts = [group, cluster, placeWords(namespace), role, sensitive.join(', ')];
  const cells = texts.map((text, at) => {
    const isWhole = at === 2 && namespace === null ? ' class="whole"' : '';
    return `<td role="cell" data-column="${COLUMNS[at]}"${isWhole}>${html(text)}</td>`;
  });
  return `<tr role="row">${cells.join('')}</tr>`;
}

/** The rows with each name once and numbers in their place, which for a fleet is a tenth of the size. */
function packed(rows: readonly MatrixRow[]): { names: readonly (readonly string[])[]; rows: readonly number[] } {
  const columns = [
    rows.map(({ group }) => group),
    rows.map(({ cluster }) => cluster),
    rows.map(({ namespace }) => namespace ?? ''),
    rows.map(({ role }) => role),
    rows.map(({ sensitive }) => sensitive.join(', ')),
  ];
  const names = columns.map((column) => [...new Set(column)].sort());
  // Sorted by this column, the roles that lead furthest are at one end.
  names.at(-1)?.sort((a, b) => a.split(',').length - b.split(',').length || a.length - b.length);
  const numbers = names.map((column) => new Map(column.map((name, number) => [name, number])));
  return {
    names: names.map((column) => column.map(escaped)),
    rows: rows.flatMap((_, row) => columns.map((column, at) => numbers[at]?.get(column[row] as string) as number)),
  };
}

/** JSON inside of a page: only `<` could end the element that it is in. */
function embedded(data: unknown): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function html(text: string): string {
  return escaped(text).replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] as string);
}

/** @see https://www.w3.org/TR/CSP3/#grammardef-hash-source */
function hashed(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
