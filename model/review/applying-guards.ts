import { isSystemNamespace } from '../../constraints/kubernetes/initial-namespaces';
import type { PolicyRule } from '../../rbac/policy-rule';
import { type Guards, hasGuards, refusingLists } from '../derived/guards';
import { hasUnknownRules, type Placement } from '../derived/placements';

const READS = ['get', 'list', 'watch'];
const STREAMS = /\/(exec|attach|portforward|proxy)$/;
const NONE: readonly string[] = [];

/**
 * The guards that apply to a role in a place, by their paths under `guards`: those that refuse and do not let the group
 * pass. None for a role that only reads, because admission policies never see reads.
 * @param namespace null for the whole cluster, where every guarded namespace counts.
 * @param passes whether one of the members that a guard lets pass is the group.
 */
export function applyingGuards(
  guards: Guards,
  { namespace, rules }: { readonly namespace: string | null; readonly rules: readonly PolicyRule[] },
  passes: (members: readonly string[]) => boolean,
): readonly string[] {
  const refusing = refusingLists(guards);
  if (!hasGuards(refusing) || !canChange(rules)) return NONE;
  const { namespaces, ...lists } = refusing;
  const isIn = (place: string) => namespace === null || namespace === place;
  const inPlace: (readonly [string, readonly string[] | undefined])[] = [
    ...Object.entries(lists).filter(
      ([name]) => name !== 'systemNamespaces' || namespace === null || isSystemNamespace(namespace),
    ),
    ...Object.entries(namespaces).flatMap(([name, members]) =>
      isIn(name) ? [[`namespaces.${name}`, members] as const] : [],
    ),
  ];
  return inPlace.flatMap(([name, members]) => (members === undefined || passes(members) ? [] : [name]));
}

/** The rules of a role that allows everything. */
export const ADMINISTERS: readonly PolicyRule[] = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];

/** The guards that apply to a group in one of its places. A role whose rules nobody knows may change anything. */
export function guardsOfPlacement(guards: Guards, placement: Placement): readonly string[] {
  const rules = hasUnknownRules(placement) ? ADMINISTERS : placement.rules;
  return applyingGuards(guards, { namespace: placement.namespace, rules }, (members) =>
    members.includes(placement.group),
  );
}

/** Whether rules allow more than reading: a change, or a connection, which starts with `get` or `create`. */
function canChange(rules: readonly PolicyRule[]): boolean {
  return rules.some(
    ({ resources = [], verbs }) =>
      resources.length > 0 &&
      (verbs.some((verb) => !READS.includes(verb)) || resources.some((resource) => STREAMS.test(resource))),
  );
}
