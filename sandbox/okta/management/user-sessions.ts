import type { IssuedRefreshToken } from '../issued-tokens';
import { type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import type { ManagementWorld } from './management-world';
import { notFound } from './okta-error';
import { userParty } from './parties';
import { userOf } from './show-user';

/** The sessions, grants, and refresh tokens of a user. */
export function userSessionRoutes(world: ManagementWorld): Routes {
  const { organization, tokens } = world;
  const user = (call: Call) => userOf(organization, call);
  const tokensOf = (call: Call) => {
    const [{ id }, clientId] = [user(call), call.path('clientId')];
    return tokens.refreshTokens().filter((token) => token.userId === id && token.clientId === clientId);
  };
  const tokenOf = (call: Call) => {
    const token = tokensOf(call).find(({ id }) => id === call.path('tokenId'));
    if (token === undefined) throw notFound(call.path('tokenId'), 'OAuth2RefreshToken');
    return token;
  };
  const revoke = async (call: Call, revoked: readonly IssuedRefreshToken[]) => {
    for (const token of revoked) {
      await tokens.revoke(token);
      call.log('app.oauth2.as.token.revoke', { ...TOKEN, id: token.id }, userParty(user(call)));
    }
    return NO_CONTENT;
  };

  return {
    'DELETE /users/{userId}/sessions': withQuery(['oauthTokens', 'forgetDevices'], (call) => {
      const { id } = user(call);
      const withTokens = call.flag('oauthTokens', false);
      tokens.endSessions(id);
      if (withTokens) tokens.endTokens(id);
      call.log('user.session.clear', userParty(user(call)));
      return NO_CONTENT;
    }),
    // People do not consent to the company's own apps, so no grant is stored.
    'GET /users/{userId}/grants': list(['scopeId', 'expand'], (call) => {
      user(call);
      return ok([]);
    }),
    'DELETE /users/{userId}/grants': (call) => {
      user(call);
      return NO_CONTENT;
    },
    'GET /users/{userId}/clients': (call) => {
      const { id } = user(call);
      const clientIds = new Set(
        tokens.refreshTokens().flatMap(({ userId, clientId }) => (userId === id ? [clientId] : [])),
      );
      return ok(
        [...clientIds].map((clientId) => ({
          client_id: clientId,
          client_name: organization.apps.find((app) => app.clientId === clientId)?.label ?? null,
          client_uri: null,
          logo_uri: null,
          _links: { tokens: call.link(`/users/${id}/clients/${clientId}/tokens`) },
        })),
      );
    },
    'GET /users/{userId}/clients/{clientId}/tokens': list(['expand'], (call) =>
      call.page(tokensOf(call), (token) => showToken(world, call, token)),
    ),
    'DELETE /users/{userId}/clients/{clientId}/tokens': (call) => revoke(call, tokensOf(call)),
    'GET /users/{userId}/clients/{clientId}/tokens/{tokenId}': withQuery(['expand'], (call) =>
      ok(showToken(world, call, tokenOf(call))),
    ),
    'DELETE /users/{userId}/clients/{clientId}/tokens/{tokenId}': (call) => revoke(call, [tokenOf(call)]),
  };
}

const TOKEN = { type: 'refresh_token', alternateId: 'unknown', displayName: 'Refresh Token' };

function showToken({ issuerUrl }: ManagementWorld, call: Call, token: IssuedRefreshToken): unknown {
  const { id, serverId, clientId, userId, scopes } = token;
  const created = token.created.toISOString();
  return {
    ...{ id, clientId, userId, scopes, status: 'ACTIVE', created, lastUpdated: created },
    expiresAt: token.expires.toISOString(),
    issuer: issuerUrl(serverId),
    _links: {
      self: call.link(`/users/${userId}/clients/${clientId}/tokens/${id}`),
      app: call.link(`/apps/${clientId}`),
      authorizationServer: call.link(`/authorizationServers/${serverId}`),
      user: call.link(`/users/${userId}`),
    },
  };
}
