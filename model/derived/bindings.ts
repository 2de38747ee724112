import { compare } from '../../constraints/compare';
import { bindingName } from '../../constraints/kubernetes/binding-name';
import type { ParsedFile } from '../file/parsed-file';
import { groupBy } from './group-by';
import type { Placement } from './placements';
import { type RoleDefinition, roleDefinition } from './roles';

/** A role in one place, with every group that has it there. */
export interface Binding {
  /** Name of the ClusterRoleBinding or RoleBinding, `oidc-<role>`. */
  readonly name: string;
  readonly role: RoleDefinition;
  /** The namespace of the RoleBinding; null for a ClusterRoleBinding. */
  readonly namespace: string | null;
  /** Names of Okta groups, distinct and sorted. */
  readonly groups: readonly string[];
}

/** The bindings of a cluster: those for the whole cluster first, then by namespace; each part sorted by role. */
export function bindingsOf(placements: readonly Placement[], file: Pick<ParsedFile, 'roles'>): readonly Binding[] {
  return [...groupBy(placements, ({ role, namespace }) => JSON.stringify([role, namespace])).values()]
    .map((placed) => {
      const { role, namespace } = placed[0] as Placement;
      const groups = [...new Set(placed.map(({ group }) => group))].sort();
      return { name: bindingName(role), role: roleDefinition(role, file), namespace, groups };
    })
    .sort((a, b) => compare(a.namespace ?? '', b.namespace ?? '') || compare(a.role.name, b.role.name));
}
