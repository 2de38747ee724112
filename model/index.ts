export { AccessError, problemsText } from '../constraints/access-error';
export type { Finding, Problem } from '../constraints/finding';
export { subjectName } from '../constraints/kubernetes/subject-name';
export { BUILT_IN_ROLES, type BuiltInRole } from '../rbac/built-in-roles';
export { PRESET_ROLES, type PresetRole } from '../rbac/presets';
export { CHECKS } from './checks';
export { type Check, type CheckResult, runChecks } from './checks/check';
export { defineAccess, isDefinedAccess } from './define-access';
export { type Binding, bindingsByCluster } from './derived/bindings';
export { type RoleDefinition, roleDefinition } from './derived/roles';
export { clientIdOutput, type SignInApp, signInApps } from './derived/sign-in-apps';
export type { Access, AnyEksCluster, Cluster, Expired, Grant } from './file/access';
export {
  appName,
  clusterName,
  eksClusters,
  grantedClusters,
  isEks,
  namespacesByCluster,
  roleName,
} from './file/access';
export type {
  AccessFile,
  AuthorizationServerSettings,
  BackendSettings,
  ClusterDefaults,
  ClusterSettings,
  ControlPlaneLog,
  EksClusterSettings,
  ExistingEksClusterSettings,
  GrantSettings,
  GroupSettings,
  GroupsClaimSettings,
  GuardSettings,
  IdentityProviderSettings,
  NamespaceSettings,
  OktaOrganization,
  RoleSettings,
  SelfManagedClusterSettings,
  SignInSettings,
  Tags,
} from './file/access-file';
export { type Day, today } from './file/day';
export { readAccess } from './read-access';
export { accessMatrix, type MatrixRow } from './review/matrix';
