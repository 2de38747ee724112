import { z } from 'zod';
import type { App } from '../objects';
import { type Call, list, NO_CONTENT, ok, type Routes, withQuery } from './call';
import { EQUAL, parseFilter } from './filter';
import type { ManagementWorld } from './management-world';
import { invalid, notFound, OktaError } from './okta-error';
import { appParty } from './parties';
import { appOf, showApp } from './show-app';

const GRANTS = z.array(z.string()).min(1);
const METHODS = z.enum(['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt']);

const INPUT = z.object({
  name: z.literal('oidc_client').optional(),
  signOnMode: z.literal('OPENID_CONNECT', 'The local Okta only has apps with OPENID_CONNECT'),
  label: z.string().min(1).max(100),
  accessibility: z.unknown().optional(),
  visibility: z.record(z.string(), z.unknown().optional()).nullish(),
  profile: z.unknown().optional(),
  credentials: z
    .object({
      userNameTemplate: z.unknown().optional(),
      oauthClient: z
        .object({
          client_id: z.string().nullish(),
          token_endpoint_auth_method: METHODS.default('client_secret_basic'),
          pkce_required: z.boolean().nullish(),
          autoKeyRotation: z.boolean().default(true),
        })
        .prefault({}),
    })
    .prefault({}),
  settings: z.object({
    app: z.unknown().optional(),
    implicitAssignment: z.boolean().nullish(),
    notes: z.unknown().optional(),
    oauthClient: z.looseObject({
      application_type: z.enum(['native', 'browser', 'web', 'service']),
      grant_types: GRANTS,
      response_types: z.array(z.string()).default([]),
      redirect_uris: z.array(z.url()).default([]),
      post_logout_redirect_uris: z.array(z.url()).default([]),
      refresh_token: z
        .object({
          rotation_type: z.enum(['ROTATE', 'STATIC']).default('STATIC'),
          leeway: z.number().int().min(0).max(60).default(0),
        })
        .nullish(),
    }),
  }),
});

const FILTERED = { status: EQUAL, name: EQUAL, 'user.id': EQUAL, 'group.id': EQUAL };

/** OIDC apps. */
export function appRoutes({ organization }: ManagementWorld): Routes {
  const { apps, authenticationPolicies } = organization;
  const found = (call: Call) => appOf(organization, call);
  const show = (call: Call) => (app: App) => showApp(organization, call, app);

  return {
    'GET /apps': list(['q', 'filter'], (call) => {
      const [q, filter] = [call.query('q')?.toLowerCase(), call.query('filter')];
      const fits =
        filter === undefined ? () => true : parseFilter(filter, { parameter: 'filter', attributes: FILTERED });
      const listed = apps.all().filter((app) => {
        const assigned = {
          user: organization.users.all().filter(({ id }) => organization.isAssigned(app, id)),
          group: organization.assignmentsOf(app.id),
        };
        return (
          (q === undefined || app.label.toLowerCase().startsWith(q)) &&
          fits({ status: app.status, name: 'oidc_client', ...assigned })
        );
      });
      return call.page(listed, show(call), 200, 20);
    }),
    'POST /apps': withQuery(['activate'], (call) => {
      const status = call.flag('activate', true) ? 'ACTIVE' : 'INACTIVE';
      const app = organization.addApp({ ...given(call), status });
      call.log('application.lifecycle.create', appParty(app));
      return ok(show(call)(app));
    }),
    'GET /apps/{appId}': (call) => ok(show(call)(found(call))),
    'PUT /apps/{appId}': (call) => {
      const app = found(call);
      const changed = apps.change(app.id, given(call, app));
      call.log('application.lifecycle.update', appParty(changed));
      return ok(show(call)(changed));
    },
    'DELETE /apps/{appId}': (call) => {
      const app = found(call);
      if (app.status === 'ACTIVE') throw new OktaError(403, 'E0000056', 'Delete application forbidden.');
      organization.removeApp(app.id);
      call.log('application.lifecycle.delete', appParty(app));
      return NO_CONTENT;
    },
    'POST /apps/{appId}/lifecycle/activate': (call) => {
      apps.change(found(call).id, { status: 'ACTIVE' });
      call.log('application.lifecycle.activate', appParty(found(call)));
      return ok({});
    },
    'POST /apps/{appId}/lifecycle/deactivate': (call) => {
      apps.change(found(call).id, { status: 'INACTIVE' });
      call.log('application.lifecycle.deactivate', appParty(found(call)));
      return ok({});
    },
    'PUT /apps/{appId}/policies/{policyId}': (call) => {
      const [app, policyId] = [found(call), call.path('policyId')];
      if (authenticationPolicies.get(policyId) === undefined) throw notFound(policyId, 'Policy');
      apps.change(app.id, { policyId });
      call.log('application.lifecycle.update', appParty(app));
      return NO_CONTENT;
    },
  };
}

/** The app of the body. @param me the app that it replaces. */
function given(call: Call, me?: App) {
  const { label, accessibility, visibility, profile, credentials, settings } = call.input(INPUT);
  const { oauthClient: client } = credentials;
  const { grant_types, response_types, redirect_uris, post_logout_redirect_uris, refresh_token, ...others } =
    settings.oauthClient;
  const pkceRequired = client.pkce_required ?? others.application_type !== 'web';
  if ((client.client_id ?? me?.clientId) !== me?.clientId) {
    throw invalid('credentials.oauthClient.client_id', 'The local Okta gives client ids, and keeps them');
  }
  if (client.token_endpoint_auth_method === 'none' && !pkceRequired) {
    throw invalid('pkce_required', "'pkce_required' must be true when 'token_endpoint_auth_method' is 'none'");
  }
  if (grant_types.includes('authorization_code')) {
    if (redirect_uris.length === 0) throw invalid('redirect_uris', "'redirect_uris' must not be empty");
    if (!response_types.includes('code')) {
      throw invalid('response_types', "'response_types' must contain 'code' for the grant type 'authorization_code'");
    }
  }
  return {
    label,
    grantTypes: grant_types,
    responseTypes: response_types,
    redirectUris: redirect_uris,
    postLogoutRedirectUris: post_logout_redirect_uris,
    tokenEndpointAuthMethod: client.token_endpoint_auth_method,
    pkceRequired,
    refreshTokenRotation: refresh_token?.rotation_type ?? 'STATIC',
    refreshTokenLeeway: refresh_token?.leeway ?? 0,
    implicitAssignment: settings.implicitAssignment ?? false,
    details: {
      ...{ accessibility, visibility, profile, autoKeyRotation: client.autoKeyRotation },
      userNameTemplate: credentials.userNameTemplate,
      ...{ app: settings.app, notes: settings.notes },
      oauthClient: others,
    },
  } as const;
}
