import type { AccessRequest } from '../../rbac';

/** A Kubernetes API server that knows who somebody is by their ID token, and what they may do. */
export interface ApiServer {
  /**
   * Asks for something on behalf of whoever has the token.
   * @param token an ID token; undefined for nobody in particular.
   */
  ask(token: string | undefined, request: AccessRequest): Promise<Answer>;
}

/** What the API server answers. */
export interface Answer {
  /** 401: it does not know who this is. 403: it knows, and refuses. */
  readonly status: 200 | 401 | 403;
  /** Who it takes this for; undefined with 401. */
  readonly user?: ApiUser;
  readonly reason: string;
}

/** A user as Kubernetes sees them, with prefixes. */
export interface ApiUser {
  readonly name: string;
  readonly groups: readonly string[];
}
