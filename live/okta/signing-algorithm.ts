import type { KeyObject } from 'node:crypto';

/** The algorithms of the elliptic curves that Okta accepts. */
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'ES256', secp384r1: 'ES384', secp521r1: 'ES512' };

/** The algorithm with which a service app signs; undefined for a key that Okta does not accept. */
export function signingAlgorithm({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): string | undefined {
  return asymmetricKeyType === 'rsa' ? 'RS256' : CURVES[asymmetricKeyDetails?.namedCurve ?? ''];
}
