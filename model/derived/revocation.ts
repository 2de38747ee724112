const MINUTES = 60;

/**
 * How long a user who is removed in Okta keeps access at most: the lifetime of an ID token, because the API server does
 * not ask Okta while a token is valid. No rule of a custom authorization server changes this lifetime, and Okta issues
 * no new token to a removed user.
 * @see https://support.okta.com/help/s/article/What-is-the-lifetime-of-the-JWT-tokens
 */
export const WORST_CASE_REVOCATION = {
  minutes: MINUTES,
  text:
    `A user who is removed in Okta loses access within ${MINUTES} minutes, when their last ID token expires. ` +
    'Sessions that are open then (exec, attach, port-forward, watch) continue until they are closed.',
} as const;
