import { AccessError } from '../../constraints/access-error';
import { unquotedLogin } from '../../constraints/okta/login';
import type { Arguments } from '../synthesized/read-stacks';
import type { AuthenticationRule, Claim } from './objects';
import type { Organization } from './organization';

/** A resource or data source type of the Okta provider. */
export interface OktaType {
  /** The arguments that the sandbox supports. */
  readonly known: readonly string[];
  /**
   * Adds it to the organization, or looks it up, and returns its id.
   * @param exactName the name that the postcondition of a data source demands.
   */
  fill(organization: Organization, args: Arguments, exactName?: string): string;
}

/**
 * The types that the stacks use, each after the types that it refers to. A data source adds what it does not find: the access
 * file states that it exists.
 */
export const OKTA_TYPES: Readonly<Record<string, OktaType>> = {
  'data.okta_everyone_group': {
    known: [],
    fill: ({ everyone }) => everyone.id,
  },
  'data.okta_network_zone': {
    known: ['name'],
    fill: ({ zones }, args) => {
      const name = text(args, 'name');
      return (zones.find((zone) => zone.name === name) ?? zones.add({ name, status: 'ACTIVE', details: {} })).id;
    },
  },
  'data.okta_group': {
    known: ['id', 'name', 'type'],
    fill: (organization, args, exactName) => {
      // A look-up by ID says in its postcondition which name the group has.
      const name = args.name === undefined && exactName !== undefined ? exactName : text(args, 'name');
      const type = args.type === 'APP_GROUP' ? 'APP_GROUP' : 'OKTA_GROUP';
      const id = typeof args.id === 'string' ? args.id : undefined;
      return (organization.groupByName(name) ?? organization.addGroup(name, type, id)).id;
    },
  },
  'data.okta_user': {
    known: ['search', 'skip_groups', 'skip_roles'],
    fill: (organization, args) => {
      const [search] = args.search as { name: string; comparison: string; value: string }[];
      if (search?.name !== 'profile.login' || search.comparison !== 'eq') {
        throw new AccessError(`The local Okta finds people only by login, not by ${JSON.stringify(args.search)}.`);
      }
      const login = unquotedLogin(search.value);
      return (organization.userByLogin(login) ?? organization.addUser({ login })).id;
    },
  },
  'data.okta_auth_server': {
    known: ['name'],
    fill: (organization, args) => {
      const name = text(args, 'name');
      const existing = organization.authorizationServers().find((server) => server.name === name);
      return (existing ?? organization.addAuthorizationServer({ name, audiences: ['api://default'] })).id;
    },
  },
  okta_group: {
    known: ['description', 'name'],
    fill: (organization, args) =>
      organization.addGroup(text(args, 'name'), 'OKTA_GROUP', undefined, optionalText(args, 'description')).id,
  },
  okta_group_memberships: {
    known: ['group_id', 'track_all_users', 'users'],
    fill: (organization, args) => {
      const groupId = text(args, 'group_id');
      for (const userId of texts(args, 'users')) organization.addMemberById(groupId, userId);
      return groupId;
    },
  },
  okta_group_rule: {
    known: ['expression_value', 'group_assignments', 'name', 'remove_assigned_users', 'status'],
    fill: (organization, args) =>
      organization.addGroupRule({
        name: text(args, 'name'),
        expression: text(args, 'expression_value'),
        groupIds: texts(args, 'group_assignments'),
        status: args.status === 'ACTIVE' ? 'ACTIVE' : 'INACTIVE',
      }).id,
  },
  okta_app_signon_policy: {
    known: ['catch_all', 'description', 'name'],
    fill: (organization, args) =>
      organization.addAuthenticationPolicy(
        { name: text(args, 'name'), description: optionalText(args, 'description'), system: false },
        args.catch_all === false ? 'DENY' : 'ALLOW',
      ).id,
  },
  okta_app_signon_policy_rule: {
    known: [
      'access',
      'factor_mode',
      'inactivity_period',
      'name',
      'network_connection',
      'network_includes',
      'policy_id',
    ],
    fill: ({ register, authenticationPolicies }, args) => {
      const { id: policyId, rules } = authenticationPolicies.known(text(args, 'policy_id'));
      const { name, network_connection: connection = 'ANYWHERE', network_includes: include } = args;
      const rule: AuthenticationRule = {
        ...{ id: register.newId('rul'), name: String(name), priority: rules.length, status: 'ACTIVE', system: false },
        conditions: { network: { connection, ...(include !== undefined && { include }) } },
        actions: {
          appSignOn: {
            access: args.access ?? 'ALLOW',
            verificationMethod: {
              type: 'ASSURANCE',
              factorMode: args.factor_mode ?? '2FA',
              inactivityPeriod: args.inactivity_period ?? 'PT1H',
            },
          },
        },
      };
      register.touch(rule.id);
      authenticationPolicies.change(policyId, { rules: [...rules, rule] });
      return rule.id;
    },
  },
  okta_app_oauth: {
    known: [
      'authentication_policy',
      'grant_types',
      'label',
      'omit_secret',
      'pkce_required',
      'post_logout_redirect_uris',
      'redirect_uris',
      'refresh_token_leeway',
      'refresh_token_rotation',
      'response_types',
      'token_endpoint_auth_method',
      'type',
    ],
    fill: (organization, args) =>
      organization.addApp({
        label: text(args, 'label'),
        grantTypes: texts(args, 'grant_types'),
        responseTypes: texts(args, 'response_types'),
        redirectUris: texts(args, 'redirect_uris'),
        postLogoutRedirectUris: texts(args, 'post_logout_redirect_uris'),
        tokenEndpointAuthMethod: text(args, 'token_endpoint_auth_method'),
        pkceRequired: args.pkce_required === true,
        refreshTokenRotation: args.refresh_token_rotation === 'ROTATE' ? 'ROTATE' : 'STATIC',
        refreshTokenLeeway: number(args, 'refresh_token_leeway', 0),
        ...(typeof args.authentication_policy === 'string' && { policyId: args.authentication_policy }),
      }).id,
  },
  okta_app_group_assignments: {
    known: ['app_id', 'group'],
    fill: (organization, args) => {
      const appId = text(args, 'app_id');
      organization.assignGroups(
        appId,
        (args.group as Arguments[]).map((group) => text(group, 'id')),
      );
      return appId;
    },
  },
  okta_auth_server: {
    known: ['audiences', 'description', 'issuer_mode', 'name'],
    fill: (organization, args) =>
      organization.addAuthorizationServer({
        name: text(args, 'name'),
        description: optionalText(args, 'description'),
        audiences: texts(args, 'audiences'),
        issuerMode: args.issuer_mode === 'CUSTOM_URL' ? 'CUSTOM_URL' : 'ORG_URL',
      }).id,
  },
  okta_auth_server_claim: {
    known: [
      'always_include_in_token',
      'auth_server_id',
      'claim_type',
      'group_filter_type',
      'name',
      'value',
      'value_type',
    ],
    fill: (organization, args) =>
      organization.addClaim(text(args, 'auth_server_id'), {
        name: text(args, 'name'),
        claimType: text(args, 'claim_type') as Claim['claimType'],
        filter: (args.value_type === 'GROUPS' ? text(args, 'group_filter_type') : 'EXPRESSION') as Claim['filter'],
        value: text(args, 'value'),
        alwaysIncludeInToken: args.always_include_in_token === true,
        scopes: [],
      }).id,
  },
  okta_auth_server_policy: {
    known: ['auth_server_id', 'client_whitelist', 'description', 'name', 'priority'],
    fill: (organization, args) =>
      organization.addPolicy(text(args, 'auth_server_id'), {
        name: text(args, 'name'),
        description: optionalText(args, 'description'),
        priority: number(args, 'priority'),
        clients: texts(args, 'client_whitelist'),
      }).id,
  },
  okta_auth_server_policy_rule: {
    known: [
      'access_token_lifetime_minutes',
      'auth_server_id',
      'grant_type_whitelist',
      'group_whitelist',
      'name',
      'policy_id',
      'priority',
      'refresh_token_lifetime_minutes',
      'refresh_token_window_minutes',
      'scope_whitelist',
    ],
    fill: (organization, args) =>
      organization.addRule(text(args, 'auth_server_id'), text(args, 'policy_id'), {
        name: text(args, 'name'),
        priority: number(args, 'priority'),
        grantTypes: texts(args, 'grant_type_whitelist'),
        groups: texts(args, 'group_whitelist'),
        scopes: texts(args, 'scope_whitelist'),
        // The fallbacks are the defaults of the provider.
        accessTokenMinutes: number(args, 'access_token_lifetime_minutes', 60),
        refreshLifetimeMinutes: number(args, 'refresh_token_lifetime_minutes', 0),
        refreshIdleMinutes: number(args, 'refresh_token_window_minutes', 10_080),
      }).id,
  },
};

function text(args: Arguments, name: string): string {
  const value = args[name];
  if (typeof value !== 'string') throw new AccessError(`${name} must be a string, not ${JSON.stringify(value)}.`);
  return value;
}

function optionalText(args: Arguments, name: string): string {
  return args[name] === undefined ? '' : text(args, name);
}

function texts(args: Arguments, name: string): readonly string[] {
  const value = args[name];
  if (!Array.isArray(value)) throw new AccessError(`${name} must be a list, not ${JSON.stringify(value)}.`);
  return value as readonly string[];
}

function number(args: Arguments, name: string, fallback?: number): number {
  const value = args[name] ?? fallback;
  if (typeof value !== 'number') throw new AccessError(`${name} must be a number, not ${JSON.stringify(value)}.`);
  return value;
}
