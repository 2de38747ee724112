import type { LiveFact, LiveFacts } from '../../live/facts/live-facts';
import type { OktaApi } from '../../live/okta/okta-api';
import { OktaError, type OktaErrorKind } from '../../live/okta/okta-error';
import type {
  OktaApp,
  OktaAuthorizationServer,
  OktaClaim,
  OktaGroup,
  OktaGroupRule,
  OktaLogEvent,
  OktaPolicy,
  OktaPolicyRule,
  OktaUser,
} from '../../live/okta/okta-objects';
import type { Access, Cluster } from '../../model';
import { CouldNotCheck } from './doctor-check';
import { once } from './once';
import type { TokenSource } from './token-in-use';

/** A policy of an authorization server with its rules. */
export interface PolicyWithRules extends OktaPolicy {
  readonly rules: readonly OktaPolicyRule[];
}

/** What an Okta administrator sees about a cluster and a person. Each thing is read once. */
export interface OktaAnswers {
  /** The authorization server of the access file; undefined if Okta has none of this name. */
  server(): Promise<OktaAuthorizationServer | undefined>;
  /** The app of the cluster; undefined if Okta has none of this label. */
  app(): Promise<OktaApp | undefined>;
  scopes(): Promise<readonly string[]>;
  claims(): Promise<readonly OktaClaim[]>;
  /** The policies of the server that are for the app, in Okta's order, each with its rules in order. */
  policies(): Promise<readonly PolicyWithRules[]>;
  /** The login that is looked up. @throws CouldNotCheck if nobody says who it is */
  login(): Promise<string>;
  /** The person; undefined if Okta does not find them. */
  person(): Promise<OktaUser | undefined>;
  groups(): Promise<readonly OktaGroup[]>;
  rules(): Promise<readonly OktaGroupRule[]>;
  /** The IDs of the groups that are assigned to the app. */
  assignedGroups(): Promise<readonly string[]>;
  isAssigned(): Promise<boolean>;
  /** What Okta logged about sign-ins of the person in the last day, newest first. */
  signIns(): Promise<readonly OktaLogEvent[]>;
}

export interface OktaAnswersProps {
  /** @throws CouldNotCheck without credentials */
  readonly api: () => OktaApi;
  readonly access: Access;
  readonly cluster: Cluster;
  readonly login: string | undefined;
  readonly tokens: TokenSource;
  readonly now: () => number;
}

const DAY_MILLISECONDS = 24 * 60 * 60 * 1000;
/** Errors of a call after which another call can work. */
const PER_CALL: readonly OktaErrorKind[] = ['forbidden', 'not-found', 'refused', 'malformed'];
/** More events than a person causes while they look at their problem. */
const MOST_EVENTS = 200;

/** Asks Okta's management API about a cluster and a person. */
export function oktaAnswers({ api, access, cluster, login: given, tokens, now }: OktaAnswersProps): OktaAnswers {
  const server = once(async () => {
    const found = await api().authorizationServersByName(access.authorizationServer.name);
    return found.find(({ status }) => status === 'ACTIVE') ?? found[0];
  });
  /** Fails with the same error where nothing of Okta can be had, so that nobody waits for each call. */
  const reached = once(async () => {
    try {
      await server();
    } catch (error) {
      if (!(error instanceof OktaError && PER_CALL.includes(error.kind))) throw error;
    }
  });
  const knownServer = async () => {
    const found = await server();
    if (found === undefined) throw new CouldNotCheck('Okta has no such authorization server (see okta-server).');
    return found;
  };
  const app = once(async () => {
    await reached();
    const found = await api().appsByLabel(cluster.app);
    return found.find(({ status }) => status === 'ACTIVE') ?? found[0];
  });
  const knownApp = async () => {
    const found = await app();
    if (found === undefined) throw new CouldNotCheck('Okta has no such app (see okta-app).');
    return found;
  };
  const login = once(async () => given ?? (await loginOfToken(tokens)));
  const person = once(async () => {
    const wanted = await login();
    await reached();
    return api().userByLogin(wanted);
  });
  const knownPerson = async () => {
    const found = await person();
    if (found === undefined) throw new CouldNotCheck('Okta does not find the person (see okta-person).');
    return found;
  };
  return {
    ...{ server, app, login, person },
    scopes: once(async () => api().scopes((await knownServer()).id)),
    claims: once(async () => api().claims((await knownServer()).id)),
    policies: once(async () => {
      const { id } = await knownServer();
      const clientId = (await knownApp()).credentials?.oauthClient?.client_id ?? '';
      const policies = (await api().policies(id)).filter(({ conditions }) => {
        const clients = conditions?.clients?.include ?? [];
        return clients.includes('ALL_CLIENTS') || clients.includes(clientId);
      });
      const withRules: PolicyWithRules[] = [];
      for (const policy of [...policies].sort((a, b) => a.priority - b.priority)) {
        const rules = [...(await api().policyRules(id, policy.id))];
        withRules.push({ ...policy, rules: rules.sort((a, b) => (a.priority ?? 0) - (b.priority ?? 0)) });
      }
      return withRules;
    }),
    groups: once(async () => api().userGroups((await knownPerson()).id)),
    rules: once(async () => {
      await reached();
      return api().groupRules();
    }),
    assignedGroups: once(async () => api().appGroups((await knownApp()).id)),
    isAssigned: once(async () => (await api().appUser((await knownApp()).id, (await knownPerson()).id)) !== undefined),
    signIns: once(async () => {
      const { id } = await knownPerson();
      return api().logEvents({
        filter: `actor.id eq "${id}" or target.id eq "${id}"`,
        since: new Date(now() - DAY_MILLISECONDS),
        until: new Date(now() + DAY_MILLISECONDS),
        most: MOST_EVENTS,
      });
    }),
  };
}

async function loginOfToken(tokens: TokenSource): Promise<string> {
  let claims: Readonly<Record<string, unknown>> = {};
  try {
    claims = (await tokens.token()).claims;
  } catch (error) {
    if (!(error instanceof CouldNotCheck)) throw error;
  }
  const name = claims.preferred_username ?? claims.email;
  if (typeof name === 'string') return name;
  throw new CouldNotCheck('Nothing says who the person is. Run it with --login.');
}

/** The issuer and the client ID that Okta has for a cluster; nothing if it does not answer. */
export function factsOfOkta(
  { app }: Cluster,
  server: OktaAuthorizationServer | undefined,
  found: OktaApp | undefined,
): LiveFacts {
  const fact = (value: string): LiveFact => ({ value, source: 'Okta' });
  const clientId = found?.credentials?.oauthClient?.client_id;
  return {
    ...(server !== undefined && { issuerUrl: fact(server.issuer) }),
    clientIds: new Map(clientId === undefined ? [] : [[app, fact(clientId)]]),
    endpoints: new Map(),
    certificateAuthorities: new Map(),
  };
}
