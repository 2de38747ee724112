import { loginKey } from '../../constraints/okta/login';
import type { PolicyRule } from '../../rbac/policy-rule';
import { rulesCover } from '../../rbac/rules-cover';
import { type SensitivePermission, sensitiveRules } from '../../rbac/sensitive-permissions';
import type { Access } from '../derived/access';
import { readsAwsAuth } from '../derived/cluster-kinds';
import { groupBy } from '../derived/group-by';
import type { Placement } from '../derived/placements';
import { accessChanges, type Change, lastDay } from './changes';
import type { Effect } from './effects/effect';
import { definesMembers } from './effects/okta-effects';
import { type GroupRow, groupRows } from './group-row';
import { withRenamedGroups } from './renamed-groups';

/** A row of the matrix that a group or a user gains or loses. */
export interface DiffRow extends GroupRow {
  /** Who, if it is not the whole group: a login, or `rule: <expression>` for users whom the group's rule selects. */
  readonly who?: string;
  /** What the role allows more, or less, if the group has the same role there in both files. */
  readonly rules?: readonly PolicyRule[];
}

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
  const [gains, losses] = [gained(old, now), gained(now, old)];
  const isReported = reportedByRows(old, now, [...gains, ...losses]);
  return { gains, losses, changes: accessChanges(before, after).filter((change) => !isReported(change)) };
}

/** The effects of changes that a reviewer must look at. */
const GRAVE: ReadonlySet<Effect> = new Set(['widens', 'moves', 'replaces']);

/** Whether a change widens, moves, or replaces something. */
export function isGrave({ effect }: Change): boolean {
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
  const placedBefore = groupBy(before.placements, ({ group, cluster, namespace }) =>
    placeOf(group, cluster, namespace),
  );
  const placedAfter = new Map<string, Placement>();
  for (const placement of after.placements) {
    const known = placedAfter.get(identity(placement));
    if (known === undefined || lastDay(placement.grant) > lastDay(known.grant)) {
      placedAfter.set(identity(placement), placement);
    }
  }
  const found = new Set<SensitivePermission>();
  for (const row of gains) {
    // Of a fleet, few rows can add a name to the result.
    const open = row.sensitive.filter((permission) => !found.has(permission));
    const { who, group, cluster: key, namespace } = row;
    const cluster = after.clusters[key];
    const placement = placedAfter.get(identity(row));
    if (open.length === 0 || cluster === undefined || placement === undefined) continue;
    // A permission on the whole cluster includes its namespaces. Users who join had nothing through the group.
    const had = (who === undefined ? [...new Set([namespace, null])] : [])
      .flatMap((place) => placedBefore.get(placeOf(group, key, place)) ?? [])
      .filter(({ grant }) => lastDay(grant) >= lastDay(placement.grant))
      .flatMap(({ rules }) => rules);
    const place = { namespace, readsAwsAuth: readsAwsAuth(cluster.settings) };
    for (const permission of open) {
      const hadOfIt = sensitiveRules(permission, had, place);
      const rules = sensitiveRules(permission, placement.rules, place);
      if (rules.some((rule) => !rulesCover(hadOfIt, rule))) found.add(permission);
    }
  }
  return [...found].sort();
}

function placeOf(group: string, cluster: string, namespace: string | null): string {
  return JSON.stringify([group, cluster, namespace]);
}

/** The rows that a file has and another does not, or whose role allows more than in the other. */
function gained(before: Side, after: Side): readonly DiffRow[] {
  const old = new Set(before.rows.map(identity));
  const oldGroups = new Set(before.rows.map(({ group }) => group));
  const growthOf = growth(before.access, after.access);
  const grown = after.rows.flatMap((row): readonly DiffRow[] => {
    if (!old.has(identity(row))) return [row];
    const rules = growthOf(row);
    return rules.length === 0 ? [] : [{ ...row, rules }];
  });
  const joined = after.rows.flatMap((row) => {
    // For a group without a role before, the rows of the whole group include its new members.
    const members = oldGroups.has(row.group) ? newMembers(row.group, before.access, after.access) : [];
    return members.map((who): DiffRow => ({ ...row, who }));
  });
  return [...grown, ...joined];
}

function identity({ group, cluster, namespace, role }: GroupRow): string {
  return JSON.stringify([group, cluster, namespace, role]);
}

/** Tells what the role of a row that both files have allows more than before. */
function growth(before: Access, after: Access): (row: GroupRow) => Rules {
  const [rulesBefore, rulesAfter] = [rulesByRow(before), rulesByRow(after)];
  // Clusters with the same version share their rules, so a fleet has few pairs.
  const known = new Map<Rules, Map<Rules, Rules>>();
  return (row) => {
    const [old, now] = [rulesBefore.get(identity(row)), rulesAfter.get(identity(row))];
    if (old === undefined || now === undefined) return [];
    const ofOld = known.get(old) ?? new Map<Rules, Rules>();
    const more = ofOld.get(now) ?? now.filter((rule) => !rulesCover(old, rule)).map((rule) => newPart(rule, old));
    known.set(old, ofOld.set(now, more));
    return more;
  };
}

/** A rule without the verbs, resources, and names that others allow anyway. */
function newPart(rule: PolicyRule, others: Rules): PolicyRule {
  const uncovered = (key: 'verbs' | 'apiGroups' | 'resources' | 'resourceNames' | 'nonResourceURLs') => {
    const items = rule[key];
    return items && { [key]: items.filter((item) => !rulesCover(others, { ...rule, [key]: [item] })) };
  };
  return {
    ...rule,
    ...uncovered('verbs'),
    ...uncovered('apiGroups'),
    ...uncovered('resources'),
    ...uncovered('resourceNames'),
    ...uncovered('nonResourceURLs'),
  };
}

type Rules = Placement['rules'];

function rulesByRow({ placements }: Access): ReadonlyMap<string, Rules> {
  return new Map(placements.map((placement) => [identity(placement), placement.rules]));
}

/** The members of a group in the new file that the old file does not have. */
function newMembers(group: string, before: Access, after: Access): readonly string[] {
  const [old, now] = [before.groups[group], after.groups[group]];
  const known = new Set(old?.logins?.map(loginKey));
  const logins = (now?.logins ?? []).filter((login) => !known.has(loginKey(login)));
  return now?.rule === undefined || now.rule === old?.rule ? logins : [...logins, `rule: ${now.rule}`];
}
