import { loginKey } from '../../constraints/okta/login';
import { rulesCover } from '../../rbac/rules-cover';
import { type SensitivePermission, sensitiveRules } from '../../rbac/sensitive-permissions';
import type { Access } from '../derived/access';
import { isEks } from '../derived/cluster-kinds';
import { groupBy } from '../derived/group-by';
import type { Placement } from '../derived/placements';
import { accessChanges, type Change } from './changes';
import { accessMatrix, type MatrixRow } from './matrix';

/** A row of the matrix that somebody gains or loses. */
export interface DiffRow extends MatrixRow {
  /** Who, where it is not the whole group: a login, or the people of a group's rule as `rule: <expression>`. */
  readonly who?: string;
}

/** What one access file gives that another does not. */
export interface AccessDiff {
  readonly gains: readonly DiffRow[];
  readonly losses: readonly DiffRow[];
  /** Everything else that differs. */
  readonly changes: readonly Change[];
}

/**
 * Who gains and who loses what from an old to a new access file: groups by grants and by what their roles allow,
 * people by the logins and rules of their groups. A role whose rules grew is a gain, one whose rules shrank a loss.
 * Whatever differs and is told by no row is among the changes.
 */
export function accessDiff(before: Access, after: Access): AccessDiff {
  const old = { access: before, rows: accessMatrix(before) };
  const now = { access: after, rows: accessMatrix(after) };
  const [gains, losses] = [gained(old, now), gained(now, old)];
  const isTold = toldByRows(old, now, [...gains, ...losses]);
  return { gains, losses, changes: accessChanges(before, after).filter((change) => !isTold(change)) };
}

/** An access file with its matrix. */
interface Side {
  readonly access: Access;
  readonly rows: readonly MatrixRow[];
}

/** Answers whether rows say all of a change of a group. */
function toldByRows(before: Side, after: Side, rows: readonly DiffRow[]): (change: Change) => boolean {
  const whole = new Set(rows.flatMap(({ group, who }) => (who === undefined ? [group] : [])));
  const rowsBefore = new Set(before.rows.map(identity));
  const kept = new Set(after.rows.flatMap((row) => (rowsBefore.has(identity(row)) ? [row.group] : [])));
  return ({ segments: [top, member, key], old, new: now }) => {
    if (top !== 'groups') return false;
    const name = String(member);
    // A group that comes or goes with its grants, unless the file says more of it than its name.
    if (key === undefined) return whole.has(name) && !saysWho(old ?? now) && !isLookedUp(old ?? now);
    // Rows tell who joins and leaves where the group keeps a role, but not that a file says nothing of who is in it.
    const isOfPeople = key === 'logins' || key === 'rule';
    return isOfPeople && kept.has(name) && saysWho(before.access.groups[name]) && saysWho(after.access.groups[name]);
  };
}

function saysWho(group: unknown): boolean {
  const { logins, rule } = (group ?? {}) as Partial<Access['groups'][string]>;
  return logins !== undefined || rule !== undefined;
}

function isLookedUp(group: unknown): boolean {
  return (group as Access['groups'][string]).existing;
}

/** The sensitive permissions of which somebody gains something that they could not do in that place. */
export function sensitiveGains(before: Access, after: Access, { gains }: AccessDiff): readonly SensitivePermission[] {
  const placedBefore = groupBy(before.placements, ({ group, cluster, namespace }) =>
    placeOf(group, cluster, namespace),
  );
  const rulesAfter = rulesByRow(after);
  const gainedNames = gains.flatMap((row) => {
    const { who, group, cluster: key, namespace, sensitive } = row;
    // People who join have nothing by the group yet.
    if (who !== undefined) return sensitive;
    const cluster = after.clusters[key];
    const rules = rulesAfter.get(identity(row));
    if (cluster === undefined || rules === undefined) return [];
    // What holds on the whole cluster holds in its namespaces.
    const had = [...new Set([namespace, null])]
      .flatMap((place) => placedBefore.get(placeOf(group, key, place)) ?? [])
      .flatMap((placement) => placement.rules);
    return sensitive.filter((permission) =>
      sensitiveRules(permission, rules, { namespace, isEks: isEks(cluster) }).some((rule) => !rulesCover(had, rule)),
    );
  });
  return [...new Set(gainedNames)].sort();
}

function placeOf(group: string, cluster: string, namespace: string | null): string {
  return JSON.stringify([group, cluster, namespace]);
}

/** The rows of a file that another one does not have, or has with less in them. */
function gained(before: Side, after: Side): readonly DiffRow[] {
  const old = new Set(before.rows.map(identity));
  const oldGroups = new Set(before.rows.map(({ group }) => group));
  const hasGrown = growth(before.access, after.access);
  const grown = after.rows.filter((row) => !old.has(identity(row)) || hasGrown(row));
  const joined = after.rows.flatMap((row) => {
    // A group that had nothing is gained as a whole. In one that had another role, who joins gains more than the others.
    const people = oldGroups.has(row.group) ? joinedPeople(row.group, before.access, after.access) : [];
    return people.map((who): DiffRow => ({ ...row, who }));
  });
  return [...grown, ...joined];
}

function identity({ group, cluster, namespace, role }: MatrixRow): string {
  return JSON.stringify([group, cluster, namespace, role]);
}

/** Tells whether the role of a row that both files have allows more than it did. */
function growth(before: Access, after: Access): (row: MatrixRow) => boolean {
  const [rulesBefore, rulesAfter] = [rulesByRow(before), rulesByRow(after)];
  // Clusters of one version share their rules, so a fleet has few pairs.
  const known = new Map<Rules, Map<Rules, boolean>>();
  return (row) => {
    const [old, now] = [rulesBefore.get(identity(row)), rulesAfter.get(identity(row))];
    if (old === undefined || now === undefined) return false;
    const ofOld = known.get(old) ?? new Map<Rules, boolean>();
    const hasGrown = ofOld.get(now) ?? now.some((rule) => !rulesCover(old, rule));
    known.set(old, ofOld.set(now, hasGrown));
    return hasGrown;
  };
}

type Rules = Placement['rules'];

function rulesByRow({ placements }: Access): ReadonlyMap<string, Rules> {
  return new Map(placements.map((placement) => [identity(placement), placement.rules]));
}

/** People whom a group has by the new file and not by the old one. */
function joinedPeople(group: string, before: Access, after: Access): readonly string[] {
  const [old, now] = [before.groups[group], after.groups[group]];
  const known = new Set(old?.logins?.map(loginKey));
  const logins = (now?.logins ?? []).filter((login) => !known.has(loginKey(login)));
  return now?.rule === undefined || now.rule === old?.rule ? logins : [...logins, `rule: ${now.rule}`];
}
