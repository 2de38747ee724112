import { leadsTo } from '../rbac/sensitive-permissions';
import {
  changesByEffect,
  changesByGroup,
  type DiffReport,
  diffCounts,
  isWithoutEffect,
  pathSentences,
} from './diff-changes';
import { code, comment, fitting } from './markdown';

/** Who gains and who loses what, for a comment on a pull request. Lines that do not fit are left out and counted. */
export function diffMarkdown(report: DiffReport): string {
  const { before, after, diff, sensitive, opened } = report;
  const nothing = isWithoutEffect(report) ? '\nNobody gains or loses anything.\n' : '';
  const heading = `### Who gains and who loses what

From ${code(before)} to ${code(after)}: ${diffCounts(diff)}.
${nothing}`;
  // First, because the rest may not fit.
  const paths = pathSentences(opened, brief);
  const leads = sensitive.map((permission) => `${code(permission)}: ${leadsTo(permission)}`);
  const warning = [
    ...(paths.length > 0 ? ['\n**Who can become more than before:**\n', ...paths.map(item)] : []),
    ...(leads.length > 0
      ? ['\n**Sensitive permissions that someone gains, and what they lead to:**\n', ...leads.map(item)]
      : []),
  ];
  const changes = sections(changesByEffect(diff.changes, brief));
  const others = [
    ...fitting(warning, MOST_CHARACTERS_OF_OTHERS, 'path'),
    ...fitting(changes, MOST_CHARACTERS_OF_OTHERS, 'other change'),
  ];
  const groups = [...changesByGroup(diff, brief)].map(([group, lines]) => [brief(group), lines] as const);
  return comment(heading + others.join(''), sections(new Map(groups)), 'line');
}

function sections(byTitle: ReadonlyMap<string, readonly string[]>): readonly string[] {
  return [...byTitle].flatMap(([title, lines]) => [`\n#### ${title}\n`, ...lines.map(item)]);
}

function item(line: string): string {
  return `- ${line}`;
}

/** Limits what comes before the groups, so that most of a comment is left for gains and losses. */
const MOST_CHARACTERS_OF_OTHERS = 20_000;

/** The first 300 characters of a name or value as code, so that one value cannot fill a comment. */
function brief(text: string): string {
  return code(text.length > 300 ? `${text.slice(0, 299)}…` : text);
}
