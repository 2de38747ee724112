import { leadsTo } from '../rbac/sensitive-permissions';
import {
  changeSentences,
  changesByGroup,
  type DiffReport,
  diffCounts,
  guardSentences,
  isUnchanged,
} from './diff-changes';
import { code, comment, fitting } from './markdown';
import { counted } from './words';

/** Who gains and who loses what, for a comment on a pull request; says how many lines it leaves out where they are too many. */
export function diffMarkdown(report: DiffReport): string {
  const { before, after, diff, sensitive, guards } = report;
  const heading = `### Who gains and who loses what

From ${code(before)} to ${code(after)}: ${diffCounts(diff)}.
`;
  if (isUnchanged(report)) return `${heading}\nNobody gains or loses anything.\n`;
  // First, because the rest may be cut.
  const warning =
    sensitive.length === 0
      ? ''
      : `\n**Sensitive permissions that somebody gains, and what they lead to:**\n\n${sensitive
          .map((permission) => `- ${code(permission)}: ${leadsTo(permission)}\n`)
          .join('')}`;
  const guarded = guardSentences(guards, brief).map((sentence) => `\n${sentence}.`);
  const changes = changeSentences(diff.changes, brief).map((line) => `- ${line}`);
  const others = fitting(
    [...guarded, ...(changes.length > 0 ? ['\n#### What else changes\n', ...changes] : [])],
    MOST_OF_OTHERS,
    (lines) =>
      `**${counted(lines, 'other change')} left out**, to fit into a comment; the other formats have them all.`,
  );
  const sentences = [...changesByGroup(diff, brief)].flatMap(([group, lines]) => [
    `\n#### ${brief(group)}\n`,
    ...lines.map((line) => `- ${line}`),
  ]);
  return comment(
    heading + warning + others.join(''),
    sentences,
    (lines) => `**${counted(lines, 'line')} left out**, to fit into a comment; the other formats have them all.`,
  );
}

/** Characters for what is no row of the matrix, so that who gains what has the rest of a comment. */
const MOST_OF_OTHERS = 20_000;

/** A name or value as code, the first 300 characters of it: a single one must not fill a comment. */
function brief(text: string): string {
  return code(text.length > 300 ? `${text.slice(0, 299)}…` : text);
}
