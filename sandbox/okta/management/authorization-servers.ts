import { z } from 'zod';
import type { AuthorizationServer } from '../objects';
import type { Organization } from '../organization';
import { type Call, created, list, NO_CONTENT, ok, type Routes } from './call';
import { dates } from './dates';
import type { ManagementWorld } from './management-world';
import { ALREADY_EXISTS, BLANK, invalid, notAllowedNow, notFound } from './okta-error';
import { partyOf } from './parties';

const INPUT = z.object({
  name: z.string().min(1, BLANK).max(100),
  description: z.string().max(1000).nullish(),
  audiences: z.array(z.string().min(1)).length(1, 'There must be exactly one audience'),
  issuerMode: z.enum(['ORG_URL', 'CUSTOM_URL', 'DYNAMIC']).nullish(),
  credentials: z
    .object({ signing: z.object({ rotationMode: z.enum(['AUTO', 'MANUAL']).nullish() }).nullish() })
    .nullish(),
});

/** Okta rotates keys every 90 days. */
const ROTATION_MS = 90 * 24 * 60 * 60 * 1000;

/** Custom authorization servers. */
export function authorizationServerRoutes(world: ManagementWorld): Routes {
  const { organization, keys } = world;
  const { servers } = organization;
  const found = (call: Call) => serverOf(organization, call);
  const show = (call: Call) => (server: AuthorizationServer) => showServer(world, call, server);
  const given = (call: Call, me?: AuthorizationServer) => {
    const { name, description, audiences, issuerMode, credentials } = call.input(INPUT);
    if (servers.find((server) => server.name === name && server.id !== me?.id)) throw invalid('name', ALREADY_EXISTS);
    const rotationMode = credentials?.signing?.rotationMode ?? me?.rotationMode ?? 'AUTO';
    return { name, description: description ?? '', audiences, issuerMode: issuerMode ?? 'ORG_URL', rotationMode };
  };
  const setStatus = (call: Call, status: AuthorizationServer['status']) => {
    const server = servers.change(found(call).id, { status });
    call.log(status === 'ACTIVE' ? 'oauth2.as.activated' : 'oauth2.as.deactivated', serverParty(server));
    return NO_CONTENT;
  };

  return {
    'GET /authorizationServers': list(['q'], (call) => {
      const q = call.query('q')?.toLowerCase();
      const fits = ({ name, audiences }: AuthorizationServer) =>
        q === undefined || [name, ...audiences].some((text) => text.toLowerCase().includes(q));
      return call.page(servers.all().filter(fits), show(call));
    }),
    'POST /authorizationServers': (call) => {
      const server = organization.addAuthorizationServer(given(call));
      call.log('oauth2.as.created', serverParty(server));
      return created(show(call)(server));
    },
    'GET /authorizationServers/{serverId}': (call) => ok(show(call)(found(call))),
    'PUT /authorizationServers/{serverId}': (call) => {
      const server = found(call);
      const changed = servers.change(server.id, given(call, server));
      call.log('oauth2.as.updated', serverParty(changed));
      return ok(show(call)(changed));
    },
    'DELETE /authorizationServers/{serverId}': (call) => {
      const server = found(call);
      if (server.status === 'ACTIVE') throw notAllowedNow('You must deactivate the authorization server first');
      servers.remove(server.id);
      call.log('oauth2.as.deleted', serverParty(server));
      return NO_CONTENT;
    },
    'POST /authorizationServers/{serverId}/lifecycle/activate': (call) => setStatus(call, 'ACTIVE'),
    'POST /authorizationServers/{serverId}/lifecycle/deactivate': (call) => setStatus(call, 'INACTIVE'),
    'GET /authorizationServers/{serverId}/credentials/keys': async (call) => ok(await keys(found(call).id)),
  };
}

/** The authorization server of the path. */
export function serverOf(organization: Organization, call: Call): AuthorizationServer {
  const server = organization.servers.get(call.path('serverId'));
  if (server === undefined) throw notFound(call.path('serverId'), 'AuthorizationServer');
  return server;
}

export function serverParty(server: AuthorizationServer) {
  return partyOf('AuthorizationServer', server);
}

function showServer({ organization, issuerUrl }: ManagementWorld, call: Call, server: AuthorizationServer): unknown {
  const { id, name, description, audiences, issuerMode, rotationMode, status } = server;
  const { created: made } = organization.register.datesOf(id);
  const self = `/authorizationServers/${id}`;
  return {
    ...{ id, name, description, audiences, issuer: issuerUrl(id), issuerMode, status, ...dates(organization, id) },
    credentials: {
      signing: {
        kid: `kid ${id}`,
        rotationMode,
        lastRotated: made.toISOString(),
        nextRotation: new Date(made.getTime() + ROTATION_MS).toISOString(),
      },
    },
    default: false,
    _links: {
      self: call.link(self),
      scopes: call.link(`${self}/scopes`),
      claims: call.link(`${self}/claims`),
      policies: call.link(`${self}/policies`),
    },
  };
}
