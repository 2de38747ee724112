import type { PolicyRule } from '../../rbac/policy-rule';
import { PRESETS, type Preset, type PresetRole } from '../../rbac/presets';
import type { ParsedFile } from '../file/parsed-file';

/** What a name of a role stands for. */
export interface RoleDefinition {
  readonly name: string;
  /** Whether it can be had on a whole cluster, or in namespaces only. */
  readonly scope: 'cluster' | 'namespace';
  /** What its bindings refer to: a ClusterRole, or a Role in each namespace. */
  readonly kind: 'ClusterRole' | 'Role';
  /** The name of that role in Kubernetes. */
  readonly kubernetesName: string;
  /** Its rules; undefined where the role is Kubernetes' own. */
  readonly rules?: readonly PolicyRule[];
}

/** What a role of Kubernetes, a preset or a role of the file stands for. */
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
