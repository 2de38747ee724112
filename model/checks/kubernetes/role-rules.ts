import { type RuleFinding, ruleFindings } from '../../../constraints/kubernetes/role-rules';
import type { Access } from '../../derived/access';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Kubernetes accepts the rules of a role, and they can match a request. */
export const roleRules: Check = {
  name: 'role-rules',
  severity: 'error',
  reason:
    'Kubernetes refuses some rules, and accepts others that never match: it does not compare them with the resources that exist. For a role without rules, Terraform plans no change.',
  fix: 'Give each rule verbs, and either apiGroups with resources or nonResourceURLs, as Kubernetes names them.',
  source: 'https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/cluster-role-v1/',
  requires: ['roles'],
  find: (access) => roleRuleFindings(access, 'error'),
};

/** The findings of one severity about the rules of all roles. The checks of both severities share one search. */
export function roleRuleFindings({ roles }: Access, wanted: 'error' | 'warning'): readonly PlacedFinding[] {
  const found = known.get(roles) ?? findingsOf(roles);
  known.set(roles, found);
  return found.flatMap(({ severity, ...finding }) => (severity === wanted ? [finding] : []));
}

type JudgedFinding = PlacedFinding & Pick<RuleFinding, 'severity'>;

const known = new WeakMap<Access['roles'], readonly JudgedFinding[]>();

function findingsOf(roles: Access['roles']): readonly JudgedFinding[] {
  return Object.entries(roles).flatMap(([name, { existing, rules, scope }]) =>
    (existing ? [] : ruleFindings(rules, scope)).map(({ place, severity, finding }) => ({
      ...{ ...finding, severity },
      path: pathText(['roles', name, 'rules', ...place]),
    })),
  );
}
