import type { Access } from '../../model';
import type { AuthorizationServer, Claim } from './objects';
import { Organization } from './organization';

/** Claims that Okta puts into ID tokens itself. */
const OWN_CLAIMS = ['sub', 'email', 'name', 'preferred_username'];

/** The claims that an access file expects in ID tokens but no stack makes, because they are set up in Okta. */
export function assumedClaims({ identityProvider }: Pick<Access, 'identityProvider'>): readonly string[] {
  const { usernameClaim, requiredClaims } = identityProvider;
  return [...(OWN_CLAIMS.includes(usernameClaim) ? [] : [usernameClaim]), ...Object.keys(requiredClaims ?? {})];
}

/** An organization with the assumed claims of an access file. */
export class OrganizationWithClaims extends Organization {
  /** @param password the password of all people. */
  constructor(
    password: string,
    private readonly access: Pick<Access, 'identityProvider'>,
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
      // Okta's own claims depend on the requested scopes.
      ...(!OWN_CLAIMS.includes(usernameClaim) && { [usernameClaim]: this.userById(request.userId)?.login }),
      ...requiredClaims,
      ...super.idTokenClaims(request),
    };
  }
}

/** A claim of this name; the issuer uses nothing else of it. */
function claimNamed(name: string): Claim {
  return { name, claimType: 'IDENTITY', filter: 'EQUALS', value: '', alwaysIncludeInToken: true, scopes: [] };
}
