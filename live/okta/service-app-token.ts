import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { ServiceApp } from './okta-credentials';

/** An access token of the organization. */
export interface ServiceAppToken {
  readonly token: string;
  readonly scopes: readonly string[];
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** What the token endpoint answers. @see https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/ */
export const TOKEN_ANSWER = z.object({
  access_token: z.string().min(1),
  expires_in: z.number(),
  scope: z.string(),
});

/** Seconds for which the assertion of the app is valid: Okta allows an hour at most. */
const ASSERTION_SECONDS = 300;

/** The form with which a service app asks the token endpoint for an access token. */
export async function tokenRequest(app: ServiceApp, tokenUrl: string): Promise<URLSearchParams> {
  // Loaded here: most people have an API token.
  const { SignJWT } = require('jose') as typeof import('jose');
  const now = Math.floor(Date.now() / 1000);
  const assertion = await new SignJWT()
    .setProtectedHeader({ alg: algorithmOf(app), ...(app.keyId !== undefined && { kid: app.keyId }) })
    .setIssuer(app.clientId)
    .setSubject(app.clientId)
    .setAudience(tokenUrl)
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_SECONDS)
    .setJti(randomUUID())
    .sign(app.privateKey);
  return new URLSearchParams({
    grant_type: 'client_credentials',
    scope: app.scopes.join(' '),
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  });
}

/** The algorithms of the elliptic curves that Okta accepts. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

function algorithmOf({ privateKey }: ServiceApp): string {
  return CURVES[privateKey.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'RS256';
}
