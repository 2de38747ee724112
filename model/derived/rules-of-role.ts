import { builtInRoles, type ClusterRole, effectiveRules } from '../../rbac';
import type { PolicyRule } from '../../rbac/policy-rule';
import type { ParsedFile } from '../file/parsed-file';
import { aggregatedRoles, clusterRoleOf, type RoleDefinition } from './roles';

type OwnRoles = ParsedFile['roles'];

const NONE: OwnRoles = {};

/**
 * The rules of a role in a Kubernetes version, such as `1.35`; none if nobody knows them.
 * @param roles the roles of the file, which can widen a role of Kubernetes.
 */
export function rulesOfRole(role: RoleDefinition, version: string, roles = NONE): readonly PolicyRule[] {
  return knownRulesOfRole(role, version, roles) ?? [];
}

/** The rules of a role as above; undefined for a role that neither the file nor Kubernetes defines. */
export function knownRulesOfRole(
  { kind, kubernetesName, rules }: RoleDefinition,
  version: string,
  roles: OwnRoles,
): readonly PolicyRule[] | undefined {
  if (rules !== undefined) return rules;
  const all = clusterRolesOf(version, roles);
  const isKnown = kind === 'ClusterRole' && all.some(({ name }) => name === kubernetesName);
  return isKnown ? effectiveRules(all, kubernetesName) : undefined;
}

// Every grant of a role of Kubernetes asks about the same roles.
const known = new WeakMap<OwnRoles, Map<string, readonly ClusterRole[]>>();

/** The ClusterRoles of every cluster with a Kubernetes version: those of Kubernetes, and those of the file that widen them. */
export function clusterRolesOf(version: string, roles: OwnRoles): readonly ClusterRole[] {
  const byVersion = known.get(roles) ?? new Map<string, readonly ClusterRole[]>();
  known.set(roles, byVersion);
  const own = aggregatedRoles({ roles });
  const builtIn = builtInRoles(version).clusterRoles;
  const all = byVersion.get(version) ?? (own.length === 0 ? builtIn : [...builtIn, ...own.map(clusterRoleOf)]);
  byVersion.set(version, all);
  return all;
}
