import { OWN_CLAIMS } from '../../constraints/okta/claim-names';
import { pathText } from '../file/path';
import type { Access } from './access';

/** A claim that the identity provider reads from ID tokens, with its place in the file. */
export interface ReadClaim {
  readonly claim: string;
  readonly path: string;
}

/** The claims, besides the groups, that the identity provider of each cluster reads. */
export function readClaims({ identityProvider }: Pick<Access, 'identityProvider'>): readonly ReadClaim[] {
  const { usernameClaim, requiredClaims = {} } = identityProvider;
  return [
    { claim: usernameClaim, path: 'identityProvider.usernameClaim' },
    ...Object.keys(requiredClaims).map((claim) => ({
      claim,
      path: pathText(['identityProvider', 'requiredClaims', claim]),
    })),
  ];
}

/** The claims that the file makes: expressions by name. */
export function madeClaims({ claims }: Pick<Access, 'claims'>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(claims).flatMap(([name, claim]) => (typeof claim === 'string' ? [[name, claim] as const] : [])),
  );
}

/** Whether a claim is in ID tokens without the file: Okta's own. */
export function isOwnClaim(claim: string): boolean {
  return OWN_CLAIMS.includes(claim);
}
