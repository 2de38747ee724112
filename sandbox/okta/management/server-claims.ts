import { z } from 'zod';
import { parseClaimValue } from '../evaluate-expression';
import type { Claim, Scope } from '../objects';
import { serverOf, serverParty } from './authorization-servers';
import { type Call, created, list, NO_CONTENT, ok, type Routes } from './call';
import { checkExpression } from './group-rules';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notAllowedNow, notFound } from './okta-error';
import { partyOf } from './parties';

const FILTERS = ['STARTS_WITH', 'EQUALS', 'CONTAINS', 'REGEX'] as const;

const CLAIM = z.object({
  name: z.string().min(1, BLANK),
  status: z.enum(['ACTIVE', 'INACTIVE']).default('ACTIVE'),
  claimType: z.enum(['IDENTITY', 'RESOURCE']),
  valueType: z.enum(['EXPRESSION', 'GROUPS']),
  value: z.string().min(1, BLANK),
  group_filter_type: z.enum(FILTERS).nullish(),
  alwaysIncludeInToken: z.boolean().default(false),
  conditions: z.object({ scopes: z.array(z.string()).nullish() }).nullish(),
});

const SCOPE = z.object({
  name: z.string().regex(/^[^\s"\\]+$/, 'A scope is one word without quotes'),
  displayName: z.string().nullish(),
  description: z.string().nullish(),
  consent: z.enum(['IMPLICIT', 'REQUIRED', 'FLEXIBLE']).optional(),
  metadataPublish: z.enum(['NO_CLIENTS', 'ALL_CLIENTS']).optional(),
  default: z.boolean().optional(),
  optional: z.boolean().optional(),
});

/** The claims and scopes of an authorization server. */
export function serverClaimRoutes({ organization }: ManagementWorld): Routes {
  const server = (call: Call) => serverOf(organization, call);
  const setClaims = (call: Call, claims: readonly Claim[]) => organization.changeServer(server(call).id, { claims });
  const setScopes = (call: Call, scopes: readonly Scope[]) => organization.changeServer(server(call).id, { scopes });
  const foundClaim = (call: Call) => {
    const claim = server(call).claims.find(({ id }) => id === call.path('claimId'));
    if (claim === undefined) throw notFound(call.path('claimId'), 'OAuth2Claim');
    return claim;
  };
  const foundScope = (call: Call) => {
    const scope = server(call).scopes.find(({ id }) => id === call.path('scopeId'));
    if (scope === undefined) throw notFound(call.path('scopeId'), 'OAuth2Scope');
    return scope;
  };
  const own = (call: Call) => {
    const scope = foundScope(call);
    if (scope.system) throw notAllowedNow(`The scope ${scope.name} is Okta's own and cannot be changed`);
    return scope;
  };
  const givenClaim = (call: Call, me?: Claim) => {
    const { valueType, group_filter_type: filter, conditions, ...claim } = call.input(CLAIM);
    const { claims, scopes: known } = server(call);
    const isOther = ({ id, name, claimType }: Claim) =>
      id !== me?.id && name === claim.name && claimType === claim.claimType;
    if (claims.some(isOther)) throw invalid('name', ALREADY_EXISTS);
    if (valueType === 'GROUPS' && !filter) throw invalid('group_filter_type', BLANK);
    if (valueType === 'EXPRESSION') checkExpression('value', () => parseClaimValue(claim.value));
    const scopes = conditions?.scopes ?? [];
    const unknown = scopes.find((name) => !known.some((scope) => scope.name === name));
    if (unknown !== undefined) throw invalid('conditions.scopes', `The authorization server has no scope ${unknown}`);
    return { ...claim, scopes, filter: valueType === 'GROUPS' && filter ? filter : ('EXPRESSION' as const) };
  };
  const givenScope = (call: Call, me?: Scope) => {
    const { name, ...details } = call.input(SCOPE);
    if (server(call).scopes.some((scope) => scope.name === name && scope.id !== me?.id)) {
      throw invalid('name', ALREADY_EXISTS);
    }
    return { name, details };
  };

  return {
    'GET /authorizationServers/{serverId}/claims': list([], (call) =>
      call.page(server(call).claims, (claim) => showClaim(call, claim)),
    ),
    'POST /authorizationServers/{serverId}/claims': (call) => {
      const claim = organization.addClaim(server(call).id, givenClaim(call));
      call.log('oauth2.claim.created', partyOf('OAuth2Claim', claim), serverParty(server(call)));
      return created(showClaim(call, claim));
    },
    'GET /authorizationServers/{serverId}/claims/{claimId}': (call) => ok(showClaim(call, foundClaim(call))),
    'PUT /authorizationServers/{serverId}/claims/{claimId}': (call) => {
      const before = foundClaim(call);
      const claim = { ...before, ...givenClaim(call, before) };
      setClaims(
        call,
        server(call).claims.map((other) => (other.id === claim.id ? claim : other)),
      );
      call.log('oauth2.claim.updated', partyOf('OAuth2Claim', claim), serverParty(server(call)));
      return ok(showClaim(call, claim));
    },
    'DELETE /authorizationServers/{serverId}/claims/{claimId}': (call) => {
      const claim = foundClaim(call);
      setClaims(
        call,
        server(call).claims.filter(({ id }) => id !== claim.id),
      );
      call.log('oauth2.claim.deleted', partyOf('OAuth2Claim', claim), serverParty(server(call)));
      return NO_CONTENT;
    },
    'GET /authorizationServers/{serverId}/scopes': list(['q'], (call) => {
      const q = call.query('q')?.toLowerCase();
      const scopes = server(call).scopes.filter(({ name }) => q === undefined || name.toLowerCase().startsWith(q));
      return call.page(scopes, (scope) => showScope(call, scope));
    }),
    'POST /authorizationServers/{serverId}/scopes': (call) => {
      const scope = organization.addScope(server(call).id, givenScope(call));
      call.log('oauth2.scope.created', partyOf('OAuth2Scope', scope), serverParty(server(call)));
      return created(showScope(call, scope));
    },
    'GET /authorizationServers/{serverId}/scopes/{scopeId}': (call) => ok(showScope(call, foundScope(call))),
    'PUT /authorizationServers/{serverId}/scopes/{scopeId}': (call) => {
      const before = own(call);
      const scope = { ...before, ...givenScope(call, before) };
      setScopes(
        call,
        server(call).scopes.map((other) => (other.id === scope.id ? scope : other)),
      );
      call.log('oauth2.scope.updated', partyOf('OAuth2Scope', scope), serverParty(server(call)));
      return ok(showScope(call, scope));
    },
    'DELETE /authorizationServers/{serverId}/scopes/{scopeId}': (call) => {
      const scope = own(call);
      setScopes(
        call,
        server(call).scopes.filter(({ id }) => id !== scope.id),
      );
      call.log('oauth2.scope.deleted', partyOf('OAuth2Scope', scope), serverParty(server(call)));
      return NO_CONTENT;
    },
  };
}

function showClaim(call: Call, claim: Claim): unknown {
  const { id, name, status, claimType, filter, value, alwaysIncludeInToken, scopes } = claim;
  return {
    ...{ id, name, status, claimType, value, alwaysIncludeInToken, system: false, conditions: { scopes } },
    valueType: filter === 'EXPRESSION' ? 'EXPRESSION' : 'GROUPS',
    ...(filter !== 'EXPRESSION' && { group_filter_type: filter }),
    _links: { self: call.link(`/authorizationServers/${call.path('serverId')}/claims/${id}`) },
  };
}

function showScope(call: Call, { id, name, system, details }: Scope): unknown {
  return {
    ...{ displayName: null, description: null, consent: 'IMPLICIT', optional: false, default: false },
    metadataPublish: system ? 'ALL_CLIENTS' : 'NO_CLIENTS',
    ...details,
    ...{ id, name, system },
    _links: { self: call.link(`/authorizationServers/${call.path('serverId')}/scopes/${id}`) },
  };
}
