import { tokenLifetimeFinding } from '../../../constraints/okta/token-lifetimes';
import type { Check } from '../check';

/** The lifetimes of tokens are consistent. */
export const tokenLifetimes: Check = {
  name: 'token-lifetimes',
  severity: 'error',
  reason:
    'Okta refuses a policy rule if the access token outlives the idle time, or the idle time outlives the refresh token.',
  fix: 'Keep accessTokenMinutes <= refresh.idle <= refresh.lifetime.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerRules/',
  requires: ['signIn'],
  find: ({ signIn: { refresh, accessTokenMinutes } }) => {
    const finding = tokenLifetimeFinding({
      accessTokenMinutes,
      refreshIdleMinutes: refresh?.idle,
      refreshLifetimeMinutes: refresh?.lifetime,
    });
    return finding === undefined ? [] : [{ ...finding, path: 'signIn.refresh' }];
  },
};
