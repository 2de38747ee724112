import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { clientAdapter } from './client-adapter';
import { ACTIVATE_PATH, DEVICE_FLOW } from './device-flow';
import { errorPage } from './message-page';
import type { OidcLibrary } from './oidc-library';
import { pageErrorInOktasWords } from './okta-words';
import type { AuthorizationServer, Organization } from './organization';
import { nowSeconds, refreshSeconds } from './refresh-lifetime';
import { ServerAuthorization, type TokenSource, textOf } from './server-authorization';
import { showPage } from './show-page';
import { signInUrl } from './sign-in';
import type { TokenStore } from './token-store';

/** Browsers share cookies between ports, so the name must differ from those of other programs on this machine. */
export const SESSION_COOKIE = 'okta_stand_in_session';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Claims that every authorization server supports, in addition to its own. */
const CLAIMS = [
  'sub',
  'auth_time',
  'amr',
  'jti',
  'ver',
  'email',
  'email_verified',
  'name',
  'preferred_username',
  'given_name',
  'family_name',
  'locale',
  'zoneinfo',
];

export interface ProviderConfigurationProps {
  readonly library: OidcLibrary;
  readonly organization: Organization;
  readonly server: AuthorizationServer;
  /** The private key that signs the tokens of the server. */
  readonly key: JWK;
  readonly tokens: TokenStore;
  /** Shared by all authorization servers: a person who signs in to one is signed in to all. */
  readonly sessions: TokenStore;
}

/** Configures oidc-provider to behave like an Okta authorization server. The organization authorizes every request. */
export function providerConfiguration(props: ProviderConfigurationProps): Configuration {
  const { library, organization, server, key, tokens, sessions } = props;
  const authorization = new ServerAuthorization(organization, server.id, library);
  return {
    adapter: (model: string) => {
      if (model === 'Client') return clientAdapter(organization);
      return (model === 'Session' ? sessions : tokens).adapter(model);
    },
    jwks: { keys: [key] },
    routes: {
      authorization: '/v1/authorize',
      token: '/v1/token',
      jwks: '/v1/keys',
      userinfo: '/v1/userinfo',
      revocation: '/v1/revoke',
      device_authorization: '/v1/device/authorize',
      code_verification: ACTIVATE_PATH,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      deviceFlow: DEVICE_FLOW,
    },
    responseTypes: ['code'],
    scopes: server.scopes.map(({ name }) => name),
    // The organization decides which claims a token has; the library passes only these names.
    claims: { openid: [...CLAIMS, ...server.claims.map(({ name }) => name)] },
    clientAuthMethods: ['none'],
    // The organization refuses requests without PKCE, with Okta's error.
    pkce: { required: () => false },
    cookies: {
      names: { session: SESSION_COOKIE, interaction: 'okta_stand_in_sign_in', resume: 'okta_stand_in_resume' },
    },
    interactions: {
      policy: signInThenPolicy(library, authorization),
      url: (_ctx, { uid }) => signInUrl(server.id, uid),
    },
    // The library calls this for every request, after its own checks, even without the parameter. `idp` is an Okta parameter that
    // the sandbox otherwise ignores.
    extraParams: { idp: (ctx) => authorization.requireRequest(ctx) },
    loadExistingGrant: newGrant,
    findAccount(ctx, userId, token) {
      if (organization.userById(userId)?.status !== 'ACTIVE') return undefined;
      // A person who was removed after the sign-in gets no tokens for a code or refresh token.
      if (ctx.oidc.route === 'token' && token !== undefined) authorization.require(token as TokenSource);
      return {
        accountId: userId,
        claims: (use, scope) => ({
          ...authorization.claims(userId, ctx.oidc.client?.clientId ?? '', scope),
          // Without jti, two tokens issued in the same second would be identical.
          ...(use === 'id_token' && { jti: `ID.${randomUUID()}`, ver: 1 }),
        }),
      };
    },
    // The tokens of kubectl outlive the browser session.
    expiresWithSession: () => false,
    async rotateRefreshToken(ctx) {
      const token = ctx.oidc.entities.RefreshToken as unknown as StoredRefreshToken;
      if (organization.appByClientId(token.clientId)?.refreshTokenRotation === 'ROTATE') return true;
      // Without rotation, the idle window starts again at every use.
      token.exp = nowSeconds() + refreshSeconds(authorization.resultFor(token), token.iiat);
      await token.save();
      return false;
    },
    ttl: {
      AccessToken(_ctx, token) {
        const result = authorization.resultFor(token as TokenSource);
        return result.ok ? result.accessTokenMinutes * MINUTE : MINUTE;
      },
      RefreshToken(_ctx, token) {
        const { iiat, ...source } = token as unknown as StoredRefreshToken;
        return refreshSeconds(authorization.resultFor({ ...source, kind: 'RefreshToken' }), iiat);
      },
      AuthorizationCode: 5 * MINUTE,
      DeviceCode: 10 * MINUTE,
      // Policy rules cannot change the lifetime of ID tokens.
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 2 * HOUR,
      // Longer than any refresh token of the grant.
      Grant: 366 * 24 * HOUR,
    },
    renderError(ctx, { error, error_description: description = '' }) {
      showPage(ctx, errorPage(pageErrorInOktasWords({ error, description })));
    },
  };
}

interface StoredRefreshToken extends TokenSource {
  readonly clientId: string;
  /** When the first token of the family was issued, in seconds since 1970. */
  readonly iiat: number;
  exp: number;
  save(): Promise<string>;
}

/** Prompts for the sign-in and then evaluates the policies. Okta does not prompt for consent to the company's own apps. */
function signInThenPolicy({ interactionPolicy: { base, Check } }: OidcLibrary, authorization: ServerAuthorization) {
  const prompts = base();
  const consent = prompts.get('consent');
  consent?.checks.clear();
  consent?.checks.add(
    new Check('policy', 'The policy of the authorization server decides.', ({ oidc }) => {
      authorization.require({
        kind: /^(code|device)_/.test(oidc.route) ? 'DeviceCode' : 'AuthorizationCode',
        clientId: oidc.client?.clientId,
        accountId: oidc.session?.accountId,
        scope: textOf(oidc.params?.scope),
      });
      return Check.NO_NEED_TO_PROMPT;
    }),
  );
  return prompts;
}

/** A new grant for every sign-in, so that revoking one leaves the tokens of the others valid. */
async function newGrant({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ accountId: oidc.account?.accountId, clientId: oidc.client?.clientId });
  grant.addOIDCScope(textOf(oidc.params?.scope) ?? '');
  await grant.save();
  return grant;
}
