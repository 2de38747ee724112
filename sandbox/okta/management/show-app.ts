import type { App } from '../objects';
import type { Organization } from '../organization';
import type { Call } from './call';
import { dates } from './dates';
import { notFound } from './okta-error';

/** The app of the path. */
export function appOf(organization: Organization, call: Call): App {
  const app = organization.apps.get(call.path('appId'));
  if (app === undefined) throw notFound(call.path('appId'), 'AppInstance');
  return app;
}

/** An app as the API returns it. */
export function showApp(organization: Organization, call: Call, app: App): unknown {
  const { id, label, status, clientId, details } = app;
  const self = `/apps/${id}`;
  return {
    ...{
      id,
      name: 'oidc_client',
      label,
      status,
      ...dates(organization, id),
      signOnMode: 'OPENID_CONNECT',
      features: [],
    },
    accessibility: details.accessibility ?? { selfService: false, errorRedirectUrl: null, loginRedirectUrl: null },
    visibility: {
      ...{ autoLaunch: false, autoSubmitToolbar: false },
      ...{ hide: { iOS: true, web: true }, appLinks: { oidc_client_link: true } },
      ...(details.visibility as object | undefined),
    },
    ...(details.profile !== undefined && { profile: details.profile }),
    credentials: {
      userNameTemplate: details.userNameTemplate ?? { template: '${source.login}', type: 'BUILT_IN' },
      signing: { kid: `kid ${id}` },
      oauthClient: {
        client_id: clientId,
        token_endpoint_auth_method: app.tokenEndpointAuthMethod,
        pkce_required: app.pkceRequired,
        autoKeyRotation: details.autoKeyRotation ?? true,
      },
    },
    settings: {
      app: details.app ?? {},
      notifications: { vpn: { network: { connection: 'DISABLED' }, message: null, helpUrl: null } },
      implicitAssignment: app.implicitAssignment,
      notes: details.notes ?? { admin: null, enduser: null },
      oauthClient: {
        ...{ application_type: 'native', consent_method: 'TRUSTED', issuer_mode: 'ORG_URL' },
        ...(details.oauthClient as object | undefined),
        redirect_uris: app.redirectUris,
        post_logout_redirect_uris: app.postLogoutRedirectUris,
        response_types: app.responseTypes,
        grant_types: app.grantTypes,
        ...(app.grantTypes.includes('refresh_token') && {
          refresh_token: { rotation_type: app.refreshTokenRotation, leeway: app.refreshTokenLeeway },
        }),
      },
    },
    _links: {
      self: call.link(self),
      users: call.link(`${self}/users`),
      groups: call.link(`${self}/groups`),
      accessPolicy: call.link(`/policies/${app.policyId ?? organization.systemPolicy().id}`),
      [status === 'ACTIVE' ? 'deactivate' : 'activate']: call.link(
        `${self}/lifecycle/${status === 'ACTIVE' ? 'deactivate' : 'activate'}`,
      ),
    },
  };
}
