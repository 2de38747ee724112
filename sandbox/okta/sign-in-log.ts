import type { IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { type OAuthError, pageErrorInOktasWords } from './okta-words';
import type { Organization, User } from './organization';
import { appParty, partyOf, userParty } from './parties';
import type { EventType, NewLogEvent, Party } from './system-log';

type SignInEvent = Pick<NewLogEvent, 'eventType' | 'actor' | 'targets' | 'failure'>;

/** Writes the sign-ins to an authorization server into the system log. */
export class SignInLog {
  constructor(
    private readonly organization: Organization,
    private readonly serverId: string,
  ) {}

  /** Somebody has entered a password. @param user the person; undefined if the login or password is wrong. */
  password(request: IncomingMessage, login: string, user: User | undefined): void {
    const known = user ?? this.organization.userByLogin(login);
    const actor = known === undefined ? { ...UNKNOWN, alternateId: login.slice(0, MOST_CHARACTERS) } : userParty(known);
    this.add(request, {
      ...{ eventType: 'user.session.start', actor },
      ...(user === undefined && { failure: 'INVALID_CREDENTIALS' }),
    });
  }

  /** Listens to the events of oidc-provider. */
  listenTo(provider: Provider): void {
    provider.on('authorization.success', (ctx) => {
      const parties = this.partiesOf(ctx);
      const targets = [...parties.app, ...parties.server];
      this.add(ctx.req, { eventType: 'user.authentication.sso', actor: parties.user, targets: parties.app });
      this.add(ctx.req, { eventType: 'app.oauth2.as.authorize.code', actor: parties.user, targets });
    });
    provider.on('authorization.error', (ctx, { error, error_description: description = '' }) => {
      const { user: actor, app, server } = this.partiesOf(ctx);
      const failure = reasonOf(pageErrorInOktasWords({ error, description }));
      this.add(ctx.req, { eventType: 'app.oauth2.as.authorize', actor, targets: [...app, ...server], failure });
      if (failure !== 'access_denied') return;
      this.add(ctx.req, { eventType: 'app.generic.unauth_app_access_attempt', actor, targets: app, failure });
    });
    provider.on('grant.success', (ctx) => {
      const { user, app, server } = this.partiesOf(ctx);
      for (const [token, eventType] of TOKENS) {
        if ((ctx.body as Readonly<Record<string, unknown>>)[token] === undefined) continue;
        this.add(ctx.req, { eventType, actor: client(app), targets: [tokenParty(token), user, ...server] });
      }
    });
    provider.on('grant.error', (ctx, { error, error_description: description = '' }) => {
      const { user, app, server } = this.partiesOf(ctx);
      const failure = reasonOf({ error, description });
      const targets = [user, ...server];
      this.add(ctx.req, { eventType: 'app.oauth2.as.token.grant', actor: client(app), targets, failure });
    });
    provider.on('server_error', (ctx, error: Error & { expose?: boolean }) => {
      // A claim with too many groups is the only error of this kind that the client sees.
      if (error.expose !== true) return;
      const { user, app, server } = this.partiesOf(ctx);
      const targets = [user, ...server];
      const failure = error.message;
      this.add(ctx.req, { eventType: 'app.oauth2.as.evaluate.claim', actor: client(app), targets, failure });
    });
  }

  private partiesOf({ oidc }: KoaContextWithOIDC) {
    const { accountId } = oidc.account ?? oidc.session ?? {};
    const user = this.organization.userById(accountId ?? String(oidc.entities.AuthorizationCode?.accountId));
    const app = this.organization.apps.find(({ clientId }) => clientId === oidc.params?.client_id);
    const server = this.organization.servers.get(this.serverId);
    return {
      user: user === undefined ? UNKNOWN : userParty(user),
      app: app === undefined ? [] : [appParty(app)],
      server: server === undefined ? [] : [partyOf('AuthorizationServer', server)],
    };
  }

  private add({ socket, headers }: IncomingMessage, event: SignInEvent): void {
    this.organization.log.add({ ...event, ipAddress: socket.remoteAddress, userAgent: headers['user-agent'] });
  }
}

/** No login is longer. */
const MOST_CHARACTERS = 100;

const UNKNOWN: Party = { id: 'unknown', type: 'User', alternateId: 'unknown', displayName: 'unknown' };

const TOKENS: readonly (readonly [token: string, eventType: EventType])[] = [
  ['id_token', 'app.oauth2.as.token.grant.id_token'],
  ['access_token', 'app.oauth2.as.token.grant.access_token'],
  ['refresh_token', 'app.oauth2.as.token.grant.refresh_token'],
];

function tokenParty(type: string): Party {
  return { id: 'unknown', type, alternateId: 'unknown', displayName: type.replace('_', ' ') };
}

/** The app that asks for tokens, which Okta calls a public client. */
function client([app]: readonly Party[]): Party {
  return { ...(app ?? UNKNOWN), type: 'PublicClientApp' };
}

/** Okta's reason of a failure: `no_matching_policy`, or the error of OAuth. */
function reasonOf({ error, description }: OAuthError): string {
  return description.startsWith('Policy evaluation failed') ? 'no_matching_policy' : error;
}
