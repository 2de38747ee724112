/** A call of Okta's API. */
export interface OktaCall {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** The path with its query. */
  readonly path: string;
  /** What the caller needs for it, in words, such as `the scope okta.users.read`. */
  readonly needs: string;
}
