import type { AccessDiff } from '../model/review/diff';
import type { DiffRow } from '../model/review/row-diff';

/**
 * Who gains and who loses what as rows, and other changes with what they mean. A row has `who` if it is about people of a
 * group instead of the whole group, and `rules` if the group keeps the role, which allows more or less.
 */
export function diffJson(diff: AccessDiff): string {
  return `${JSON.stringify(diffRecord(diff), null, 2)}\n`;
}

/** The same as data. */
export function diffRecord({ gains, losses, changes }: AccessDiff): object {
  return {
    gains: gains.map(record),
    losses: losses.map(record),
    changes: changes.map(({ path, what, effect, old, new: now }) => ({ path, what, effect, old, new: now })),
  };
}

/** A row with exactly the keys that programs rely on, in this order. */
function record({ group, cluster, namespace, role, sensitive, who, rules }: DiffRow): DiffRow {
  return { group, cluster, namespace, role, sensitive, who, rules };
}
