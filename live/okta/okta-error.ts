import { AccessError } from '../../constraints/access-error';

/** Why Okta gave no answer to use. */
export type OktaErrorKind =
  /** No connection, no answer in time, or an error of Okta itself. */
  | 'unreachable'
  /** The TLS certificate is not trusted, or is for another host. */
  | 'certificate'
  /** The credentials are wrong, expired, or revoked. */
  | 'unauthorized'
  /** The credentials are right, and a scope, an admin role, or a licence is missing. */
  | 'forbidden'
  /** Too many requests, and the limit is reset too late to wait for it. */
  | 'rate-limited'
  /** The answer is not one of Okta's API. */
  | 'malformed'
  | 'not-found'
  /** Okta refused the request for another reason, which the message says. */
  | 'refused';

/** A call of Okta's API that failed. Its message is for users, and contains no credentials. */
export class OktaError extends AccessError {
  constructor(
    readonly kind: OktaErrorKind,
    message: string,
  ) {
    super(message);
  }
}
