import type { Access } from '../../model';
import { type IdentityProvider, usedIdentityProviders } from '../../model/derived/identity-providers';
import { isOwnClaim, madeClaims, readClaims } from '../../model/derived/token-claims';
import type { AuthorizationServer, Claim } from './objects';
import { Organization } from './organization';

/** The claims that an access file expects in ID tokens but no stack makes, because they are set up in Okta. */
export function assumedClaims(access: ClaimSettings): readonly string[] {
  const made = madeClaims(access);
  const names = readClaims(access)
    .map(({ claim }) => claim)
    .filter((claim) => !isOwnClaim(claim) && !Object.hasOwn(made, claim));
  return [...new Set(names)];
}

type ClaimSettings = Pick<Access, 'identityProvider' | 'claims' | 'clusters'>;

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
    const login = this.userById(request.userId)?.login;
    const assumed = this.providersOf(request.clientId).map(({ usernameClaim, requiredClaims }) => ({
      // Okta's own claims depend on the requested scopes. A claim of the file has no value for a demo user without the
      // attribute that it reads, which stands for people who have it.
      ...(!isOwnClaim(usernameClaim) && { [usernameClaim]: login }),
      ...requiredClaims,
    }));
    return Object.assign({}, ...assumed, super.idTokenClaims(request)) as Record<string, unknown>;
  }

  /** The identity providers of the clusters that trust an app. */
  private providersOf(clientId: string): readonly IdentityProvider[] {
    const label = this.allApps().find(({ id }) => id === clientId)?.label;
    return usedIdentityProviders(this.access).flatMap(({ clusters, identityProvider }) =>
      label === undefined || clusters.length === 0 || clusters.some(({ app }) => app === label)
        ? [identityProvider]
        : [],
    );
  }
}

/** A claim of this name; the issuer uses nothing else of it. */
function claimNamed(name: string): Claim {
  return {
    id: name,
    status: 'ACTIVE',
    name,
    claimType: 'IDENTITY',
    filter: 'EQUALS',
    value: '',
    alwaysIncludeInToken: true,
    scopes: [],
  };
}
