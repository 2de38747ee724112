import { expressionFindings } from '../../../constraints/okta/expression-findings';
import type { Access } from '../../derived/access';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Okta can read the rule of each group, and the rule can be true. */
export const groupRules: Check = {
  name: 'group-rules',
  severity: 'error',
  reason: 'Okta refuses a rule that it cannot read when Terraform applies it, after other resources have changed.',
  fix: 'Write a condition about attributes of the user, such as user.department == "Platform".',
  source: 'https://developer.okta.com/docs/reference/okta-expression-language/',
  requires: ['groups'],
  find: (access) => groupRuleFindings(access, 'error'),
};

/** The findings of one severity about the rules of all groups. */
export function groupRuleFindings({ groups }: Access, wanted: 'error' | 'warning'): readonly PlacedFinding[] {
  return Object.entries(groups).flatMap(([name, { rule }]) =>
    rule === undefined
      ? []
      : expressionFindings(rule, 'group rule').flatMap(({ severity, finding }) =>
          severity === wanted ? [{ ...finding, path: pathText(['groups', name, 'rule']) }] : [],
        ),
  );
}
