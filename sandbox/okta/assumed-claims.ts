import type { Access } from '../../model';
import type { AuthorizationServer, Claim } from './objects';
import { Organization } from './organization';

/** Claims of Okta's ID tokens that nobody has to make. */
const OWN_CLAIMS = ['sub', 'email', 'name', 'preferred_username'];

/** The names of the claims that an access file expects of ID tokens and no stack makes: somebody makes them in Okta. */
export function claimsMadeElsewhere({ identityProvider }: Pick<Access, 'identityProvider'>): readonly string[] {
  const { usernameClaim, requiredClaims } = identityProvider;
  return [...(OWN_CLAIMS.includes(usernameClaim) ? [] : [usernameClaim]), ...Object.keys(requiredClaims ?? {})];
}

/** An organization in which somebody made the claims that an access file expects and no stack makes. */
export class OrganizationWithClaims extends Organization {
  /** @param password of everyone. */
  constructor(
    password: string,
    private readonly access: Pick<Access, 'identityProvider'>,
  ) {
    super(password);
  }

  override authorizationServers(): readonly AuthorizationServer[] {
    const made = claimsMadeElsewhere(this.access).map(claimNamed);
    return super.authorizationServers().map((server) => ({ ...server, claims: [...server.claims, ...made] }));
  }

  override idTokenClaims(request: Parameters<Organization['idTokenClaims']>[0]): Record<string, unknown> {
    const { usernameClaim, requiredClaims } = this.access.identityProvider;
    return {
      // Okta's own are there only where their scope was asked for.
      ...(!OWN_CLAIMS.includes(usernameClaim) && { [usernameClaim]: this.userById(request.userId)?.login }),
      ...requiredClaims,
      ...super.idTokenClaims(request),
    };
  }
}

/** A claim about no group; only its name matters to the issuer. */
function claimNamed(name: string): Claim {
  return { name, claimType: 'IDENTITY', filter: 'EQUALS', value: '', alwaysIncludeInToken: true, scopes: [] };
}
