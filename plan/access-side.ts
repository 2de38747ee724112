import { groupBy } from '../model/derived/group-by';
import type { GroupRow } from '../model/review/group-row';
import { type RowSide, rowIdentity } from '../model/review/row-diff';
import { builtInRoles, effectiveRules, NEWEST_KUBERNETES, type PolicyRule } from '../rbac';
import { type SensitivePermission, sensitivePermissions } from '../rbac/sensitive-permissions';
import { objectKind } from './object-kinds';
import type { StackPlan, Values } from './stack-plan';
import { blocksAt, metadataOf, textAt, textsAt } from './values';

/** When: after the last apply, as it is now, or after the plan is applied. */
export type Moment = 'last apply' | 'now' | 'planned';

/** Who has which role where at a moment, as far as the plans show it. */
export interface AccessSide extends RowSide {
  /** The names of the groups whose members the plans show. */
  readonly groupsWithMembers: readonly string[];
  /** Roles that the plans neither define nor Kubernetes has, as `role on cluster`: what they allow is unknown. */
  readonly unknownRoles: ReadonlySet<string>;
}

/** An object of a stack at a moment. */
interface StackObject {
  readonly plan: StackPlan;
  readonly address: string;
  readonly type: string;
  readonly values: Values;
}

/**
 * Who has which role where, from the bindings, roles, groups, memberships, and group rules of all plans together.
 * @param renamed the new names of groups by their old ones. A renamed group keeps its people, so it is one group.
 */
export function accessSide(
  plans: readonly StackPlan[],
  moment: Moment,
  renamed: ReadonlyMap<string, string> = new Map(),
): AccessSide {
  const objects = new Map(plans.map((plan) => [plan, objectsOf(plan, moment)]));
  const names = (group: string) => renamed.get(group) ?? group;
  const members = membersByGroup(plans, [...objects.values()].flat(), names);
  const unknownRoles = new Set<string>();
  const placed = new Map<string, { rules: readonly PolicyRule[]; lastDay: string }>();
  const rows = new Map<string, GroupRow>();
  const places = new Map<string, ReturnType<typeof clusterFacts>>();
  for (const [cluster, own] of groupBy(plans, clusterOf)) {
    const ofCluster = own.flatMap((plan) => objects.get(plan) ?? []);
    const place = clusterFacts(own);
    places.set(cluster, place);
    const permitted = permissionsOfRoles(ofCluster, place);
    for (const binding of ofCluster.flatMap(boundRole)) {
      const { role, kind, namespace } = binding;
      const { rules, sensitive } = permitted(kind, role, namespace);
      if (rules === undefined) unknownRoles.add(`${role} on ${cluster}`);
      for (const subject of binding.subjects) {
        const group = names(subjectText(subject, place.prefix));
        const row = { group, cluster, namespace, role, sensitive };
        rows.set(rowIdentity(row), row);
        placed.set(rowIdentity(row), { rules: rules ?? [], lastDay: 'never' });
      }
    }
  }
  return {
    rows: [...rows.values()],
    placed,
    members: (group) => members.get(group) ?? [],
    groupsWithMembers: [...members.keys()],
    readsAwsAuth: (cluster) => places.get(cluster)?.readsAwsAuth === true,
    unknownRoles,
  };
}

/** The new names of the groups that the plans rename, by their old names. */
export function renamedGroups(plans: readonly StackPlan[]): ReadonlyMap<string, string> {
  const renames = plans.flatMap(({ changes }) =>
    changes.flatMap(({ type, action, before, after }) => {
      const [old, now] = [textAt(before, 'name'), textAt(after, 'name')];
      const isRenamed = type === 'okta_group' && action === 'update' && old !== now;
      return isRenamed && old !== undefined && now !== undefined ? [[old, now] as const] : [];
    }),
  );
  return new Map(renames);
}

/** The key of the cluster of a stack; for a stack with another name, what EKS calls its cluster, or the stack's name. */
function clusterOf({ stack, changes, found }: StackPlan): string {
  const key = /^(?:cluster|rbac|guards)-(.+)$/.exec(stack)?.[1];
  if (key !== undefined) return key;
  const clusters = [
    ...found.map(({ type, values }) => ({ type, values })),
    ...changes.map(({ type, before, after }) => ({ type, values: after ?? before })),
  ].filter(({ type }) => type === 'aws_eks_cluster');
  return clusters.map(({ values }) => textAt(values, 'name')).find((name) => name !== undefined) ?? stack;
}

