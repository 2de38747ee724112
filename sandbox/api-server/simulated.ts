import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { idTokenVerifier } from '../../authentication/id-token';
import { IssuerKeys } from '../../authentication/token-keys';
import { UnauthorizedError } from '../../authentication/unauthorized-error';
import { type ApiUser, userOfClaims } from '../../authentication/user-of-claims';
import { type AccessRequest, authorizer, type RbacPolicy, type Requester, requestText } from '../../rbac';
import { httpsFetch } from '../https-fetch';
import type { ApiAnswer, ApiServer } from './api-server';

export interface SimulatedApiServerProps {
  readonly authentication: AuthenticationConfig;
  readonly policy: RbacPolicy;
  /** Certificate authority of the issuer, in PEM. */
  readonly caPem: string;
  /**
   * The time in milliseconds since 1970.
   * @default - the time of this machine
   */
  readonly now?: () => number;
}

const ANONYMOUS: ApiUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** Authenticates by ID token and authorizes by RBAC as kube-apiserver does. It does not evaluate guards. */
export function simulatedApiServer({ authentication, policy, caPem, now }: SimulatedApiServerProps): ApiServer {
  const keys = new IssuerKeys(authentication.issuerUrl, httpsFetch(caPem));
  const verify = idTokenVerifier(authentication, keys, now);
  const decide = authorizer(policy);

  async function userOf(token: string): Promise<ApiUser> {
    const user = userOfClaims(await verify(token), authentication);
    return keepsGroups(user) ? user : { ...user, groups: [...user.groups, 'system:authenticated'] };
  }

  function answer(user: ApiUser, request: AccessRequest): ApiAnswer {
    const who: Requester = { user: user.name, groups: user.groups };
    const decision = decide(who, request);
    if (!decision.allowed) {
      return { status: 403, user, reason: `${user.name} is not allowed to ${requestText(request)}` };
    }
    const { subject, role, binding } = decision;
    return { status: 200, user, reason: `${subject} has the ${role.kind} ${role.name} by ${binding.name}` };
  }

  return {
    async ask(text, request) {
      // What follows a space in the header is not part of the token. An empty token is an anonymous request.
      const [token] = text?.split(' ', 1) ?? [];
      if (!token) return answer(ANONYMOUS, request);
      try {
        return answer(await userOf(token), request);
      } catch (error) {
        if (!(error instanceof UnauthorizedError)) throw error;
        return { status: 401, reason: error.message };
      }
    },
  };
}

/** Kubernetes adds `system:authenticated` to all users but those whose token claims to be anonymous or has one of these groups. */
function keepsGroups({ name, groups }: ApiUser): boolean {
  return (
    name === ANONYMOUS.name ||
    groups.some((group) => ['system:authenticated', 'system:unauthenticated'].includes(group))
  );
}
