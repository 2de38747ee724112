import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import type { MatrixRow } from '../model/review/matrix';
import { leadsTo, SENSITIVE_PERMISSIONS } from '../rbac/sensitive-permissions';
import { dataElement, filledPage } from './filled-page';
import { type Html, html } from './html';
import { LEVELS, type RowLevels, rowLevels } from './matrix-levels';
import { matrixPageData } from './matrix-page-data';
import { becomesWords, MAY, type MatrixReport, peopleOf, placeWords } from './matrix-report';
import { counted } from './words';

const COLUMNS = ['Who', 'Where', 'Role', 'Can become', 'Sensitive permissions', 'Until and why'];

/** Rows that the page contains as HTML; its script shows the others. */
const FIRST_ROWS = 200;

/** People in a row; the page finds all of them. */
const MOST_PEOPLE = 3;

/** Sensitive permissions, and what somebody can become, in a row that is not unfolded. */
const MOST_LINES = 4;

/** Who has which role where, as a page to look at, search, sort and print that loads no other file. */
export function matrixHtml(report: MatrixReport): string {
  const { file, day, rows, notes = [] } = report;
  const levels = rowLevels(rows);
  const data = matrixPageData(report, levels);
  const present = new Set(rows.flatMap(({ sensitive }) => sensitive));
  const legend = SENSITIVE_PERMISSIONS.filter((permission) => present.has(permission));
  return filledPage('matrix-page', {
    file: html`${escaped(file)}`,
    day: html`${day}`,
    notes: html`${notes.map((note) => html`<p class="note">${escaped(note)}</p>\n`)}`,
    facts: html`${facts(rows, levels, data.endsBy).map(([name, fact]) => html`<div><dt>${name}</dt><dd>${fact}</dd></div>\n`)}`,
    revocation: html`${WORST_CASE_REVOCATION.text}`,
    levels: html`${LEVELS.toReversed().map(({ name, letter, words }) => html`<li><b class="level ${name}">${letter}</b> ${words}</li>\n`)}`,
    may: html`${MAY}`,
    count: html`${counted(rows.length, 'row')}${rows.length > FIRST_ROWS ? `, the first ${FIRST_ROWS} shown` : ''}`,
    most: html`${FIRST_ROWS}`,
    list: list(rows.slice(0, FIRST_ROWS), levels),
    legendHidden: legend.length === 0 ? html` hidden` : html``,
    legend: html`${legend.map((permission) => html`<div><dt>${permission}</dt><dd>${leadsTo(permission)}</dd></div>\n`)}`,
    data: dataElement('data', data),
  });
}

function facts(
  rows: readonly MatrixRow[],
  levels: readonly RowLevels[],
  endsBy: string,
): readonly (readonly [string, string | number])[] {
  const names = (test: (row: MatrixRow, at: number) => boolean) =>
    new Set(rows.filter(test).map(({ name }) => name)).size;
  const top = LEVELS.length - 1;
  return [
    ['Groups', names(({ kind }) => kind === 'group')],
    ['Groups that can become cluster-admin', names(({ kind }, at) => kind === 'group' && levels[at]?.certain === top)],
    ['Administrators by IAM', names(({ kind }) => kind === 'iam-role')],
    ['Clusters', new Set(rows.map(({ cluster }) => cluster)).size],
    ['Rows that end within 30 days', rows.filter(({ until }) => until !== null && until <= endsBy).length],
    ['Until a removed user loses access', `${WORST_CASE_REVOCATION.minutes} min`],
  ];
}

/** The roles are written out, because a phone shows rows as blocks, which takes their roles in a table away. */
function list(rows: readonly MatrixRow[], levels: readonly RowLevels[]): Html {
  const heads = COLUMNS.map((column, at) => {
    const sorted = at === 0 ? html` aria-sort="ascending"` : '';
    return html`<th role="columnheader" scope="col" data-title="${column}"${sorted}><button type="button">${column}</button></th>\n`;
  });
  return html`<table id="list" class="list" role="table" aria-labelledby="list-title">
<thead role="rowgroup"><tr role="row">
${heads}</tr></thead>
<tbody role="rowgroup">
${rows.map((row, at) => line(row, levels[at] as RowLevels))}</tbody>
</table>`;
}

/** A row before the script runs, which writes rows in the same way. */
function line(row: MatrixRow, { certain, may }: RowLevels): Html {
  const { kind, name, cluster, namespace, role, becomes, sensitive, until, reason, guards, via } = row;
  const bdi = (text: string) => html`<bdi>${escaped(text)}</bdi>`;
  const small = (text: string) => (text === '' ? '' : html`<small>${escaped(text)}</small>`);
  const cells: readonly Html[] = [
    html`${bdi(name)}${kind === 'iam-role' ? html` <span class="tag">IAM</span>` : ''}${small(abbreviated(peopleOf(row), MOST_PEOPLE) || 'nobody')}`,
    html`${bdi(cluster)}${small(placeWords(namespace))}`,
    html`${bdi(role)}${small(via)}`,
    html`${badge(certain)}${may === 0 ? '' : badge(may, true)}${becomesCell(becomes)}`,
    sensitiveCell(sensitive),
    html`${until === null ? '' : html`<time>${until}</time>`}${small(reason ?? '')}${guards.length === 0 ? '' : small(`guards: ${guards.join(', ')}`)}`,
  ];
  return html`<tr role="row">${cells.map((cell, at) => html`<td role="cell" data-column="${COLUMNS[at] as string}">${cell}</td>`)}</tr>\n`;
}

/** What somebody can become; the less powerful are folded. */
function becomesCell(becomes: MatrixRow['becomes']): Html {
  const lines = becomes.map(
    (target) => html`<span class="${target.certain ? 'to' : 'to may'}">${escaped(becomesWords(target))}</span>`,
  );
  if (lines.length <= MOST_LINES) return html`${lines}`;
  const rest = lines.slice(MOST_LINES - 1);
  return html`${lines.slice(0, MOST_LINES - 1)}<details><summary>and ${rest.length} more</summary>${rest}</details>`;
}

/** Long lists are folded: a role with wildcards gives every sensitive permission. */
function sensitiveCell(sensitive: MatrixRow['sensitive']): Html {
  if (sensitive.length <= MOST_LINES) return html`${sensitive.join(', ')}`;
  return html`<details><summary>${abbreviated(sensitive, MOST_LINES)}</summary>${sensitive.slice(MOST_LINES - 1).join(', ')}</details>`;
}

function badge(level: number, may = false): Html {
  const { name, letter, words } = LEVELS[level] as (typeof LEVELS)[number];
  const title = may ? `may become: ${words}` : words;
  return html`<b class="level ${name}${may ? ' may' : ''}" title="${title}">${letter}${may ? '?' : ''}</b>`;
}
