import { abbreviated } from '../constraints/abbreviated';
import { escaped } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { Explanation } from '../model/review/explain';
import { placeWords } from './matrix-report';
import { tableText } from './table-text';

const MOST_CLUSTERS = 5;

/** Roles, the lines of the access file that grant them, and what the roles allow, for a terminal. */
export function explanationText(explanations: readonly Explanation[]): string {
  const lines = explanations.map(
    ({ group, cluster, namespace, role, grant, membership, expires, binding, sensitive }) => [
      group,
      role,
      cluster,
      placeWords(namespace),
      membership === null ? grant : `${grant}, ${membership}`,
      expires ?? '',
      binding,
      sensitive.join(', '),
    ],
  );
  const table = tableText([
    ['GROUP', 'ROLE', 'CLUSTER', 'NAMESPACE', 'GRANTED BY', 'UNTIL', 'BINDING', 'SENSITIVE'],
    ...lines.map((line) => line.map(escaped)),
  ]);
  return `${table}\n${[...alike(explanations).values()].map(allowedText).join('\n')}`;
}

/** The explanations with the same role, allowances, and notes. */
function alike(explanations: readonly Explanation[]): ReadonlyMap<string, readonly Explanation[]> {
  return groupBy(explanations, ({ role, allows, notes }) => JSON.stringify([role, allows, notes]));
}

/** What a role allows: a line for each list of verbs. */
function allowedText(same: readonly Explanation[]): string {
  const { role, allows, notes, sensitive } = same[0] as Explanation;
  const clusters = abbreviated([...new Set(same.map(({ cluster }) => cluster))], MOST_CLUSTERS);
  const lines = allows.map(({ verbs, things }) => {
    const may = verbs.includes('*') ? 'any verb' : verbs.join(', ');
    return `  ${may}: ${things.join(', ')}`;
  });
  const rest = notes.map((note) => `  note: ${note}`);
  const nothing = allows.length === 0 ? [sensitive.includes('unknown-rules') ? '  unknown' : '  nothing'] : [];
  return [`${role} on ${clusters} allows:`, ...lines, ...nothing, ...rest].map((line) => `${escaped(line)}\n`).join('');
}
