import { escaped } from '../constraints/finding';
import { filledPage } from './filled-page';
import { entryLines, entryTitle, type HistoryReport, historyHeading } from './history-report';
import { type Html, html } from './html';

/** What happened to what an access file says, as a page that loads no other file and runs no script. */
export function historyHtml(report: HistoryReport): string {
  const { notes, entries } = report;
  const values: Readonly<Record<string, Html>> = {
    file: html`${escaped(report.file)}`,
    heading: html`${historyHeading(report, escaped)}`,
    notes: html`${notes.map((note) => html`<p class="note">${escaped(note)}</p>\n`)}`,
    entries:
      entries.length === 0
        ? html`<p>Nothing changed.</p>\n`
        : html`${entries.map((reported) => {
            const { day, commit, author, subject } = entryTitle(reported.entry);
            const who =
              commit === undefined
                ? ''
                : html`<p class="by"><code>${commit}</code> by <bdi>${escaped(author ?? '')}</bdi></p>\n`;
            const lines = entryLines(reported, report.startsShallow, escaped);
            return html`<li class="entry ${reported.entry.kind}">
<h2><time datetime="${day}">${day}</time> <bdi>${escaped(subject)}</bdi></h2>
${who}<ul>
${lines.map((line) => html`<li>${line}</li>\n`)}</ul>
</li>
`;
          })}`,
  };
  return filledPage('history-page', values, { styles: ['matrix-page', 'history-page'], hasScript: false });
}
