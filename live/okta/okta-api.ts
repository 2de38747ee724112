import type * as z from 'zod';
import { loginKey } from '../../constraints/okta/login';
import { connectOkta, type OktaConnection, type OktaConnectionProps } from './okta-connection';
import { OktaError } from './okta-error';
import type {
  OktaApp,
  OktaAppUser,
  OktaAuthorizationServer,
  OktaClaim,
  OktaClient,
  OktaGroup,
  OktaGroupRule,
  OktaLogEvent,
  OktaPolicy,
  OktaPolicyRule,
  OktaRefreshToken,
  OktaRole,
  OktaUser,
} from './okta-objects';
import * as objects from './okta-objects';

/** A question to the system log. */
export interface LogQuery {
  /** In Okta's filter language, such as `eventType eq "app.oauth2.as.authorize"`. */
  readonly filter: string;
  readonly since: Date;
  readonly until: Date;
  /** The newest events are read first. */
  readonly most: number;
}

/**
 * The calls of Okta's management API that eks-access needs. Each fails with an `OktaError`. Lists are complete.
 * @see https://developer.okta.com/docs/api/openapi/okta-management/guides/overview/
 */
export interface OktaApi {
  /** The organization's URL. */
  readonly url: string;
  /** The person with exactly this login, case aside; undefined if there is none. Okta does not find deactivated people so. */
  userByLogin(login: string): Promise<OktaUser | undefined>;
  userGroups(userId: string): Promise<readonly OktaGroup[]>;
  /** The groups with exactly this name: one of Okta itself, and any number from directories and apps. */
  groupsByName(name: string): Promise<readonly OktaGroup[]>;
  groupMembers(groupId: string): Promise<readonly OktaUser[]>;
  groupRules(): Promise<readonly OktaGroupRule[]>;
  /** The apps with exactly this label. */
  appsByLabel(label: string): Promise<readonly OktaApp[]>;
  /** The IDs of the groups that are assigned to an app. */
  appGroups(appId: string): Promise<readonly string[]>;
  appUsers(appId: string): Promise<readonly OktaAppUser[]>;
  /** How a person is assigned to an app; undefined if they are not. */
  appUser(appId: string, userId: string): Promise<OktaAppUser | undefined>;
  /** The authorization servers with exactly this name. */
  authorizationServersByName(name: string): Promise<readonly OktaAuthorizationServer[]>;
  claims(serverId: string): Promise<readonly OktaClaim[]>;
  /** The names of the scopes of an authorization server. */
  scopes(serverId: string): Promise<readonly string[]>;
  policies(serverId: string): Promise<readonly OktaPolicy[]>;
  policyRules(serverId: string, policyId: string): Promise<readonly OktaPolicyRule[]>;
  logEvents(query: LogQuery): Promise<readonly OktaLogEvent[]>;
  /** The apps for which a person has tokens or grants. */
  userClients(userId: string): Promise<readonly OktaClient[]>;
  refreshTokens(userId: string, clientId: string): Promise<readonly OktaRefreshToken[]>;
  /** The person of an API token; undefined for an app, which is no person. */
  me(): Promise<OktaUser | undefined>;
  /** The admin roles of a person. */
  userRoles(userId: string): Promise<readonly OktaRole[]>;
  /** The admin roles of a service app. */
  clientRoles(clientId: string): Promise<readonly OktaRole[]>;
  /** The scopes of the access token; undefined for an API token, which has none, and for a token that does not say it. */
  tokenScopes(): Promise<readonly string[] | undefined>;
  /** Keeps a person from signing in until somebody unsuspends them. */
  suspend(userId: string): Promise<void>;
  /** Ends the sessions of a person in Okta, and revokes their refresh and access tokens. */
  endSessions(userId: string): Promise<void>;
  removeMember(groupId: string, userId: string): Promise<void>;
  /** Closes the connections, for which the process would wait. */
  close(): Promise<void>;
}

const NEEDS = {
  readUsers: 'the scope okta.users.read, and an admin role that may view users, such as Read-only Administrator',
  readGroups: 'the scope okta.groups.read, and an admin role that may view groups, such as Read-only Administrator',
  readApps: 'the scope okta.apps.read, and an admin role that may view apps, such as Read-only Administrator',
  readServers:
    'the scope okta.authorizationServers.read, and an admin role that may view authorization servers, such as Read-only Administrator',
  readLog: 'the scope okta.logs.read, and an admin role that may view the system log, such as Read-only Administrator',
  readRoles: 'the scope okta.roles.read, and the role Super Administrator',
  changeUsers:
    'the scope okta.users.manage, and an admin role that may manage this person, such as Organization Administrator (Super Administrator, if they are an administrator)',
  changeGroups:
    'the scope okta.groups.manage, and an admin role that may manage this group, such as Organization Administrator',
};

/** Items on a page: what Okta allows for most lists. */
const PAGE = 'limit=200';

