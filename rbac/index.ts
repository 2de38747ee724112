export { type ApiResource, apiResources, isKubernetesApiGroup } from './api-resources';
export { type Allowed, type Authorizer, authorizer, type Decision, type Denied, type Requester } from './authorizer';
export { builtInRoles } from './built-in-roles';
export { compileRule } from './compiled-rule';
export { controllerAccounts } from './controller-accounts';
export { effectiveRules } from './effective-rules';
export {
  anyKnownResources,
  isBuiltInRule,
  type KnownResources,
  knownResources,
  REQUEST_VERBS,
} from './known-resources';
export { NEWEST_KUBERNETES } from './kubernetes/kubernetes-data';
export type {
  AggregationRule,
  ClusterRole,
  ClusterRoleBinding,
  Labels,
  RbacPolicy,
  Role,
  RoleBinding,
  RoleRef,
  Subject,
} from './policy';
export { type PolicyRule, ruleText } from './policy-rule';
export { type AccessRequest, type ResourceRequest, requestText, type UrlRequest } from './request';
