import { Token } from 'cdktf';
import type { Construct } from 'constructs';
import { ruleFindings } from '../../constraints/kubernetes/role-rules';
import type { PolicyRule } from '../../rbac/policy-rule';
import { validateFindings } from '../validate-findings';

/** Reports rules of a role that Kubernetes refuses, or that match nothing, when the app is validated. */
export function validateRules(
  construct: Construct,
  rules: readonly PolicyRule[],
  scope: 'cluster' | 'namespace',
): void {
  validateFindings(construct, () =>
    ruleFindings(rules, scope).flatMap(({ place: [index], severity, finding }) =>
      severity === 'error' && !hasToken(rules[Number(index)]) ? [finding] : [],
    ),
  );
}

/** Only Terraform knows the value of a token. */
function hasToken(rule: PolicyRule | undefined): boolean {
  const lists = [rule?.apiGroups, rule?.resources, rule?.resourceNames, rule?.nonResourceURLs, rule?.verbs];
  return lists.some((list = []) => Token.isUnresolved(list) || list.some((text) => Token.isUnresolved(text)));
}
