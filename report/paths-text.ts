import { escaped } from '../constraints/finding';
import { groupBy } from '../model/derived/group-by';
import type { Path } from '../model/review/paths';
import { enumerated } from './words';

/**
 * Paths with their steps, for a terminal: what a principal becomes, once for all clusters where the steps are the same.
 * @param none the sentence that says that there is no path.
 */
export function pathsText(paths: readonly Path[], none: string): string {
  if (paths.length === 0) return `${escaped(none)}\n`;
  const byPrincipal = groupBy(paths, ({ from }) => JSON.stringify(from));
  return [...byPrincipal.values()].map(principalText).join('\n');
}

function principalText(paths: readonly Path[]): string {
  const { from } = paths[0] as Path;
  const same = groupBy(paths, ({ to, certain, steps }) => JSON.stringify([to, certain, steps]));
  const sorted = [...same.values()].sort(([a], [b]) => Number(b?.certain) - Number(a?.certain));
  const who = from.kind === 'group' ? from.name : `IAM: ${from.name}`;
  return `${escaped(who)}\n${sorted.map((alike) => pathText(alike)).join('')}`;
}

function pathText(alike: readonly Path[]): string {
  const { to, certain, steps } = alike[0] as Path;
  const clusters = clustersText(alike.map(({ cluster }) => escaped(cluster)));
  const lines = steps.map(
    ({ permission, does, gives, certain: isCertain }, at) =>
      `    ${at + 1}. ${escaped(permission)}: ${escaped(does)}${isCertain ? '' : ' (may)'} → ${escaped(gives)}\n`,
  );
  return `  ${certain ? 'becomes' : 'may become'} ${escaped(to)} on ${clusters}\n${lines.join('')}`;
}

/** Up to five clusters by name, then how many more there are. */
function clustersText(clusters: readonly string[]): string {
  return clusters.length <= 5
    ? enumerated(clusters)
    : `${clusters.slice(0, 5).join(', ')} and ${clusters.length - 5} more`;
}
