import { escaped } from '../constraints/finding';
import { leadsTo } from '../rbac/sensitive-permissions';
import {
  changeSentences,
  changesByGroup,
  type DiffReport,
  diffCounts,
  guardSentences,
  isUnchanged,
} from './diff-changes';

/** Who gains and who loses what, in sentences for a terminal. */
export function diffText(report: DiffReport): string {
  const { before, after, diff, sensitive, guards } = report;
  const heading = `From ${escaped(before)} to ${escaped(after)}: ${diffCounts(diff)}`;
  if (isUnchanged(report)) return `${heading}\n\nNobody gains or loses anything.\n`;
  const blocks = [...changesByGroup(diff, escaped).values()].map((sentences) => sentences.join('\n'));
  if (guards.length > 0) blocks.push(guardSentences(guards, escaped).join('\n'));
  if (diff.changes.length > 0) {
    blocks.push(['Other changes:', ...changeSentences(diff.changes, escaped).map((line) => `  ${line}`)].join('\n'));
  }
  if (sensitive.length > 0) {
    const lines = sensitive.map((permission) => `  ${permission}: ${leadsTo(permission)}`);
    blocks.push(['Sensitive permissions that someone gains, and what they lead to:', ...lines].join('\n'));
  }
  return `${[heading, ...blocks].join('\n\n')}\n`;
}
