import { escaped } from '../constraints/finding';
import type { Explanation } from '../model/review/explain';
import { placeWords } from './matrix-report';
import { tableText } from './table-text';

/** Roles and the lines of the access file that grant them, for a terminal. */
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
  return tableText([
    ['GROUP', 'ROLE', 'CLUSTER', 'NAMESPACE', 'GRANTED BY', 'UNTIL', 'BINDING', 'SENSITIVE'],
    ...lines.map((line) => line.map(escaped)),
  ]);
}
