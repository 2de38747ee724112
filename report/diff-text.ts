import { escaped } from '../constraints/finding';
import { leadsTo } from '../rbac/sensitive-permissions';
import {
  changesByEffect,
  changesByGroup,
  type DiffReport,
  diffCounts,
  isWithoutEffect,
  pathSentences,
} from './diff-changes';

/** Who gains and who loses what, in sentences for a terminal. */
export function diffText(report: DiffReport): string {
  const { before, after, diff, sensitive, opened } = report;
  const heading = `From ${escaped(before)} to ${escaped(after)}: ${diffCounts(diff)}`;
  const nothing = isWithoutEffect(report) ? ['Nobody gains or loses anything.'] : [];
  const rows = [...changesByGroup(diff, escaped).values()].map((sentences) => sentences.join('\n'));
  const changes = [...changesByEffect(diff.changes, escaped)].map(([title, lines]) => block(title, lines));
  const leads = sensitive.map((permission) => `${permission}: ${leadsTo(permission)}`);
  const blocks = [
    ...(opened.length > 0 ? [block('Who can become more than before', pathSentences(opened, escaped))] : []),
    ...(sensitive.length > 0 ? [block('Sensitive permissions that someone gains, and what they lead to', leads)] : []),
  ];
  return `${[heading, ...nothing, ...rows, ...changes, ...blocks].join('\n\n')}\n`;
}

function block(title: string, lines: readonly string[]): string {
  return [`${title}:`, ...lines.map((line) => `  ${line}`)].join('\n');
}
