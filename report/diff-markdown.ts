import { leadsTo } from '../model/sensitive-permissions';
import {
  changeSentences,
  changesByGroup,
  type DiffReport,
  diffCounts,
  guardSentences,
  isUnchanged,
} from './diff-changes';
import { code, comment } from './markdown';
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
  const guarded = guardSentences(guards, code).map((sentence) => `\n${sentence}.\n`);
  const changes = changeSentences(diff.changes, code).map((line) => `- ${line}`);
  const sentences = [...changesByGroup(diff, code)].flatMap(([group, lines]) => [
    `\n#### ${code(group)}\n`,
    ...lines.map((line) => `- ${line}`),
  ]);
  return comment(
    heading + warning + guarded.join(''),
    [...(changes.length > 0 ? ['\n#### What else changes\n', ...changes] : []), ...sentences],
    (lines) => `**${counted(lines, 'line')} left out**, to fit into a comment; the other formats have them all.`,
  );
}
