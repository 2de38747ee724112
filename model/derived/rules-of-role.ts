import { builtInRoles, effectiveRules } from '../../rbac';
import type { PolicyRule } from '../../rbac/policy-rule';
import type { Access } from '../file/access';
import { roleDefinition } from './roles';

/** The rules of a role of Kubernetes, a preset or a role of the file, on a Kubernetes version such as `1.35`. */
export function rulesOfRole(name: string, access: Pick<Access, 'roles'>, version: string): readonly PolicyRule[] {
  const { kubernetesName, rules } = roleDefinition(name, access);
  return rules ?? effectiveRules(builtInRoles(version).clusterRoles, kubernetesName);
}
