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

/** Who gains and who loses what, for a comment on a pull request. Lines that do not fit are left out and counted. */
export function diffMarkdown(report: DiffReport): string {
  const { before, after, diff, sensitive, guards } = report;
  const heading = `### Who gains and who loses what

From ${code(before)} to ${code(after)}: ${diffCounts(diff)}.
`;
  if (isUnchanged(report)) return `${heading}\nNobody gains or loses anything.\n`;
  // First, because the rest may not fit.
  const warning =
    sensitive.length === 0
      ? ''
      : `\n**Sensitive permissions that someone gains, and what they lead to:**\n\n${sensitive
          .map((permission) => `- ${code(permission)}: ${leadsTo(permission)}\n`)
          .join('')}`;
  const guarded = guardSentences(guards, brief).map((sentence) => `\n${sentence}.`);
  const changes = changeSentences(diff.changes, brief).map((line) => `- ${line}`);
  const others = fitting(
    [...guarded, ...(changes.length > 0 ? ['\n#### Other changes\n', ...changes] : [])],
    MOST_CHARACTERS_OF_OTHERS,
    'other change',
  );
  const sentences = [...changesByGroup(diff, brief)].flatMap(([group, lines]) => [
    `\n#### ${brief(group)}\n`,
    ...lines.map((line) => `- ${line}`),
  ]);
  return comment(heading + warning + others.join(''), sentences, 'line');
}

/** Limits the other changes, so that most of a comment is left for gains and losses. */
const MOST_CHARACTERS_OF_OTHERS = 20_000;

/** The first 300 characters of a name or value as code, so that one value cannot fill a comment. */
function brief(text: string): string {
  return code(text.length > 300 ? `${text.slice(0, 299)}…` : text);
}