function objectsOf(plan: StackPlan, moment: Moment): readonly StackObject[] {
  const drift = new Map(moment === 'last apply' ? plan.drift.map((change) => [change.address, change]) : []);
  const changes = plan.changes.flatMap(({ address, type, action, before, after }) => {
    // What Terraform forgets stays as it is.
    const later = action === 'forget' ? before : after;
    const values = moment === 'planned' ? later : (drift.get(address)?.before ?? before);
    drift.delete(address);
    return values === undefined ? [] : [{ plan, address, type, values }];
  });
  const gone = [...drift.values()].flatMap(({ address, type, before }) =>
    before === undefined ? [] : [{ plan, address, type, values: before }],
  );
  return [...changes, ...gone];
}

/** What the plans of a cluster say about it: of itself, looked up, and of its association with Okta. */
function clusterFacts(own: readonly StackPlan[]) {
  const valuesOf = (type: string) => [
    ...own.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.type === type ? [change.after ?? change.before ?? {}] : [])),
    ),
    ...own.flatMap(({ found }) => found.flatMap((object) => (object.type === type ? [object.values] : []))),
  ];
  const clusters = valuesOf('aws_eks_cluster');
  const modes = clusters.map((values) => textAt(blocksAt(values, 'access_config')[0], 'authentication_mode'));
  const associations = valuesOf('aws_eks_identity_provider_config').flatMap((values) => blocksAt(values, 'oidc'));
  return {
    version: clusters.map((values) => textAt(values, 'version')).find((version) => version !== undefined),
    // A cluster whose mode is not known may read it.
    readsAwsAuth: clusters.length > 0 && !modes.includes('API'),
    prefix: associations.length === 0 ? 'okta:' : (textAt(associations[0], 'groups_prefix') ?? ''),
  };
}

const BINDINGS = /^kubernetes_(cluster_)?role_binding(_v1)?$/;

interface BoundRole {
  readonly kind: string;
  readonly role: string;
  /** Null for the whole cluster. */
  readonly namespace: string | null;
  readonly subjects: readonly Values[];
}

function boundRole({ type, values }: StackObject): readonly BoundRole[] {
  const [isBinding, ofCluster] = BINDINGS.exec(type) ?? [];
  if (isBinding === undefined) return [];
  const [roleRef] = blocksAt(values, 'role_ref');
  return [
    {
      kind: textAt(roleRef, 'kind') ?? '',
      role: textAt(roleRef, 'name') ?? 'a role that is only known after apply',
      namespace: ofCluster === undefined ? (textAt(metadataOf(values), 'namespace') ?? 'default') : null,
      subjects: blocksAt(values, 'subject'),
    },
  ];
}

/** A group of Okta by its name, and any other subject as Kubernetes calls it. */
function subjectText(subject: Values, prefix: string): string {
  const name = textAt(subject, 'name') ?? 'a subject that is only known after apply';
  switch (textAt(subject, 'kind')) {
    case 'Group':
      return name.startsWith(prefix) ? name.slice(prefix.length) : name;
    case 'ServiceAccount':
      return `service account ${textAt(subject, 'namespace') ?? 'default'}/${name}`;
    default:
      return `user ${name}`;
  }
}

interface Permitted {
  /** Undefined for a role that no plan defines and Kubernetes does not have. */
  readonly rules?: readonly PolicyRule[];
  readonly sensitive: readonly SensitivePermission[];
}

/** Tells what a role allows in a namespace, or on the whole cluster. */
function permissionsOfRoles(objects: readonly StackObject[], place: ReturnType<typeof clusterFacts>) {
  const rulesOf = rulesOfRoles(objects, place.version);
  // Many bindings have the same role.
  const known = new Map<string, Permitted>();
  return (kind: string, role: string, namespace: string | null): Permitted => {
    const key = JSON.stringify([kind, role, namespace]);
    const found = known.get(key);
    if (found !== undefined) return found;
    const rules = rulesOf(kind, role, namespace);
    const sensitive = sensitivePermissions(rules ?? [], { namespace, readsAwsAuth: place.readsAwsAuth });
    known.set(key, { rules, sensitive });
    return { rules, sensitive };
  };
}

type RulesOf = (kind: string, role: string, namespace: string | null) => readonly PolicyRule[] | undefined;

/** Tells what a role allows: one of the stacks, or one that Kubernetes has; undefined for any other. */
function rulesOfRoles(objects: readonly StackObject[], version = NEWEST_KUBERNETES): RulesOf {
  const clusterRoles = objects.flatMap(({ type, values }) =>
    /^kubernetes_cluster_role(_v1)?$/.test(type)
      ? [{ name: nameOf(values), labels: labelsOf(values), rules: rulesIn(values) }]
      : [],
  );
  const roles = new Map(
    objects.flatMap(({ type, values }) =>
      /^kubernetes_role(_v1)?$/.test(type)
        ? [[JSON.stringify([textAt(metadataOf(values), 'namespace') ?? 'default', nameOf(values)]), rulesIn(values)]]
        : [],
    ),
  );
  const builtIn = builtInRoles(version).clusterRoles;
  // Roles of the stacks can widen those of Kubernetes by aggregation.
  const all = clusterRoles.length === 0 ? builtIn : [...builtIn, ...clusterRoles];
  const known = new Set(all.map(({ name }) => name));
  return (kind, role, namespace) => {
    if (kind === 'Role') return roles.get(JSON.stringify([namespace, role]));
    return known.has(role) ? effectiveRules(all, role) : undefined;
  };
}

