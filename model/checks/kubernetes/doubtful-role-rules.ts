import type { Check } from '../check';
import { roleRuleFindings } from './role-rules';

/** Each part of a rule can match a request. */
export const doubtfulRoleRules: Check = {
  name: 'doubtful-role-rules',
  severity: 'warning',
  reason: 'Kubernetes accepts verbs, resources, and API groups that it does not have. They give nothing.',
  fix: 'Remove what matches nothing, or name what you mean.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources',
  requires: ['roles'],
  find: (access) => roleRuleFindings(access, 'warning'),
};
