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
  /** Its rules; undefined for a role that Kubernetes itself has. */
  readonly rules?: readonly PolicyRule[];
}

/** Finds what the name of a Kubernetes role, a preset, or a role of the file refers to. */
export function roleDefinition(name: string, { roles }: Pick<ParsedFile, 'roles'>): RoleDefinition {
  const preset = Object.hasOwn(PRESETS, name) ? PRESETS[name as PresetRole] : undefined;
  if (preset?.builtIn !== undefined) {
    return { name, scope: preset.scope, kind: 'ClusterRole', kubernetesName: preset.builtIn };
  }
  const own: Pick<Preset, 'scope' | 'rules'> | undefined =
    preset ?? (Object.hasOwn(roles, name) ? roles[name] : undefined);
  if (own === undefined) return { name, scope: 'cluster', kind: 'ClusterRole', kubernetesName: name };
  const kind = own.scope === 'cluster' ? 'ClusterRole' : 'Role';
  return { name, scope: own.scope, kind, kubernetesName: name, rules: own.rules };
}
