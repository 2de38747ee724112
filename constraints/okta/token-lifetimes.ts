import { type Finding, shown } from '../finding';

/** How long tokens live. Set both lifetimes of refresh tokens, or neither. */
export interface TokenLifetimes {
  /** Minutes until an access token expires, 5 to 1440. @default 60 */
  readonly accessTokenMinutes?: number;
  /** Minutes until a refresh token expires if it is not used, 10 to 2628000. @default - no refresh tokens */
  readonly refreshIdleMinutes?: number;
  /** Minutes until a refresh token expires, used or not. @default - no refresh tokens */
  readonly refreshLifetimeMinutes?: number;
}

const MAX_IDLE_MINUTES = 2_628_000;

/**
 * Checks the lifetimes of tokens, which Okta would refuse only when they are applied.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerRules/
 */
export function tokenLifetimeFinding(lifetimes: TokenLifetimes): Finding | undefined {
  const { accessTokenMinutes: access = 60, refreshIdleMinutes: idle, refreshLifetimeMinutes: lifetime } = lifetimes;
  if (!isWhole(access, 5, 1440)) {
    return {
      message: 'Okta refuses this access token lifetime.',
      given: `${shown(access)} minutes`,
      allowed: '5 to 1440 whole minutes',
      fix: 'Omit it for 60 minutes, the default.',
    };
  }
  if (idle === undefined && lifetime === undefined) return undefined;
  if (idle === undefined || lifetime === undefined) {
    return {
      message: "With only one of a refresh token's lifetime and idle time, Okta chooses the other.",
      given: idle === undefined ? 'only a lifetime' : 'only an idle time',
      allowed: 'both or neither',
      fix: 'Set both.',
    };
  }
  if (isWhole(lifetime, idle) && isWhole(idle, Math.max(10, access), MAX_IDLE_MINUTES)) return undefined;
  return {
    message: "A refresh token's idle time must be between the access token's lifetime and its own.",
    given: `an access token of ${access}, an idle time of ${idle} and a lifetime of ${lifetime} minutes`,
    allowed: `whole minutes, access token <= idle time <= lifetime, an idle time of 10 to ${MAX_IDLE_MINUTES}`,
    fix: 'Raise the idle time or the lifetime, or shorten the access token.',
  };
}

function isWhole(minutes: number, min: number, max = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isInteger(minutes) && minutes >= min && minutes <= max;
}
