import { ruleFindings } from '../../../constraints/kubernetes/role-rules';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The rules of a role have to be ones that Kubernetes takes and that can match. */
export const roleRules: Check = {
  name: 'role-rules',
  severity: 'error',
  reason: 'Kubernetes refuses some rules and never matches others; a role without rules plans no change in Terraform.',
  fix: 'Give each rule verbs, and apiGroups with resources, or nonResourceURLs.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/',
  restsOn: ['roles'],
  find: ({ roles }) =>
    Object.entries(roles).flatMap(([name, { rules, scope }]) =>
      ruleFindings(rules, scope).map(({ index, finding }) => ({
        ...finding,
        path: pathText(['roles', name, 'rules', ...(index === undefined ? [] : [index])]),
      })),
    ),
};
