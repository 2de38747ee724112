import type { Check } from '../check';
import { claimExpressionFindings } from './token-claims';

/** Okta documents every part of the expression of a claim for claims. */
export const doubtfulClaims: Check = {
  name: 'doubtful-claims',
  severity: 'warning',
  reason: 'Okta leaves a claim out of the token if its expression has no value, and does not check it before.',
  fix: 'Write the expression with user.*, appuser.*, and documented functions, or try it with Token Preview first.',
  source: 'https://developer.okta.com/docs/reference/okta-expression-language/',
  requires: ['claims'],
  find: (access) => claimExpressionFindings(access, 'warning'),
};
