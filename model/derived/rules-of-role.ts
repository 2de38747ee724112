import { builtInRoles, effectiveRules } from '../../rbac';
import type { PolicyRule } from '../../rbac/policy-rule';
import type { RoleDefinition } from './roles';

/** The rules of a role in a Kubernetes version, such as `1.35`. */
export function rulesOfRole({ kubernetesName, rules }: RoleDefinition, version: string): readonly PolicyRule[] {
  return rules ?? effectiveRules(builtInRoles(version).clusterRoles, kubernetesName);
}
