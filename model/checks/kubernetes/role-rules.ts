import { ruleFindings } from '../../../constraints/kubernetes/role-rules';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Kubernetes accepts the rules of a role, and they can match a request. */
export const roleRules: Check = {
  name: 'role-rules',
  severity: 'error',
  reason: 'Kubernetes refuses some rules, and others never match. For a role without rules, Terraform plans no change.',
  fix: 'Give each rule verbs, and either apiGroups with resources or nonResourceURLs.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/',
  requires: ['roles'],
  find: ({ roles }) =>
    Object.entries(roles).flatMap(([name, { rules, scope }]) =>
      ruleFindings(rules, scope).map(({ index, finding }) => ({
        ...finding,
        path: pathText(['roles', name, 'rules', ...(index === undefined ? [] : [index])]),
      })),
    ),
};