/** Connects to the management API of an organization. */
export function oktaApi(props: OktaConnectionProps): OktaApi {
  const okta = connectOkta(props);
  const named = <Thing>(path: string, schema: z.ZodType<Thing>, needs: string, name: (thing: Thing) => string) => {
    // Okta searches by the start of names.
    return async (wanted: string) => {
      const found = await okta.list(`${path}?q=${encodeURIComponent(wanted)}&${PAGE}`, schema, needs);
      return found.filter((thing) => name(thing) === wanted);
    };
  };
  return {
    url: okta.url,
    async userByLogin(login) {
      const path = `/api/v1/users/${encodeURIComponent(login)}`;
      const user = await unlessMissing(okta.get(path, objects.userSchema, NEEDS.readUsers));
      // Okta also finds people by their ID, and by the part before the @.
      return user !== undefined && loginKey(user.profile.login) === loginKey(login) ? user : undefined;
    },
    userGroups: (id) => okta.list(`/api/v1/users/${id}/groups?${PAGE}`, objects.groupSchema, NEEDS.readUsers),
    groupsByName: named('/api/v1/groups', objects.groupSchema, NEEDS.readGroups, ({ profile }) => profile.name),
    groupMembers: (id) => okta.list(`/api/v1/groups/${id}/users?${PAGE}`, objects.userSchema, NEEDS.readGroups),
    groupRules: () => okta.list(`/api/v1/groups/rules?${PAGE}`, objects.groupRuleSchema, NEEDS.readGroups),
    appsByLabel: named('/api/v1/apps', objects.appSchema, NEEDS.readApps, ({ label }) => label),
    async appGroups(id) {
      const groups = await okta.list(`/api/v1/apps/${id}/groups?${PAGE}`, objects.appGroupSchema, NEEDS.readApps);
      return groups.map((group) => group.id);
    },
    appUsers: (id) => okta.list(`/api/v1/apps/${id}/users?${PAGE}`, objects.appUserSchema, NEEDS.readApps),
    appUser: (id, userId) =>
      unlessMissing(okta.get(`/api/v1/apps/${id}/users/${userId}`, objects.appUserSchema, NEEDS.readApps)),
    authorizationServersByName: named(
      '/api/v1/authorizationServers',
      objects.authorizationServerSchema,
      NEEDS.readServers,
      ({ name }) => name,
    ),
    claims: (id) => ofServer(okta, `${id}/claims`, objects.claimSchema),
    scopes: async (id) => (await ofServer(okta, `${id}/scopes`, objects.scopeSchema)).map(({ name }) => name),
    policies: (id) => ofServer(okta, `${id}/policies`, objects.policySchema),
    policyRules: (id, policyId) => ofServer(okta, `${id}/policies/${policyId}/rules`, objects.policyRuleSchema),
    logEvents({ filter, since, until, most }) {
      const query = new URLSearchParams({
        filter,
        since: since.toISOString(),
        // Without an end, the log has a next page for ever.
        until: until.toISOString(),
        sortOrder: 'DESCENDING',
        limit: String(Math.min(most, 1000)),
      });
      // Okta reads a plus as a plus.
      return okta.list(
        `/api/v1/logs?${String(query).replaceAll('+', '%20')}`,
        objects.logEventSchema,
        NEEDS.readLog,
        most,
      );
    },
    userClients: (id) => okta.list(`/api/v1/users/${id}/clients`, objects.clientSchema, NEEDS.readUsers),
    refreshTokens: (id, clientId) =>
      okta.list(`/api/v1/users/${id}/clients/${clientId}/tokens?${PAGE}`, objects.refreshTokenSchema, NEEDS.readUsers),
    async me() {
      if (okta.credentials.kind === 'service-app') return undefined;
      return unlessMissing(okta.get('/api/v1/users/me', objects.userSchema, NEEDS.readUsers));
    },
    userRoles: (id) => okta.list(`/api/v1/users/${id}/roles`, objects.roleSchema, NEEDS.readRoles),
    clientRoles: (id) => okta.list(`/oauth2/v1/clients/${id}/roles`, objects.roleSchema, NEEDS.readRoles),
    tokenScopes: okta.scopes,
    suspend: (id) =>
      okta.change({ method: 'POST', path: `/api/v1/users/${id}/lifecycle/suspend`, needs: NEEDS.changeUsers }),
    endSessions: (id) =>
      okta.change({
        method: 'DELETE',
        path: `/api/v1/users/${id}/sessions?oauthTokens=true`,
        needs: NEEDS.changeUsers,
      }),
    removeMember: (groupId, userId) =>
      okta.change({ method: 'DELETE', path: `/api/v1/groups/${groupId}/users/${userId}`, needs: NEEDS.changeGroups }),
    close: okta.close,
  };
}

function ofServer<Schema extends z.ZodType>(okta: OktaConnection, path: string, schema: Schema) {
  return okta.list(`/api/v1/authorizationServers/${path}`, schema, NEEDS.readServers);
}

/** An answer, or undefined if Okta does not have the thing. */
async function unlessMissing<Thing>(answer: Promise<Thing>): Promise<Thing | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof OktaError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
