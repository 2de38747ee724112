/** Kubernetes' own user-facing roles. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
export const BUILT_IN_ROLES = ['cluster-admin', 'admin', 'edit', 'view'] as const;

/** Roles that this project defines; their names are reserved, their rules are not built yet. */
export const PRESET_ROLES = [
  'developer-restricted',
  'platform-engineer',
  'namespace-admin',
  'restricted-user',
  'secret-reader',
  'pod-exec',
] as const;

export type BuiltInRole = (typeof BUILT_IN_ROLES)[number];
export type PresetRole = (typeof PRESET_ROLES)[number];
