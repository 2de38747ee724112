import type { AuthorizationResult } from './organization';

const MINUTE = 60;
/** A year stands for unlimited: the sandbox never runs that long. */
const UNLIMITED = 365 * 24 * 60 * MINUTE;

/**
 * Seconds until a refresh token expires: after its idle window, or at the end of its family's lifetime.
 * @param familySince when the first token of the family was issued, in seconds since 1970.
 */
export function refreshSeconds(result: AuthorizationResult, familySince: number): number {
  // The token is refused when it is used.
  if (!result.ok) return MINUTE;
  const { refreshLifetimeMinutes, refreshIdleMinutes } = result;
  const idle = refreshIdleMinutes ? refreshIdleMinutes * MINUTE : UNLIMITED;
  const left = refreshLifetimeMinutes ? familySince + refreshLifetimeMinutes * MINUTE - nowSeconds() : UNLIMITED;
  return Math.max(1, Math.min(idle, left));
}

export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
