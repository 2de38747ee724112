import { type AggregatedRole, aggregationLabels } from '../../rbac/built-in-roles';
import type { ClusterRole } from '../../rbac/policy';
import type { PolicyRule } from '../../rbac/policy-rule';
import { PRESETS, type Preset, type PresetRole } from '../../rbac/presets';
import type { ParsedFile } from '../file/parsed-file';

/** A role with what its name refers to. */
export interface RoleDefinition {
  readonly name: string;
  /** Where it can be granted: on whole clusters and in namespaces, or only in namespaces. */
  readonly scope: 'cluster' | 'namespace';
  /** What its bindings refer to: a ClusterRole, or a Role in each namespace. */
  readonly kind: 'ClusterRole' | 'Role';
  /** The name of that role in Kubernetes. */
  readonly kubernetesName: string;
  /** Its rules; undefined for a role that the file does not define. */
  readonly rules?: readonly PolicyRule[];
  /** The roles of Kubernetes that it widens. @default - none */
  readonly aggregateTo?: readonly AggregatedRole[];
}

/** Finds what the name of a Kubernetes role, a preset, or a role of the file refers to. */
export function roleDefinition(name: string, { roles }: Pick<ParsedFile, 'roles'>): RoleDefinition {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name as PresetRole] : undefined;
  if (preset?.builtIn !== undefined) {
    return { name, scope: preset.scope, kind: 'ClusterRole', kubernetesName: preset.builtIn };
  }
  if (preset !== undefined) return definition(name, preset);
  const own = Object.hasOwn(roles, name) ? roles[name] : undefined;
  if (own === undefined || own.existing) return { name, scope: 'cluster', kind: 'ClusterRole', kubernetesName: name };
  return { ...definition(name, own), ...(own.aggregateTo.length > 0 && { aggregateTo: own.aggregateTo }) };
}

function definition(name: string, { scope, rules }: Pick<Preset, 'scope' | 'rules'>): RoleDefinition {
  return { name, scope, kind: scope === 'cluster' ? 'ClusterRole' : 'Role', kubernetesName: name, rules };
}

/** The roles of a file that widen roles of Kubernetes, which every cluster has, sorted by name. */
export function aggregatedRoles(file: Pick<ParsedFile, 'roles'>): readonly RoleDefinition[] {
  return Object.keys(file.roles)
    .sort()
    .map((name) => roleDefinition(name, file))
    .filter(({ aggregateTo }) => aggregateTo !== undefined);
}

/** The ClusterRole of a definition with known rules. */
export function clusterRoleOf({ kubernetesName, rules = [], aggregateTo }: RoleDefinition): ClusterRole {
  return { name: kubernetesName, ...(aggregateTo && { labels: aggregationLabels(aggregateTo) }), rules };
}
