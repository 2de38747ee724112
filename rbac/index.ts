export { API_RESOURCES, type ApiResource } from './api-resources';
export { type Allowed, type Authorizer, authorizer, type Decision, type Denied, type Requester } from './authorizer';
export { type BuiltInRoles, builtInRoles, NEWEST_KUBERNETES } from './built-in-roles';
export { effectiveRules } from './effective-rules';
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
