import { loginKey } from '../../constraints/okta/login';
import type { PolicyRule } from '../../rbac/policy-rule';
import { rulesCover } from '../../rbac/rules-cover';
import { type SensitivePermission, sensitiveRules, UNKNOWN_RULES } from '../../rbac/sensitive-permissions';
import { groupBy } from '../derived/group-by';
import type { Placement } from '../derived/placements';
import type { GroupRow } from './group-row';

/** A row of the matrix that a group or a user gains or loses. */
export interface DiffRow extends GroupRow {
  /** Who, if it is not the whole group: a login, or `rule: <expression>` for users whom the group's rule selects. */
  readonly who?: string;
  /** What the role allows more, or less, if the group has the same role there on both sides. */
  readonly rules?: readonly PolicyRule[];
}

/** Who has which role where: what an access file or the objects of a cluster say. */
export interface RowSide {
  readonly rows: readonly GroupRow[];
  /** What the role of each row allows, undefined if nobody knows, and its last day or `never`, by `rowIdentity`. */
  readonly placed: ReadonlyMap<string, { readonly rules: Rules | undefined; readonly lastDay: string }>;
  /** The logins of a group, and its rule as `rule: <expression>`; none if they are not known. */
  members(group: string): readonly string[];
  /** Whether a cluster reads the ConfigMap `aws-auth`. */
  readsAwsAuth(cluster: string): boolean;
}

type Rules = Placement['rules'];

/** A text that is the same for the same group, cluster, namespace, and role. */
export function rowIdentity({ group, cluster, namespace, role }: Omit<GroupRow, 'sensitive'>): string {
  return JSON.stringify([group, cluster, namespace, role]);
}

/** The rows that a side has and another does not, or whose role allows more than on the other. */
export function gainedRows(before: RowSide, after: RowSide): readonly DiffRow[] {
  const old = new Set(before.rows.map(rowIdentity));
  const oldGroups = new Set(before.rows.map(({ group }) => group));
  const growthOf = growth(before, after);
  const grown = after.rows.flatMap((row): readonly DiffRow[] => {
    if (!old.has(rowIdentity(row))) return [row];
    const rules = growthOf(row);
    return rules.length === 0 ? [] : [{ ...row, rules }];
  });
  const joined = after.rows.flatMap((row) => {
    // For a group without a role before, the rows of the whole group include its new members.
    const members = oldGroups.has(row.group) ? newMembers(row.group, before, after) : [];
    return members.map((who): DiffRow => ({ ...row, who }));
  });
  return [...grown, ...joined];
}

/**
 * The sensitive permissions of which a group or a user gains a part that they did not have in that place, or not for so
 * long.
 */
export function sensitiveAmong(
  gains: readonly DiffRow[],
  before: RowSide,
  after: RowSide,
): readonly SensitivePermission[] {
  const rowsBefore = groupBy(before.rows, ({ group, cluster, namespace }) => placeOf(group, cluster, namespace));
  const found = new Set<SensitivePermission>();
  for (const row of gains) {
    // Of a fleet, few rows can add a name to the result.
    const open = row.sensitive.filter((permission) => !found.has(permission));
    const { who, group, cluster, namespace } = row;
    const now = after.placed.get(rowIdentity(row));
    if (open.length === 0 || now === undefined) continue;
    // A permission on the whole cluster includes its namespaces. Users who join had nothing through the group.
    const had = (who === undefined ? [...new Set([namespace, null])] : [])
      .flatMap((place) => rowsBefore.get(placeOf(group, cluster, place)) ?? [])
      .flatMap((placed) => before.placed.get(rowIdentity(placed)) ?? [])
      .filter(({ lastDay }) => lastDay >= now.lastDay)
      .flatMap(({ rules }) => rules ?? []);
    const place = { namespace, readsAwsAuth: after.readsAwsAuth(cluster) };
    for (const permission of open) {
      // Nobody can compare unknown rules with those that they had.
      if (permission === UNKNOWN_RULES) {
        found.add(permission);
        continue;
      }
      const hadOfIt = sensitiveRules(permission, had, place);
      const rules = sensitiveRules(permission, now.rules ?? [], place);
      if (rules.some((rule) => !rulesCover(hadOfIt, rule))) found.add(permission);
    }
  }
  return [...found].sort();
}

function placeOf(group: string, cluster: string, namespace: string | null): string {
  return JSON.stringify([group, cluster, namespace]);
}

/** Tells what the role of a row that both sides have allows more than before. */
function growth(before: RowSide, after: RowSide): (row: GroupRow) => Rules {
  // Clusters with the same version share their rules, so a fleet has few pairs.
  const known = new Map<Rules, Map<Rules, Rules>>();
  return (row) => {
    const [old, now] = [before, after].map(({ placed }) => placed.get(rowIdentity(row))?.rules);
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

/** The members of a group after a change who were not in it before. */
function newMembers(group: string, before: RowSide, after: RowSide): readonly string[] {
  const known = new Set(before.members(group).map(memberKey));
  return after.members(group).filter((who) => !known.has(memberKey(who)));
}

/** Okta ignores case in logins; a rule compares values with case. */
function memberKey(who: string): string {
  return who.startsWith('rule: ') ? who : loginKey(who);
}
