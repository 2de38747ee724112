import type { SensitivePermission } from '../../rbac/sensitive-permissions';
import type { Access } from '../derived/access';
import { readsAwsAuth } from '../derived/cluster-kinds';
import { hasUnknownRules, type Placement } from '../derived/placements';
import { accessChanges, type Change, lastDay } from './changes';
import type { Effect } from './effects/effect';
import { definesMembers } from './effects/okta-effects';
import { type GroupRow, groupRows } from './group-row';
import { withRenamedGroups } from './renamed-groups';
import { type DiffRow, gainedRows, type RowSide, rowIdentity, sensitiveAmong } from './row-diff';

/** The differences between two access files. */
export interface AccessDiff {
  readonly gains: readonly DiffRow[];
  readonly losses: readonly DiffRow[];
  /** All other differences. */
  readonly changes: readonly Change[];
}

/**
 * Who gains and who loses what between an old and a new access file: groups by grants and by the rules of their roles,
 * users by the logins and rules of their groups. A renamed group is the same group. A role that allows more is a gain, a role that allows less a loss.
 * Differences that no row reports are in `changes`.
 */
export function accessDiff(earlier: Access, after: Access): AccessDiff {
  const before = withRenamedGroups(earlier, after);
  const old = { access: before, rows: groupRows(before) };
  const now = { access: after, rows: groupRows(after) };
  const oldSide = rowSide(before, old.rows);
  const newSide = withHandedOverMembers(rowSide(after, now.rows), oldSide, after);
  const [gains, losses] = [gainedRows(oldSide, newSide), gainedRows(newSide, oldSide)];
  const isReported = reportedByRows(old, now, [...gains, ...losses]);
  return { gains, losses, changes: accessChanges(before, after).filter((change) => !isReported(change)) };
}

/** The effects of changes that a reviewer must look at. */
const GRAVE: ReadonlySet<Effect> = new Set(['widens', 'moves', 'replaces']);

/** Whether a change widens, moves, or replaces something. */
export function isGrave({ effect }: Pick<Change, 'effect'>): boolean {
  return GRAVE.has(effect);
}

/** An access file with its matrix. */
interface Side {
  readonly access: Access;
  readonly rows: readonly GroupRow[];
}

/** Tells whether rows report a change of a group completely. */
function reportedByRows(before: Side, after: Side, rows: readonly DiffRow[]): (change: Change) => boolean {
  const whole = new Set(rows.flatMap(({ group, who }) => (who === undefined ? [group] : [])));
  const [grantedBefore, grantedAfter] = [before, after].map((side) => new Set(side.rows.map(({ group }) => group)));
  return ({ segments: [top, member, key] }) => {
    if (top !== 'groups') return false;
    const name = String(member);
    const [old, now] = [before.access.groups[name], after.access.groups[name]];
    // A group that is added with its grants, unless the file defines its members or it is an existing group. A removed one
    // also disappears from Okta.
    if (key === undefined) return whole.has(name) && now !== undefined && !definesMembers(now) && !now.existing;
    // Rows report who joins and leaves a group with a role, but not that one file does not define its members.
    const isMembership = key === 'logins' || key === 'rule';
    const isGranted = grantedBefore?.has(name) && grantedAfter?.has(name);
    return isMembership && isGranted === true && definesMembers(old) && definesMembers(now);
  };
}

/**
 * The sensitive permissions of which a group or a user gains a part that they did not have in that place, or not for so
 * long.
 */
export function sensitiveGains(before: Access, after: Access, { gains }: AccessDiff): readonly SensitivePermission[] {
  return sensitiveAmong(gains, rowSide(before, groupRows(before)), rowSide(after, groupRows(after)));
}

/** Whoever is in a group that is handed over with its members stays in it: Terraform only forgets them. */
function withHandedOverMembers(now: RowSide, old: RowSide, { groups }: Access): RowSide {
  const isHandedOver = (name: string) => groups[name]?.handOver === true && !definesMembers(groups[name]);
  return { ...now, members: (name) => (isHandedOver(name) ? old : now).members(name) };
}

/** What an access file says about who has which role where. */
function rowSide({ clusters, groups, placements }: Access, rows: readonly GroupRow[]): RowSide {
  const lasting = new Map<string, Placement>();
  for (const placement of placements) {
    const known = lasting.get(rowIdentity(placement));
    if (known === undefined || lastDay(placement.grant) > lastDay(known.grant)) {
      lasting.set(rowIdentity(placement), placement);
    }
  }
  return {
    rows,
    placed: new Map(
      [...lasting].map(([row, placement]) => [
        row,
        { rules: hasUnknownRules(placement) ? undefined : placement.rules, lastDay: lastDay(placement.grant) },
      ]),
    ),
    members: (name) => {
      const { logins = [], rule } = groups[name] ?? {};
      return rule === undefined ? logins : [...logins, `rule: ${rule}`];
    },
    readsAwsAuth: (key) => clusters[key] !== undefined && readsAwsAuth(clusters[key].settings),
  };
}
