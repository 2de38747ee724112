export type { ControlPlaneLog } from '../constraints/eks/control-plane-logs';
export type { IssuerMode } from '../constraints/okta/issuer-mode';
export type { PolicyRule } from '../rbac/policy-rule';
export { AccessAlarms, type AccessAlarmsProps } from './eks/access-alarms';
export { BreakGlassEntry, type BreakGlassEntryProps } from './eks/break-glass-entry';
export { EksCluster, type EksClusterProps, type ExistingEksClusterProps, type IEksCluster } from './eks/cluster';
export { ClusterAdminEntry, type ClusterAdminEntryProps } from './eks/cluster-admin-entry';
export { EksClusterRole, type EksClusterRoleProps } from './eks/cluster-role';
export {
  ControlPlaneLogGroup,
  type ControlPlaneLogGroupProps,
  type IControlPlaneLogGroup,
} from './eks/control-plane-log-group';
export { DefaultNetwork } from './eks/default-network';
export { OidcIdentityProvider, type OidcIdentityProviderProps } from './eks/oidc-identity-provider';
export {
  AdmissionGuard,
  type AdmissionGuardProps,
  type GuardedResources,
  type GuardMembers,
  type GuardMode,
  type GuardProps,
} from './kubernetes/admission-guard';
export { AllowIngress, type AllowIngressProps } from './kubernetes/allow-ingress';
export { ClusterRole, type ClusterRoleProps } from './kubernetes/cluster-role';
export { ClusterRoleBinding, type ClusterRoleBindingProps } from './kubernetes/cluster-role-binding';
export { DenyIngress, type DenyIngressProps } from './kubernetes/deny-ingress';
export { GroupSubject } from './kubernetes/group-subject';
export {
  type ExistingNamespaceProps,
  type INamespace,
  Namespace,
  type NamespaceProps,
  type PodSecurityLevel,
} from './kubernetes/namespace';
export { NamespaceGuard, type NamespaceGuardProps } from './kubernetes/namespace-guard';
export { NamespacedRole, type NamespacedRoleProps } from './kubernetes/namespaced-role';
export { ResourceQuota, type ResourceQuotaProps } from './kubernetes/resource-quota';
export { RoleBinding, type RoleBindingProps } from './kubernetes/role-binding';
export { RunAsRootGuard, type RunAsRootGuardProps } from './kubernetes/run-as-root-guard';
export { SecretDeletionGuard, type SecretDeletionGuardProps } from './kubernetes/secret-deletion-guard';
export { SystemNamespacesGuard, type SystemNamespacesGuardProps } from './kubernetes/system-namespaces-guard';
export { AccessPolicy, type AccessPolicyProps } from './okta/access-policy';
export { AppGroupAssignments, type AppGroupAssignmentsProps } from './okta/app-group-assignments';
export {
  AuthenticationPolicy,
  type AuthenticationPolicyProps,
  type IAuthenticationPolicy,
} from './okta/authentication-policy';
export {
  AuthorizationServer,
  type AuthorizationServerProps,
  type ExistingAuthorizationServerProps,
  type GroupsClaimProps,
  type IAuthorizationServer,
} from './okta/authorization-server';
export { type ExistingOktaGroupProps, type IOktaGroup, OktaGroup, type OktaGroupProps } from './okta/group';
export { GroupMembers, type GroupMembersProps } from './okta/group-members';
export { GroupRule, type GroupRuleProps } from './okta/group-rule';
export { KUBELOGIN_PORTS, NativeApp, type NativeAppProps, type RefreshProps } from './okta/native-app';
export { validateAll } from './validate-all';
