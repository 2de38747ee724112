import { loginKey } from '../../constraints/okta/login';
import type { PolicyRule } from '../../rbac/policy-rule';
import { rulesCover } from '../../rbac/rules-cover';
import { type SensitivePermission, sensitiveRules } from '../../rbac/sensitive-permissions';
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
  /** What the role of each row allows, by `rowIdentity`. */
  readonly rules: ReadonlyMap<string, Rules>;
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

/** The sensitive permissions of which a group or a user gains a part that they did not have in that place. */
export function sensitiveAmong(
  gains: readonly DiffRow[],
  before: RowSide,
  after: RowSide,
): readonly SensitivePermission[] {
  const placedBefore = groupBy(before.rows, ({ group, cluster, namespace }) => placeOf(group, cluster, namespace));
  const gainedNames = gains.flatMap((row) => {
    const { who, group, cluster, namespace, sensitive } = row;
    // Users who join had nothing through the group.
    if (who !== undefined) return sensitive;
    const rules = after.rules.get(rowIdentity(row));
    if (rules === undefined) return [];
    // A permission on the whole cluster includes its namespaces.
    const had = [...new Set([namespace, null])]
      .flatMap((place) => placedBefore.get(placeOf(group, cluster, place)) ?? [])
      .flatMap((placed) => before.rules.get(rowIdentity(placed)) ?? []);
    const place = { namespace, readsAwsAuth: after.readsAwsAuth(cluster) };
    return sensitive.filter((permission) => {
      const hadOfIt = sensitiveRules(permission, had, place);
      return sensitiveRules(permission, rules, place).some((rule) => !rulesCover(hadOfIt, rule));
    });
  });
  return [...new Set(gainedNames)].sort();
}

function placeOf(group: string, cluster: string, namespace: string | null): string {
  return JSON.stringify([group, cluster, namespace]);
}

/** Tells what the role of a row that both sides have allows more than before. */
function growth(before: RowSide, after: RowSide): (row: GroupRow) => Rules {
  // Clusters with the same version share their rules, so a fleet has few pairs.
  const known = new Map<Rules, Map<Rules, Rules>>();
  return (row) => {
    const [old, now] = [before.rules.get(rowIdentity(row)), after.rules.get(rowIdentity(row))];
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
