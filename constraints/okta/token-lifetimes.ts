import { type Finding, shown } from '../finding';

/** How long tokens live, in minutes; a refresh token has both of its lifetimes or none. */
export interface TokenLifetimes {
  /** @default 60 */
  readonly accessTokenMinutes?: number;
  /** After which a refresh token that is not used ends. */
  readonly refreshIdleMinutes?: number;
  /** After which a refresh token ends, used or not. */
  readonly refreshLifetimeMinutes?: number;
}

const MOST_IDLE_MINUTES = 2_628_000;

/**
 * What is wrong with the lifetimes of tokens, which Okta would only say when they are applied.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerRules/
 */
export function tokenLifetimeFinding(lifetimes: TokenLifetimes): Finding | undefined {
  const { accessTokenMinutes: access = 60, refreshIdleMinutes: idle, refreshLifetimeMinutes: lifetime } = lifetimes;
  if (!isWhole(access, 5, 1440)) {
    return {
      message: 'Okta refuses this lifetime of an access token.',
      given: `${shown(access)} minutes`,
      allowed: '5 to 1440 whole minutes',
      fix: 'Leave it out for 60 minutes.',
    };
  }
  if (idle === undefined && lifetime === undefined) return undefined;
  if (idle === undefined || lifetime === undefined) {
    return {
      message: "A refresh token's lifetime without its idle time, or the other way round, lets Okta choose the rest.",
      given: idle === undefined ? 'a lifetime alone' : 'an idle time alone',
      allowed: 'both or none',
      fix: 'Set both.',
    };
  }
  if (isWhole(lifetime, idle) && isWhole(idle, Math.max(10, access), MOST_IDLE_MINUTES)) return undefined;
  return {
    message: "A refresh token's idle time has to lie between the access token's lifetime and its own.",
    given: `an access token of ${access}, an idle time of ${idle} and a lifetime of ${lifetime} minutes`,
    allowed: `whole minutes, access token <= idle time <= lifetime, an idle time of 10 to ${MOST_IDLE_MINUTES}`,
    fix: 'Raise the idle time or the lifetime, or shorten the access token.',
  };
}

function isWhole(minutes: number, least: number, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(minutes) && minutes >= least && minutes <= most;
}
