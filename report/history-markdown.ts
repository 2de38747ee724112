import { entryLines, entryTitle, type HistoryReport, historyHeading } from './history-report';
import { code, comment, words } from './markdown';

/** What happened to what an access file says, for a comment or a page. Lines that do not fit are left out and counted. */
export function historyMarkdown(report: HistoryReport): string {
  const notes = report.notes.map((note) => `\n${words(note)}\n`).join('');
  const heading = `### What the access file said\n\n${historyHeading(report, code)}.\n${notes}`;
  if (report.entries.length === 0) return `${heading}\nNothing changed.\n`;
  const lines = report.entries.flatMap((reported) => {
    const { day, commit, author, subject } = entryTitle(reported.entry);
    const who = commit === undefined ? '' : `${code(commit)} ${code(author ?? '')}: `;
    return [
      `\n#### ${day} ${who}${code(subject)}\n`,
      ...entryLines(reported, report.startsShallow, brief).map((line) => `- ${line}`),
    ];
  });
  return comment(heading, lines, 'line');
}

/** The first 300 characters of a name or value as code, so that one value cannot fill a comment. */
function brief(text: string): string {
  return code(text.length > 300 ? `${text.slice(0, 299)}…` : text);
}
