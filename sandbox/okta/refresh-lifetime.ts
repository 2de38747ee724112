import type { Decision } from './organization';

const MINUTE = 60;
/** Okta ends a refresh token that has no end of its own by its idle window; a run is shorter than either. */
const UNLIMITED = 365 * 24 * 60 * MINUTE;

/**
 * Seconds until a refresh token ends: when it was idle for too long, or when its family is too old.
 * @param familySince when the first token of its family was given out, in seconds since 1970.
 */
export function refreshSeconds(decision: Decision, familySince: number): number {
  // Refused when it is used.
  if (!decision.ok) return MINUTE;
  const { refreshLifetimeMinutes, refreshIdleMinutes } = decision;
  const idle = refreshIdleMinutes ? refreshIdleMinutes * MINUTE : UNLIMITED;
  const left = refreshLifetimeMinutes ? familySince + refreshLifetimeMinutes * MINUTE - nowSeconds() : UNLIMITED;
  return Math.max(1, Math.min(idle, left));
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
