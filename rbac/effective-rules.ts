import type { ClusterRole, Labels } from './policy';
import type { PolicyRule } from './policy-rule';

// Every grant of a Kubernetes version's own role asks about the same roles.
const known = new WeakMap<readonly ClusterRole[], ReadonlyMap<string, readonly PolicyRule[]>>();

/** The rules of a ClusterRole after aggregation; none if the role does not exist. */
export function effectiveRules(clusterRoles: readonly ClusterRole[], name: string): readonly PolicyRule[] {
  return allEffectiveRules(clusterRoles).get(name) ?? [];
}

/**
 * The rules of every ClusterRole by name, after aggregation as kube-controller-manager does it.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#aggregated-clusterroles
 */
export function allEffectiveRules(clusterRoles: readonly ClusterRole[]): ReadonlyMap<string, readonly PolicyRule[]> {
  const rules = known.get(clusterRoles) ?? aggregated(clusterRoles);
  known.set(clusterRoles, rules);
  return rules;
}

function aggregated(clusterRoles: readonly ClusterRole[]): ReadonlyMap<string, readonly PolicyRule[]> {
  const rules = new Map(clusterRoles.map((role) => [role.name, role.rules]));
  const aggregatedRoles = clusterRoles.flatMap((role) => {
    const { name, aggregationRule } = role;
    if (aggregationRule === undefined) return [];
    const sources = clusterRoles.filter(
      (other) =>
        other.name !== name &&
        aggregationRule.clusterRoleSelectors.some(({ matchLabels }) => hasLabels(other, matchLabels)),
    );
    return [{ name, sources: sources.map((source) => source.name) }];
  });
  // A rule passes through each aggregated role at most once on its way to the last one.
  for (const _ of aggregatedRoles) {
    for (const { name, sources } of aggregatedRoles) {
      const union = new Set(sources.flatMap((source) => rules.get(source) ?? []));
      // The controller applies only the fields that it sets: with no rules to set, it keeps the existing ones.
      if (union.size > 0) rules.set(name, [...union]);
    }
  }
  return rules;
}

function hasLabels({ labels = {} }: ClusterRole, wanted: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}
