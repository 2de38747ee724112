import { OWN_CLAIMS } from '../../constraints/okta/claim-names';
import { pathInside } from '../file/path';
import type { Access } from './access';
import { usedIdentityProviders } from './identity-providers';

/** A claim that the identity provider reads from ID tokens, with its place in the file. */
export interface ReadClaim {
  readonly claim: string;
  readonly path: string;
  /** The text that it must have; undefined for the claim with the user name. */
  readonly required?: string;
}

/** The claims, besides the groups, that the identity providers of the clusters read, each place once. */
export function readClaims(access: Pick<Access, 'identityProvider' | 'clusters'>): readonly ReadClaim[] {
  const read = usedIdentityProviders(access).flatMap(({ identityProvider, pathOf }): readonly ReadClaim[] => {
    const { usernameClaim, requiredClaims = {} } = identityProvider;
    return [
      { claim: usernameClaim, path: pathOf('usernameClaim') },
      ...Object.entries(requiredClaims).map(([claim, required]) => ({
        claim,
        path: pathInside(pathOf('requiredClaims'), claim),
        required,
      })),
    ];
  });
  return [...new Map(read.map((claim) => [claim.path, claim])).values()];
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
