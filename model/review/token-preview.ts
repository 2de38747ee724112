/** The ID tokens that Okta would issue to a person, before anybody signs in. */
export interface TokenPreview {
  readonly login: string;
  readonly apps: readonly AppPreview[];
}

/** The ID token for an app. */
export interface AppPreview {
  readonly app: string;
  /** Keys of the clusters that accept it, sorted. */
  readonly clusters: readonly string[];
  /** Scopes of the sign-in. */
  readonly scopes: readonly string[];
  /** Why Okta refuses the sign-in; null if it does not. */
  readonly refused: string | null;
  /** The claims, without those that differ in each token; empty if Okta refuses the sign-in. */
  readonly claims: readonly ClaimPreview[];
  /** The groups with a grant on the clusters, and whether the token has them. */
  readonly groups: readonly GroupPreview[];
}

/** A claim of a token. */
export interface ClaimPreview {
  readonly name: string;
  /** Its value; null if the token does not have it, or if the value is not known here. */
  readonly value: unknown;
  /** Where it comes from, or why it is missing. */
  readonly from: string;
}

/** A group with a grant, and whether a token has it. */
export interface GroupPreview {
  readonly group: string;
  /** Null if it is not known whether the person is a member. */
  readonly inToken: boolean | null;
  /** Why. */
  readonly because: string;
}
