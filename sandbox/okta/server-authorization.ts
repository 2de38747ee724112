import type { KoaContextWithOIDC } from 'oidc-provider';
import { TooManyGroupsError } from './id-token-claims';
import type { OidcLibrary } from './oidc-library';
import type { AuthorizationResult, Organization } from './organization';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** What a code or token of oidc-provider records about its grant. */
export interface TokenSource {
  readonly kind?: string;
  /** The grant types that led to the token, such as `authorization_code refresh_token`. */
  readonly gty?: string;
  readonly clientId?: string;
  readonly accountId?: string;
  readonly scope?: string;
}

/** Evaluates requests to one authorization server, and refuses with Okta's errors. */
export class ServerAuthorization {
  constructor(
    private readonly organization: Organization,
    private readonly serverId: string,
    private readonly library: OidcLibrary,
  ) {}

  /** Evaluates a code or token again, with the assignments and policies of now. */
  resultFor({ kind, gty, clientId = '', accountId, scope }: TokenSource): AuthorizationResult {
    // A refresh token is evaluated with the grant type that it came from: rules do not list refresh_token.
    const device = kind === 'DeviceCode' || gty?.startsWith('device_code') === true;
    return this.organization.authorize({
      serverId: this.serverId,
      clientId,
      userId: accountId,
      scopes: scopesOf(scope),
      grantType: device ? DEVICE_GRANT : 'authorization_code',
    });
  }

  /** Fails if the person may no longer have a code or token. */
  require(source: TokenSource): void {
    this.throwRefusal(this.resultFor(source));
  }

  /** Fails if nobody may sign in with a request. */
  requireRequest(ctx: KoaContextWithOIDC): void {
    const device = ctx.oidc.route === 'device_authorization';
    const parameters = device ? ctx.oidc.body : ctx.query;
    const scope = textOf(parameters?.scope);
    this.throwRefusal(
      this.organization.authorize({
        serverId: this.serverId,
        clientId: ctx.oidc.client?.clientId ?? '',
        scopes: scopesOf(scope),
        grantType: device ? DEVICE_GRANT : 'authorization_code',
        ...(!device && {
          redirectUri: textOf(parameters?.redirect_uri),
          codeChallengeMethod: textOf(parameters?.code_challenge_method),
        }),
      }),
    );
    // The library drops offline_access unless the person is asked for consent, which Okta does not do.
    if (ctx.oidc.params !== undefined) ctx.oidc.params.scope = scope;
  }

  /** The claims about a person in the ID token; fails as Okta does when there are too many groups. */
  claims(userId: string, clientId: string, scope: string): { sub: string } {
    try {
      const scopes = scopesOf(scope);
      return { ...this.organization.idTokenClaims({ serverId: this.serverId, clientId, userId, scopes }), sub: userId };
    } catch (error) {
      if (!(error instanceof TooManyGroupsError)) throw error;
      throw new this.library.errors.CustomOIDCProviderError(error.error, error.message);
    }
  }

  private throwRefusal(result: AuthorizationResult): void {
    if (!result.ok) throw new this.library.errors.CustomOIDCProviderError(result.error, result.description);
  }
}

function scopesOf(scope = ''): readonly string[] {
  return scope.split(' ').filter((name) => name !== '');
}

/** The value of a parameter; undefined unless it is given exactly once. */
export function textOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