function nameOf(values: Values): string {
  return textAt(metadataOf(values), 'name') ?? '';
}

function labelsOf(values: Values): Readonly<Record<string, string>> {
  const labels = Object.entries(blocksAt(metadataOf(values), 'labels')[0] ?? {});
  return Object.fromEntries(labels.map(([key, value]) => [key, String(value)]));
}

function rulesIn(values: Values): readonly PolicyRule[] {
  return blocksAt(values, 'rule').map((rule) => {
    const [resourceNames, nonResourceURLs] = [textsAt(rule, 'resource_names'), textsAt(rule, 'non_resource_urls')];
    return {
      verbs: textsAt(rule, 'verbs'),
      ...(nonResourceURLs.length > 0
        ? { nonResourceURLs }
        : { apiGroups: textsAt(rule, 'api_groups'), resources: textsAt(rule, 'resources') }),
      ...(resourceNames.length > 0 && { resourceNames }),
    };
  });
}

/** The logins and rules of each group whose members a stack manages. */
function membersByGroup(
  plans: readonly StackPlan[],
  objects: readonly StackObject[],
  names: (group: string) => string,
): ReadonlyMap<string, readonly string[]> {
  const groupName = namesById(plans, 'okta_group', 'name');
  const login = logins(plans);
  const members = new Map<string, readonly string[]>();
  const add = (group: string, who: readonly string[]) =>
    members.set(names(group), [...(members.get(names(group)) ?? []), ...who]);
  for (const { plan, address, type, values } of objects) {
    if (type === 'okta_group_memberships') {
      const who = textsAt(values, 'users').map((id) => login.get(id) ?? `the user with the id ${id}`);
      for (const group of groupName(plan, address, [textAt(values, 'group_id')], 'group_id')) add(group, who);
    } else if (type === 'okta_group_rule') {
      const isActive = textAt(values, 'status') !== 'INACTIVE';
      const who = isActive ? [`rule: ${textAt(values, 'expression_value') ?? 'only known after apply'}`] : [];
      const ids = values.group_assignments === undefined ? [undefined] : textsAt(values, 'group_assignments');
      for (const group of groupName(plan, address, ids, 'group_assignments')) add(group, who);
    }
  }
  return members;
}

/**
 * Finds the names of objects of a type by their ids, and, for an id that is only known after apply, by what the argument
 * refers to. For an id in no plan, it is the id itself.
 * @param key the argument with the name.
 */
export function namesById(plans: readonly StackPlan[], type: string, key: string) {
  const byId = new Map<string, string>();
  const byAddress = new Map<string, string>();
  const learn = (stack: string, address: string, values: Values | undefined) => {
    const name = textAt(values, key);
    if (name === undefined) return;
    const id = textAt(values, 'id');
    // A name before the plan wins: ids stay, and a renamed group is looked up by its old name.
    if (id !== undefined && !byId.has(id)) byId.set(id, name);
    byAddress.set(`${stack} ${address}`, name);
  };
  for (const { stack, changes, drift, found } of plans) {
    for (const { address, before, after } of [...changes, ...drift].filter((change) => change.type === type)) {
      learn(stack, address, before);
      learn(stack, address, after);
    }
    for (const { address, values } of found.filter((object) => object.type === type)) learn(stack, address, values);
  }
  return (
    { stack, references }: StackPlan,
    address: string,
    ids: readonly (string | undefined)[],
    argument: string,
  ): readonly string[] => {
    const named = ids.flatMap((id) =>
      id === undefined ? [] : [byId.get(id) ?? `the ${objectKind(type)?.what} with the id ${id}`],
    );
    const isComplete = ids.length > 0 && !ids.includes(undefined);
    if (isComplete) return named;
    const referred = references(address, argument).flatMap((reference) => byAddress.get(`${stack} ${reference}`) ?? []);
    return [...new Set([...named, ...referred])];
  };
}

/** The logins of users by their ids. */
function logins(plans: readonly StackPlan[]): ReadonlyMap<string, string> {
  const users = plans.flatMap(({ changes, found }) => [
    ...changes.flatMap(({ type, before, after }) => (type === 'okta_user' ? [before, after] : [])),
    ...found.flatMap(({ type, values }) => (type === 'okta_user' ? [values] : [])),
  ]);
  return new Map(
    users.flatMap((values) => {
      const [id, login] = [textAt(values, 'id'), textAt(values, 'login')];
      return id === undefined || login === undefined ? [] : [[id, login] as const];
    }),
  );
}
