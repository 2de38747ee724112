import type { AccessRule, App, AuthorizationServer, Group, User } from './objects';

/** A request for tokens to an authorization server. */
export interface AuthorizationRequest {
  readonly serverId: string;
  readonly clientId: string;
  /** @default - nobody has signed in yet, so assignments and policies are not evaluated */
  readonly userId?: string;
  /** @default - the request has no redirect, as for a refresh */
  readonly redirectUri?: string;
  readonly scopes: readonly string[];
  readonly grantType: string;
  /** @default - no PKCE */
  readonly codeChallengeMethod?: string;
}

/** Okta's answer to a request for tokens. */
export type AuthorizationResult =
  | {
      readonly ok: true;
      /** Name of the matching rule; undefined if nobody has signed in yet. */
      readonly rule?: string;
      readonly accessTokenMinutes: number;
      /** 0 for unlimited; undefined if there is no refresh token. */
      readonly refreshLifetimeMinutes?: number;
      readonly refreshIdleMinutes?: number;
    }
  | Refusal;

/** The OAuth error that Okta returns. */
export interface Refusal {
  readonly ok: false;
  readonly error: 'invalid_scope' | 'access_denied' | 'invalid_request' | 'unauthorized_client' | 'invalid_client';
  readonly description: string;
}

/** The objects that a request refers to. */
export interface AuthorizationContext {
  readonly server: AuthorizationServer;
  readonly app: App | undefined;
  readonly user?: { readonly user: User; readonly groups: readonly Group[]; readonly assigned: boolean };
}

const CODE_GRANT = 'authorization_code';
const REFRESH_GRANT = 'refresh_token';

/**
 * Evaluates a request in Okta's order: client, redirect URI, grant type, PKCE, scopes, then the user's assignment and the policies.
 * @see https://developer.okta.com/docs/api/openapi/okta-oauth/guides/client-auth/
 * @see https://help.okta.com/en-us/content/topics/security/api-config-access-policies.htm
 */
export function authorize(
  request: AuthorizationRequest,
  { server, app, user }: AuthorizationContext,
): AuthorizationResult {
  if (app === undefined) return refused('invalid_client', "Invalid value for 'client_id' parameter.");
  const refusal =
    redirectRefusal(request, app) ??
    grantRefusal(request, app) ??
    pkceRefusal(request, app) ??
    scopeRefusal(request, server);
  if (refusal !== undefined) return refusal;
  if (request.userId === undefined) return { ok: true, accessTokenMinutes: 60 };

  if (user === undefined || user.user.status !== 'ACTIVE' || !user.assigned) {
    return refused('access_denied', 'User is not assigned to the client application.');
  }
  const rule = ruleFor(request, server, user);
  if (rule === undefined) {
    return refused(
      'access_denied',
      'Policy evaluation failed for this request, please check the policy configurations.',
    );
  }
  return {
    ok: true,
    rule: rule.name,
    accessTokenMinutes: rule.accessTokenMinutes,
    ...(app.grantTypes.includes(REFRESH_GRANT) &&
      request.scopes.includes('offline_access') && {
        refreshLifetimeMinutes: rule.refreshLifetimeMinutes,
        refreshIdleMinutes: rule.refreshIdleMinutes,
      }),
  };
}

/** The first matching rule of the first policy for the app. Okta does not evaluate later policies. */
function ruleFor(
  { clientId, grantType, scopes }: AuthorizationRequest,
  { policies }: AuthorizationServer,
  { user, groups }: { readonly user: User; readonly groups: readonly Group[] },
): AccessRule | undefined {
  const policy = policies.find(
    ({ status, clients }) => status === 'ACTIVE' && (clients.includes('ALL_CLIENTS') || clients.includes(clientId)),
  );
  const isMember = (ids: readonly string[]) => groups.some(({ id }) => ids.includes(id));
  return policy?.rules.find(
    (rule) =>
      rule.status === 'ACTIVE' &&
      // Rules do not list refresh_token: a refresh continues the grant that the tokens came from.
      (grantType === REFRESH_GRANT || rule.grantTypes.includes(grantType)) &&
      (rule.groups.includes('EVERYONE') || isMember(rule.groups) || rule.users.includes(user.id)) &&
      !isMember(rule.excludedGroups) &&
      !rule.excludedUsers.includes(user.id) &&
      (rule.scopes.includes('*') || scopes.every((scope) => rule.scopes.includes(scope))),
  );
}

function redirectRefusal({ redirectUri }: AuthorizationRequest, { redirectUris }: App): Refusal | undefined {
  if (redirectUri === undefined || redirectUris.includes(redirectUri)) return undefined;
  return refused(
    'invalid_request',
    "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
  );
}

function grantRefusal({ grantType }: AuthorizationRequest, { grantTypes }: App): Refusal | undefined {
  if (grantTypes.includes(grantType)) return undefined;
  return refused(
    'unauthorized_client',
    `The client is not authorized to use the provided grant type. Configured grant types: [${grantTypes.join(', ')}].`,
  );
}

function pkceRefusal(
  { grantType, redirectUri, codeChallengeMethod }: AuthorizationRequest,
  { pkceRequired, tokenEndpointAuthMethod }: App,
): Refusal | undefined {
  if (grantType !== CODE_GRANT || redirectUri === undefined) return undefined;
  if (codeChallengeMethod === undefined) {
    if (!pkceRequired) return undefined;
    return refused(
      'invalid_request',
      tokenEndpointAuthMethod === 'none'
        ? "PKCE code challenge is required when the token endpoint authentication method is 'NONE'."
        : 'PKCE code challenge is required by the application.',
    );
  }
  if (codeChallengeMethod === 'S256') return undefined;
  return refused('invalid_request', "The 'code_challenge_method' parameter must be S256.");
}

function scopeRefusal({ scopes }: AuthorizationRequest, server: AuthorizationServer): Refusal | undefined {
  if (scopes.every((scope) => server.scopes.some(({ name }) => name === scope))) return undefined;
  return refused('invalid_scope', 'One or more scopes are not configured for the authorization server resource.');
}

function refused(error: Refusal['error'], description: string): Refusal {
  return { ok: false, error, description };
}
