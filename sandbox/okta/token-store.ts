import type { Adapter, AdapterPayload } from 'oidc-provider';

interface Entry {
  readonly payload: AdapterPayload;
  /** Milliseconds since 1970; undefined if it does not expire. */
  readonly expiresAt?: number;
  /** Time of first use in milliseconds since 1970; undefined if it was not used. */
  usedAt?: number;
}

const SWEEP_EVERY_MS = 60_000;

/** Every authorization request is stored for an hour. The limit keeps requests from filling the memory. */
const MOST_ENTRIES = 10_000;

/** Codes, tokens, grants and sessions of an issuer, in memory only, so that nothing outlives the run. */
export class TokenStore {
  private readonly entries = new Map<string, Entry>();
  private readonly keysOfGrants = new Map<string, Set<string>>();
  private sweptAt = Date.now();

  /** @param leewaySeconds how long a used refresh token of a client is still accepted. */
  constructor(private readonly leewaySeconds: (clientId: string) => number) {}

  /** The adapter for one model of oidc-provider. */
  adapter(model: string): Adapter {
    return {
      upsert: async (id, payload, expiresIn) => this.put(`${model}:${id}`, payload, expiresIn),
      find: async (id) => this.find(`${model}:${id}`),
      findByUid: async (uid) => this.search(model, (payload) => payload.uid === uid),
      findByUserCode: async (userCode) => this.search(model, (payload) => payload.userCode === userCode),
      consume: async (id) => this.use(`${model}:${id}`),
      destroy: async (id) => this.remove(`${model}:${id}`),
      revokeByGrantId: async (grantId) => this.revoke(grantId),
    };
  }

  /** What is stored for a model and has not expired or been used, by id. */
  valid(model: string): readonly (readonly [id: string, payload: AdapterPayload])[] {
    const prefix = `${model}:`;
    return [...this.entries].flatMap(([key, entry]) =>
      key.startsWith(prefix) && !isExpired(entry) && entry.usedAt === undefined
        ? [[key.slice(prefix.length), entry.payload] as const]
        : [],
    );
  }

  /** Ends everything that is stored for a user. */
  endAllOf(userId: string): void {
    for (const [key, { payload }] of this.entries) if (payload.accountId === userId) this.remove(key);
  }

  private put(key: string, payload: AdapterPayload, expiresIn: number | undefined): void {
    this.sweep();
    const expiresAt = expiresIn === undefined ? undefined : Date.now() + expiresIn * 1000;
    this.entries.set(key, { payload, expiresAt, usedAt: this.entries.get(key)?.usedAt });
    const [oldest] = this.entries.keys();
    if (this.entries.size > MOST_ENTRIES) this.remove(oldest as string);
    if (payload.grantId !== undefined) {
      const keys = this.keysOfGrants.get(payload.grantId) ?? new Set();
      this.keysOfGrants.set(payload.grantId, keys.add(key));
    }
  }

  private find(key: string): AdapterPayload | undefined {
    const entry = this.entries.get(key);
    if (entry === undefined || isExpired(entry)) return undefined;
    const { payload, usedAt } = entry;
    return usedAt === undefined || this.isInLeeway(payload, usedAt) ? payload : { ...payload, consumed: true };
  }

  private isInLeeway({ kind, clientId }: AdapterPayload, usedAt: number): boolean {
    return kind === 'RefreshToken' && Date.now() < usedAt + this.leewaySeconds(clientId as string) * 1000;
  }

  /** A linear search is fast enough: a run has few sessions and device codes. */
  private search(model: string, fits: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const [key, entry] of this.entries) {
      if (key.startsWith(`${model}:`) && fits(entry.payload) && !isExpired(entry)) return entry.payload;
    }
    return undefined;
  }

  private use(key: string): void {
    const entry = this.entries.get(key);
    // The leeway starts at the first use. If every use restarted it, it would never end.
    if (entry !== undefined) entry.usedAt ??= Date.now();
  }

  private remove(key: string): void {
    const grantId = this.entries.get(key)?.payload.grantId;
    this.entries.delete(key);
    if (grantId === undefined) return;
    const keys = this.keysOfGrants.get(grantId);
    keys?.delete(key);
    if (keys?.size === 0) this.keysOfGrants.delete(grantId);
  }

  private revoke(grantId: string): void {
    for (const key of this.keysOfGrants.get(grantId) ?? []) this.entries.delete(key);
    this.keysOfGrants.delete(grantId);
  }

  private sweep(): void {
    if (Date.now() < this.sweptAt + SWEEP_EVERY_MS) return;
    this.sweptAt = Date.now();
    for (const [key, entry] of this.entries) if (isExpired(entry)) this.remove(key);
  }
}

function isExpired({ expiresAt }: Entry): boolean {
  return expiresAt !== undefined && expiresAt <= Date.now();
}
