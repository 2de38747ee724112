import type { PolicyRule } from '../policy-rule';
import type { ResourceRequest } from '../request';

/** Resources of one API group, with their subresource after `/`. */
export interface Resources {
  /** `''` is the core group; `custom` stands for every group that is not Kubernetes' own. */
  readonly apiGroup: string;
  /** Resources; `*` is every resource. */
  readonly resources: readonly string[];
}

/** One of some verbs on one of some resources. */
export interface Permission {
  readonly on: readonly Resources[];
  readonly verbs: readonly string[];
  /** The object that it is about; a rule for other objects does not give it. @default - any object */
  readonly object?: string;
  /** Whether only a rule for the whole cluster gives it, because the resource is in no namespace. @default false */
  readonly isClusterScoped?: boolean;
}

/** The rules of a role in the place where it is bound. */
export interface PlacedRules {
  /** Name of the role. */
  readonly role: string;
  /** Whether a ClusterRole or a Role has the rules. */
  readonly kind: 'ClusterRole' | 'Role';
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  readonly rules: readonly PolicyRule[];
}

/** A permission as rules give it. */
export interface HeldPermission {
  readonly verb: string;
  readonly apiGroup: string;
  /** The resource, with its subresource after `/`. */
  readonly resource: string;
  /** Names of the only objects; undefined for every object. */
  readonly names: readonly string[] | undefined;
  /** The rules that give it. */
  readonly from: readonly PlacedRules[];
}

/** Whether something other than RBAC refuses a request. */
export type Refuses = (request: ResourceRequest) => boolean;

/** An API group for which the rules name no other; Kubernetes never serves it. */
const SOME_CUSTOM_GROUP = 'custom';

/**
 * How rules give a permission in a namespace, or in no namespace; undefined if they do not, or if each request is
 * refused. Rules for every object come before rules for named objects, whose names are joined.
 */
export function heldPermission(
  placed: readonly PlacedRules[],
  permission: Permission,
  namespace: string | null,
  refuses: Refuses = () => false,
  ownGroups: ReadonlySet<string> = new Set(),
): HeldPermission | undefined {
  const { on, verbs, object, isClusterScoped = false } = permission;
  const here = placed.filter((part) => part.namespace === null || (!isClusterScoped && part.namespace === namespace));
  const named: HeldPermission[] = [];
  for (const from of here) {
    for (const rule of from.rules) {
      for (const { apiGroup, resource, verb } of candidates(rule, on, verbs, ownGroups)) {
        const names = namesOf(rule, verb, resource);
        if (names === 'none' || (object !== undefined && names !== undefined && !reaches(names, object))) continue;
        const [main = '', subresource] = resource.split('/');
        const name = object ?? names?.[0];
        const place = isClusterScoped ? undefined : (namespace ?? undefined);
        if (refuses({ verb, apiGroup, resource: main, subresource, name, namespace: place })) continue;
        const held = { verb, apiGroup, resource, names: object === undefined ? names : undefined, from: [from] };
        if (held.names === undefined) return held;
        named.push(held);
      }
    }
  }
  const [first] = named;
  if (first === undefined) return undefined;
  return {
    ...first,
    names: [...new Set(named.flatMap(({ names = [] }) => names))],
    from: [...new Set(named.flatMap(({ from }) => from))],
  };
}

function* candidates(
  { apiGroups = [], resources = [], verbs }: PolicyRule,
  on: readonly Resources[],
  wantedVerbs: readonly string[],
  ownGroups: ReadonlySet<string>,
): Generator<{ readonly apiGroup: string; readonly resource: string; readonly verb: string }> {
  if (resources.length === 0) return;
  const allVerbs = verbs.includes('*');
  for (const { apiGroup, resources: wanted } of on) {
    const group = groupGiven(apiGroups, apiGroup, ownGroups);
    if (group === undefined) continue;
    for (const resource of wanted) {
      if (!hasResource(resources, resource)) continue;
      for (const verb of wantedVerbs) {
        if (allVerbs || verbs.includes(verb)) {
          const named = resource === '*' ? (resources.find(isResource) as string) : resource;
          yield { apiGroup: group, resource: named, verb };
        }
      }
    }
  }
}

/** The API group of a rule that stands for a wanted one. */
function groupGiven(given: readonly string[], wanted: string, ownGroups: ReadonlySet<string>): string | undefined {
  if (wanted === SOME_CUSTOM_GROUP) return given.find((group) => group === '*' || !ownGroups.has(group));
  return given.includes('*') || given.includes(wanted) ? wanted : undefined;
}

function hasResource(given: readonly string[], wanted: string): boolean {
  // `*/exec` is that subresource of every resource.
  if (wanted === '*') return given.some(isResource);
  return given.includes('*') || given.includes(wanted) || given.includes(wanted.replace(/^[^/]*\//, '*/'));
}

/** Whether a name in a rule can be that of something. A `*` after the slash stands for nothing. */
function isResource(given: string): boolean {
  return !given.endsWith('/*');
}

/**
 * The names to which a rule limits a verb; undefined for every object, `none` where the rule never allows it. A request
 * that creates an object carries no name, except server-side apply, which needs patch as well.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
function namesOf(rule: PolicyRule, verb: string, resource: string): readonly string[] | 'none' | undefined {
  const { resourceNames = [], verbs } = rule;
  if (resourceNames.length === 0) return undefined;
  if (verb === 'deletecollection') return 'none';
  const isNamedCreate = resource.includes('/') || verbs.includes('patch') || verbs.includes('*');
  return verb !== 'create' || isNamedCreate ? resourceNames : 'none';
}

/** Whether names include an object; the names of signers may end with `/*`. */
function reaches(names: readonly string[], object: string): boolean {
  return names.includes(object) || names.includes(`${object.split('/')[0]}/*`);
}
