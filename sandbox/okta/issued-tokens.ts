import { createHash } from 'node:crypto';
import type { Organization } from './organization';
import { TokenStore } from './token-store';

/** A refresh token that can still be used. */
export interface IssuedRefreshToken {
  /** An id in Okta's form. It does not tell the token. */
  readonly id: string;
  readonly serverId: string;
  readonly clientId: string;
  readonly userId: string;
  readonly scopes: readonly string[];
  readonly created: Date;
  readonly expires: Date;
}

/** The browser sessions of the issuer, and the codes and tokens of each of its authorization servers. */
export class IssuedTokens {
  /** All authorization servers share them: a person who signs in to one is signed in to all. */
  readonly sessions: TokenStore;
  private readonly stores = new Map<string, TokenStore>();

  constructor(private readonly organization: Organization) {
    this.sessions = this.newStore();
  }

  /** The codes and tokens of an authorization server. */
  ofServer(serverId: string): TokenStore {
    const store = this.stores.get(serverId) ?? this.newStore();
    this.stores.set(serverId, store);
    return store;
  }

  private newStore(): TokenStore {
    return new TokenStore((clientId) => this.organization.appByClientId(clientId)?.refreshTokenLeeway ?? 0);
  }

  /** Ends the browser sessions of a user. */
  endSessions(userId: string): void {
    this.sessions.endAllOf(userId);
  }

  /** Ends the codes, access tokens, and refresh tokens of a user. ID tokens cannot be ended. */
  endTokens(userId: string): void {
    for (const store of this.stores.values()) store.endAllOf(userId);
  }

  refreshTokens(): readonly IssuedRefreshToken[] {
    return [...this.stores].flatMap(([serverId, store]) =>
      store.valid('RefreshToken').map(([key, payload]) => ({
        id: idOf(key),
        serverId,
        clientId: String(payload.clientId),
        userId: String(payload.accountId),
        scopes: String(payload.scope ?? '').split(' '),
        created: new Date(Number(payload.iat) * 1000),
        expires: new Date(Number(payload.exp) * 1000),
      })),
    );
  }

  /** Ends a refresh token, with the access tokens of its grant. */
  async revoke({ id, serverId }: IssuedRefreshToken): Promise<void> {
    const store = this.ofServer(serverId);
    const [, payload] = store.valid('RefreshToken').find(([key]) => idOf(key) === id) ?? [];
    const grantId = payload?.grantId;
    if (grantId !== undefined) await store.adapter('RefreshToken').revokeByGrantId(grantId);
  }
}

function idOf(key: string): string {
  return `oar${createHash('sha256').update(key).digest('hex').slice(0, 17)}`;
}
