interface ClusterRoleObject {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: readonly unknown[] | null;
  readonly aggregationRule?: {
    readonly clusterRoleSelectors?: readonly { readonly matchLabels?: Readonly<Record<string, string>> }[];
  };
}

/**
 * Whether every aggregated role, such as `view`, contains the rules of all roles that it selects, and `view` is not empty.
 * @param roles the `ClusterRole` objects of the API server.
 */
export function rolesAreAggregated(roles: readonly unknown[]): boolean {
  const all = roles as readonly ClusterRoleObject[];
  const view = all.find(({ metadata }) => metadata.name === 'view');
  return (view?.rules?.length ?? 0) > 0 && all.every((role) => isAggregated(role, all));
}

function isAggregated(role: ClusterRoleObject, all: readonly ClusterRoleObject[]): boolean {
  const selectors = role.aggregationRule?.clusterRoleSelectors ?? [];
  const own = new Set((role.rules ?? []).map((rule) => JSON.stringify(rule)));
  return selectors.every(({ matchLabels = {} }) =>
    all
      .filter(
        (other) =>
          other !== role && Object.entries(matchLabels).every(([key, value]) => other.metadata.labels?.[key] === value),
      )
      .every(({ rules }) => (rules ?? []).every((rule) => own.has(JSON.stringify(rule)))),
  );
}
