import type { Access } from '../../model';
import { isOwnClaim, madeClaims, readClaims } from '../../model/derived/token-claims';
import type { AuthorizationServer, Claim } from './objects';
import { Organization } from './organization';

/** The claims that an access file expects in ID tokens but no stack makes, because they are set up in Okta. */
export function assumedClaims(access: ClaimSettings): readonly string[] {
  const made = madeClaims(access);
  return readClaims(access)
    .map(({ claim }) => claim)
    .filter((claim) => !isOwnClaim(claim) && !Object.hasOwn(made, claim));
}

type ClaimSettings = Pick<Access, 'identityProvider' | 'claims'>;

/** An organization with the assumed claims of an access file. */
export class OrganizationWithClaims extends Organization {
  /** @param password the password of all people. */
  constructor(
    password: string,
    private readonly access: ClaimSettings,
  ) {
    super(password);
  }

  override authorizationServers(): readonly AuthorizationServer[] {
    const assumed = assumedClaims(this.access).map(claimNamed);
    return super.authorizationServers().map((server) => ({ ...server, claims: [...server.claims, ...assumed] }));
  }

  override idTokenClaims(request: Parameters<Organization['idTokenClaims']>[0]): Record<string, unknown> {
    const { usernameClaim, requiredClaims } = this.access.identityProvider;
    return {
      // Okta's own claims depend on the requested scopes. A claim of the file has no value for a demo user without the
      // attribute that it reads, which stands for people who have it.
      ...(!isOwnClaim(usernameClaim) && { [usernameClaim]: this.userById(request.userId)?.login }),
      ...requiredClaims,
      ...super.idTokenClaims(request),
    };
  }
}

/** A claim of this name; the issuer uses nothing else of it. */
function claimNamed(name: string): Claim {
  return { name, claimType: 'IDENTITY', filter: 'EQUALS', value: '', alwaysIncludeInToken: true, scopes: [] };
}
