import type { Check } from '../check';
import { groupRuleFindings } from './group-rules';

/** Okta documents every part of a rule for group rules. */
export const doubtfulGroupRules: Check = {
  name: 'doubtful-group-rules',
  severity: 'warning',
  reason:
    'Okta documents parts of its language for claims, mappings, or Identity Engine only. In a group rule, it may refuse them, or select other users.',
  fix: 'Write the rule with user.*, String.*, Arrays.*, and isMemberOf…, or try it in Okta first.',
  source: 'https://developer.okta.com/docs/reference/okta-expression-language/#conditional-expressions',
  requires: ['groups'],
  find: (access) => groupRuleFindings(access, 'warning'),
};
