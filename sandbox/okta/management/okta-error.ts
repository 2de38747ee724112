import { randomBytes } from 'node:crypto';

/** An error of the management API in Okta's form. */
export class OktaError extends Error {
  override readonly name = 'OktaError';

  /**
   * @param status the HTTP status.
   * @param code Okta's code, such as `E0000007`.
   * @param summary the sentence of the code.
   * @param causes what is wrong in detail.
   */
  constructor(
    readonly status: number,
    readonly code: string,
    summary: string,
    readonly causes: readonly string[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(summary);
  }

  get body(): unknown {
    return {
      errorCode: this.code,
      errorSummary: this.message,
      errorLink: this.code,
      errorId: `oae${randomBytes(13).toString('base64url')}`,
      errorCauses: this.causes.map((errorSummary) => ({ errorSummary })),
    };
  }
}

/** The request has a wrong value. @param field where the value is. */
export function invalid(field: string, ...causes: readonly string[]): OktaError {
  return new OktaError(
    400,
    'E0000001',
    `Api validation failed: ${field}`,
    causes.map((cause) => `${field}: ${cause}`),
  );
}

export const ALREADY_EXISTS = 'An object with this field already exists in the current organization';
export const BLANK = 'The field cannot be left blank';

/** There is no such object. @param kind Okta's name of the kind, such as `UserGroup`. */
export function notFound(name: string, kind: string): OktaError {
  return new OktaError(404, 'E0000007', `Not found: Resource not found: ${name} (${kind})`);
}

/** The caller may not do this. */
export function forbidden(headers: Readonly<Record<string, string>> = {}): OktaError {
  return new OktaError(403, 'E0000006', 'You do not have permission to perform the requested action', [], headers);
}

/** Nobody may do this as long as the object is as it is. */
export function notAllowedNow(summary: string): OktaError {
  return new OktaError(403, 'E0000006', summary);
}
