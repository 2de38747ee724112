import { randomBytes } from 'node:crypto';

/** A secret that nobody can guess, in characters that are safe in every header and file. */
export function randomToken(): string {
  return randomBytes(32).toString('base64url');
}
