import type { ApiUser } from '../../authentication/user-of-claims';
import type { AccessRequest } from '../../rbac';

/** A Kubernetes API server that authenticates by ID token and authorizes by RBAC. */
export interface ApiServer {
  /**
   * Checks a request without executing it.
   * @param token an ID token; undefined for an anonymous request.
   */
  ask(token: string | undefined, request: AccessRequest): Promise<ApiAnswer>;
}

/** The answer of an API server. */
export interface ApiAnswer {
  /** 200: allowed. 401: not authenticated. 403: not allowed. */
  readonly status: 200 | 401 | 403;
  /** The user of the request; undefined with 401. */
  readonly user?: ApiUser;
  readonly reason: string;
}
