import { styleText } from 'node:util';
import { escaped } from '../constraints/finding';
import { entryLines, entryTitle, type HistoryReport, historyHeading } from './history-report';

/** What happened to what an access file says, for a terminal, the oldest first. */
export function historyText(report: HistoryReport): string {
  const heading = [historyHeading(report, escaped), ...report.notes.map(escaped)].map((line) => `${line}\n`).join('');
  const blocks = report.entries.map((reported) => {
    const { day, commit, author, subject } = entryTitle(reported.entry);
    const who = commit === undefined ? '' : `${commit}  ${escaped(author ?? '')}: `;
    const lines = entryLines(reported, report.startsShallow, escaped).map((line) => `\n  ${line}`);
    return `\n${styleText('bold', `${day}  ${who}${escaped(subject)}`)}${lines.join('')}\n`;
  });
  return `${heading}${blocks.join('') || '\nNothing changed.\n'}`;
}
