import { compare } from '../../constraints/compare';
import { apiResources, NEWEST_KUBERNETES, type PolicyRule } from '../../rbac';
import { groupBy } from '../derived/group-by';
import { allowancesOf } from './allowances';
import { isClusterScoped } from './request-words';

/** What a role allows in plain words, such as `see` and `create` for `Pods` and `Services`, with the verbs behind them. */
export interface PlainAllowance {
  /** What a person may do, such as `see`, `change`, or `run commands in`; a verb of Kubernetes that has no plain word. */
  readonly does: readonly string[];
  /** The verbs, the common ones first; `*` is any verb. */
  readonly verbs: readonly string[];
  /** Kinds as people write them, such as `Deployments`, the common ones first; else resources and URLs as rules name them. */
  readonly things: readonly string[];
}

/** The kinds that people ask for first. */
const COMMON = [
  ...['Pods', 'Deployments', 'StatefulSets', 'DaemonSets', 'ReplicaSets', 'Jobs', 'CronJobs', 'Services', 'Ingresses'],
  ...['ConfigMaps', 'Secrets', 'PersistentVolumeClaims', 'ServiceAccounts', 'Roles', 'RoleBindings', 'Events'],
  ...['the namespace itself', 'Namespaces', 'Nodes'],
];

/**
 * What rules allow in a place, in plain words.
 * @param namespace null for the whole cluster. In a namespace, rules for the whole cluster and for URLs have no effect.
 */
export function plainAllowances(rules: readonly PolicyRule[], namespace: string | null): readonly PlainAllowance[] {
  const inPlace = namespace === null ? rules : rules.flatMap(partInNamespace);
  const pairs = allowancesOf(inPlace).flatMap(({ verbs, things }) =>
    things.map((thing) => ({ verbs, ...action(verbs, thing) })),
  );
  const alike = groupBy(pairs, ({ does, verbs }) => JSON.stringify([does, verbs]));
  return [...alike.values()]
    .map((same) => {
      const { does, verbs } = same[0] as (typeof pairs)[number];
      const all = same.map(({ thing }) =>
        namespace !== null && thing === 'Namespaces' ? 'the namespace itself' : thing,
      );
      const things = [...new Set(all)];
      return { does, verbs, things: things.sort((a, b) => rank(a) - rank(b) || compare(a, b)) };
    })
    .sort((a, b) => rank(a.things[0] ?? '') - rank(b.things[0] ?? '') || b.things.length - a.things.length);
}

function rank(thing: string): number {
  const index = COMMON.indexOf(thing);
  return index < 0 ? COMMON.length : index;
}

/** The part of a rule that a RoleBinding gives: without URLs, without cluster-scoped resources except the namespace itself. */
function partInNamespace({ apiGroups = [], resources = [], verbs, resourceNames = [] }: PolicyRule): PolicyRule[] {
  return apiGroups.flatMap((apiGroup) => {
    const ofNamespace = (resource: string) => apiGroup === '' && resource.split('/')[0] === 'namespaces';
    const namespaced = resources.filter(
      (resource) => !ofNamespace(resource) && !isClusterScoped(apiGroup, resource.split('/')[0] as string),
    );
    // A request for one namespace is a request in that namespace, and a RoleBinding of the namespace answers it.
    const itself = resources.filter(ofNamespace);
    const ofItself = verbs.filter((verb) => !['list', 'watch', 'create', 'deletecollection'].includes(verb));
    return [
      ...(namespaced.length === 0 ? [] : [{ apiGroups: [apiGroup], resources: namespaced, verbs, resourceNames }]),
      ...(itself.length === 0 || ofItself.length === 0
        ? []
        : [{ apiGroups: [apiGroup], resources: itself, verbs: ofItself, resourceNames }]),
    ];
  });
}

/** What verbs on a thing, as `allowancesOf` names it, let a person do. */
function action(verbs: readonly string[], thing: string): { readonly does: readonly string[]; readonly thing: string } {
  const has = (...all: readonly string[]) => verbs.includes('*') || all.every((verb) => verbs.includes(verb));
  const [, resource = thing, subresource, only = ''] = /^([^/ ]+)\/(\w+)( \(only .*)?$/s.exec(thing) ?? [];
  const whole = `${kindOf(resource)}${only}`;
  // A client connects over SPDY, which needs create, or over WebSocket, which needs get as well.
  const connects = resource === 'pods' && has('get', 'create');
  if (connects && subresource === 'exec') return { does: ['run commands in'], thing: whole };
  if (connects && subresource === 'attach') return { does: ['attach to'], thing: whole };
  if (connects && subresource === 'portforward') return { does: ['forward ports to'], thing: whole };
  if (resource === 'pods' && subresource === 'log' && has('get')) return { does: ['read the logs of'], thing: whole };
  if (subresource === 'scale' && has('patch')) return { does: ['scale'], thing: whole };
  const [name = thing, ...names] = thing.split(' (only ');
  return { does: verbWords(verbs), thing: [kindOf(name), ...names].join(' (only ') };
}

function verbWords(verbs: readonly string[]): readonly string[] {
  if (verbs.includes('*')) return ['do everything with'];
  const has = (...all: readonly string[]) => all.every((verb) => verbs.includes(verb));
  const plain: readonly (readonly [string, readonly string[]])[] = [
    ...(has('get', 'list') ? [['see', ['get', 'list', 'watch']] as const] : []),
    ...(has('update', 'patch') ? [['change', ['update', 'patch']] as const] : []),
    ...(has('delete') ? [['delete', ['delete', 'deletecollection']] as const] : []),
  ];
  const words = verbs.map((verb) => plain.find(([, meant]) => meant.includes(verb))?.[0] ?? verb);
  return [...new Set(words)];
}

/** Kinds by their resources, as `allowancesOf` names them. Of two API groups with one resource, kubectl means the core's. */
const KINDS: ReadonlyMap<string, string> = new Map(
  apiResources(NEWEST_KUBERNETES)
    .toReversed()
    .flatMap(({ apiGroup, name, kind }, _, all) =>
      apiGroup !== '' && all.some((other) => other.apiGroup !== apiGroup && other.name === name)
        ? []
        : [[apiGroup === '' ? name : `${name}.${apiGroup}`, plural(kind, name)] as const],
    ),
);

function kindOf(resource: string): string {
  return KINDS.get(resource) ?? resource;
}

/** A kind in the plural of its resource: `NetworkPolicies` of NetworkPolicy and networkpolicies. */
function plural(kind: string, resource: string): string {
  const same = [...resource].findIndex((letter, index) => kind[index]?.toLowerCase() !== letter);
  return same < 0 ? kind : kind.slice(0, same) + resource.slice(same);
}
