export type { Access, AnyEksCluster, Cluster, Expired, Grant } from './access';
export { appName, clusterName, eksClusters, grantedClusters, isEks, namespacesByCluster, roleName } from './access';
export { AccessError, problemsText } from './access-error';
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
} from './access-file';
export { type Binding, bindingsByCluster } from './bindings';
export { type Check, type CheckResult, runChecks } from './check';
export { CHECKS } from './checks';
export { type Day, today } from './day';
export { defineAccess, isDefinedAccess } from './define-access';
export type { Finding, Problem } from './finding';
export { accessMatrix, type MatrixRow } from './matrix';
export { readAccess } from './read-access';
export {
  BUILT_IN_ROLES,
  type BuiltInRole,
  PRESET_ROLES,
  type PresetRole,
  type RoleDefinition,
  roleDefinition,
} from './roles';
export { clientIdOutput, type SignInApp, signInApps } from './sign-in-apps';
export { subjectName } from './subject';
