import { randomUUID } from 'node:crypto';
import type { JWK } from 'jose';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { clientAdapter } from './client-adapter';
import { Decisions, type TokenSource, textOf } from './decisions';
import { ACTIVATE_PATH, DEVICE_FLOW } from './device-flow';
import { errorPage } from './message-page';
import type { OidcLibrary } from './oidc-library';
import { pageErrorInOktasWords } from './okta-words';
import type { AuthorizationServer, Organization } from './organization';
import { nowSeconds, refreshSeconds } from './refresh-lifetime';
import { showPage } from './show-page';
import { signInUrl } from './sign-in';
import type { TokenStore } from './token-store';

/** Cookies do not tell ports apart: a name that other programs on this machine do not use. */
export const SESSION_COOKIE = 'okta_stand_in_session';

const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Claims of ID tokens that are there whatever claims an authorization server defines. */
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
  /** Private key that signs the server's tokens. */
  readonly key: JWK;
  readonly tokens: TokenStore;
  /** Sessions are the organization's: whoever signed in to one authorization server is signed in to all. */
  readonly sessions: TokenStore;
}

/** Makes oidc-provider do what an authorization server of Okta does; each decision is the organization's. */
export function providerConfiguration(props: ProviderConfigurationProps): Configuration {
  const { library, organization, server, key, tokens, sessions } = props;
  const decisions = new Decisions(organization, server.id, library);
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
    scopes: server.scopes,
    // Which claims a token has is the organization's answer; these names are let through.
    claims: { openid: [...CLAIMS, ...server.claims.map(({ name }) => name)] },
    clientAuthMethods: ['none'],
    // The organization refuses requests without it, in Okta's words.
    pkce: { required: () => false },
    cookies: {
      names: { session: SESSION_COOKIE, interaction: 'okta_stand_in_sign_in', resume: 'okta_stand_in_resume' },
    },
    interactions: {
      policy: signInThenPolicy(library, decisions),
      url: (_ctx, { uid }) => signInUrl(server.id, uid),
    },
    // The library calls this for each request, after its own checks and whether the parameter is there or not. `idp` is one of
    // Okta's parameters, with which nothing is done.
    extraParams: { idp: (ctx) => decisions.requireRequest(ctx) },
    loadExistingGrant: newGrant,
    findAccount(ctx, userId, token) {
      if (!organization.userById(userId)?.active) return undefined;
      // Who has been removed since gets nothing for a code or a refresh token.
      if (ctx.oidc.route === 'token' && token !== undefined) decisions.require(token as TokenSource);
      return {
        accountId: userId,
        claims: (use, scope) => ({
          ...decisions.claims(userId, ctx.oidc.client?.clientId ?? '', scope),
          // Without it, two tokens of the same second are the same text.
          ...(use === 'id_token' && { jti: `ID.${randomUUID()}`, ver: 1 }),
        }),
      };
    },
    // The end of a session in the browser is not the end of kubectl's tokens.
    expiresWithSession: () => false,
    async rotateRefreshToken(ctx) {
      const token = ctx.oidc.entities.RefreshToken as unknown as KeptRefreshToken;
      if (organization.appByClientId(token.clientId)?.refreshTokenRotation === 'ROTATE') return true;
      // A token that is not replaced is idle since it was last used, not since it was made.
      token.exp = nowSeconds() + refreshSeconds(decisions.about(token), token.iiat);
      await token.save();
      return false;
    },
    ttl: {
      AccessToken(_ctx, token) {
        const decision = decisions.about(token as TokenSource);
        return decision.ok ? decision.accessTokenMinutes * MINUTE : MINUTE;
      },
      RefreshToken(_ctx, token) {
        const { iiat, ...source } = token as unknown as KeptRefreshToken;
        return refreshSeconds(decisions.about({ ...source, kind: 'RefreshToken' }), iiat);
      },
      AuthorizationCode: 5 * MINUTE,
      DeviceCode: 10 * MINUTE,
      // No rule of a policy changes it.
      IdToken: HOUR,
      Interaction: HOUR,
      Session: 2 * HOUR,
      // Outlasts the refresh tokens that it stands for.
      Grant: 366 * 24 * HOUR,
    },
    renderError(ctx, { error, error_description: description = '' }) {
      showPage(ctx, errorPage(pageErrorInOktasWords({ error, description })));
    },
  };
}

interface KeptRefreshToken extends TokenSource {
  readonly clientId: string;
  /** When the first token of its family was given out, in seconds since 1970. */
  readonly iiat: number;
  exp: number;
  save(): Promise<string>;
}

/** Asks for the sign-in, then the organization; Okta asks nobody for consent to an app of the company. */
function signInThenPolicy({ interactionPolicy: { base, Check } }: OidcLibrary, decisions: Decisions) {
  const prompts = base();
  const consent = prompts.get('consent');
  consent?.checks.clear();
  consent?.checks.add(
    new Check('policy', 'The policy of the authorization server decides.', ({ oidc }) => {
      decisions.require({
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

/** Each sign-in stands for itself: what is revoked with it is its own tokens. */
async function newGrant({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({ accountId: oidc.account?.accountId, clientId: oidc.client?.clientId });
  grant.addOIDCScope(textOf(oidc.params?.scope) ?? '');
  await grant.save();
  return grant;
}
