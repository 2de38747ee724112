import type { KoaContextWithOIDC } from 'oidc-provider';
import { TooManyGroupsError } from './id-token-claims';
import type { OidcLibrary } from './oidc-library';
import type { Decision, Organization } from './organization';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';

/** What codes and tokens of oidc-provider say about what they were given for. */
export interface TokenSource {
  readonly kind?: string;
  /** The grants that led to a token, such as `authorization_code refresh_token`. */
  readonly gty?: string;
  readonly clientId?: string;
  readonly accountId?: string;
  readonly scope?: string;
}

/** Asks the organization on behalf of one authorization server, and refuses in its words. */
export class Decisions {
  constructor(
    private readonly organization: Organization,
    private readonly serverId: string,
    private readonly library: OidcLibrary,
  ) {}

  /** Whether a person may have what a code or token stands for: as things are now, not as they were. */
  about({ kind, gty, clientId = '', accountId, scope }: TokenSource): Decision {
    // A refresh token is had by the grant that it came from: it is no grant of a rule.
    const device = kind === 'DeviceCode' || gty?.startsWith('device_code') === true;
    return this.organization.authorize({
      serverId: this.serverId,
      clientId,
      userId: accountId,
      scopes: scopesOf(scope),
      grantType: device ? DEVICE_GRANT : 'authorization_code',
    });
  }

  /** Fails unless a person may have what a code or token stands for. */
  require(source: TokenSource): void {
    this.refuse(this.about(source));
  }

  /** Fails unless a request is one that somebody may be signed in for. */
  requireRequest(ctx: KoaContextWithOIDC): void {
    const device = ctx.oidc.route === 'device_authorization';
    const asked = device ? ctx.oidc.body : ctx.query;
    const scope = textOf(asked?.scope);
    this.refuse(
      this.organization.authorize({
        serverId: this.serverId,
        clientId: ctx.oidc.client?.clientId ?? '',
        scopes: scopesOf(scope),
        grantType: device ? DEVICE_GRANT : 'authorization_code',
        ...(!device && {
          redirectUri: textOf(asked?.redirect_uri),
          codeChallengeMethod: textOf(asked?.code_challenge_method),
        }),
      }),
    );
    // The library drops offline_access unless the person is asked for consent; Okta does not ask.
    if (ctx.oidc.params !== undefined) ctx.oidc.params.scope = scope;
  }

  /** What the ID token says about a person; fails as Okta does where there is too much to say. */
  claims(userId: string, clientId: string, scope: string): { sub: string } {
    try {
      const scopes = scopesOf(scope);
      return { ...this.organization.idTokenClaims({ serverId: this.serverId, clientId, userId, scopes }), sub: userId };
    } catch (error) {
      if (!(error instanceof TooManyGroupsError)) throw error;
      throw new this.library.errors.CustomOIDCProviderError(error.error, error.message);
    }
  }

  private refuse(decision: Decision): void {
    if (!decision.ok) throw new this.library.errors.CustomOIDCProviderError(decision.error, decision.description);
  }
}

function scopesOf(scope = ''): readonly string[] {
  return scope.split(' ').filter((name) => name !== '');
}

/** A parameter that is given once. */
export function textOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter : undefined;
}
