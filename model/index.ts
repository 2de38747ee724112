export { AccessError, problemsText } from '../constraints/access-error';
export type { Finding, Problem } from '../constraints/finding';
export { subjectName } from '../constraints/kubernetes/subject-name';
export { BUILT_IN_ROLES, type BuiltInRole } from '../rbac/built-in-roles';
export { PRESET_ROLES, type PresetRole } from '../rbac/presets';
export { CHECKS } from './checks';
export { type Check, type CheckResult, runChecks } from './checks/check';
export { defineAccess, defineWritten, isDefinedAccess } from './define-access';
export type { Accepted } from './derived/accepted';
export type { Access } from './derived/access';
export type { Binding } from './derived/bindings';
export { isCreated, isEks, readsAwsAuth } from './derived/cluster-kinds';
export {
  type Cluster,
  type CreatedEksCluster,
  createdClusters,
  type EksCluster,
  eksClusters,
} from './derived/clusters';
export { hasGuards } from './derived/guards';
export type { Expired } from './derived/in-force';
export type { Placement } from './derived/placements';
export { type RoleDefinition, roleDefinition } from './derived/roles';
export { clientIdOutput, type SignInApp } from './derived/sign-in-apps';
export type {
  Acceptance,
  Acceptances,
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
export type { Grant } from './file/parsed-file';
export { readAccess } from './read-access';
export type { Becomes } from './review/becomes';
export { type Answer, answersOf, canI, type Question } from './review/can-i';
export { canPerson, type PersonQuestion } from './review/can-person';
export type { Change } from './review/changes';
export { type AccessDiff, accessDiff } from './review/diff';
export type { Effect } from './review/effects/effect';
export { type Explanation, explainGroup, explainLogin } from './review/explain';
export { committerDay, type HistoryCommit } from './review/history';
export { accessMatrix, type MatrixRow } from './review/matrix';
export type { DiffRow } from './review/row-diff';
export { type WhoCanRow, whoCan } from './review/who-can';
