import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, type JWK, type JWTPayload, SignJWT } from 'jose';
import type Provider from 'oidc-provider';
import { type LocalServer, startHttpServer, startHttpsServer } from '../https-server';
import type { CertificateAuthority } from './certificate-authority';
import { refuseFormsWithoutSession } from './device-flow';
import { IssuedTokens } from './issued-tokens';
import type { Credentials, CredentialsProps } from './management/credentials';
import { ManagementApi, type ManagementOptions } from './management/management-api';
import { donePage, errorPage } from './message-page';
import { loadOidcLibrary, type OidcLibrary } from './oidc-library';
import { tokenErrorInOktasWords } from './okta-words';
import type { AuthorizationServer, Organization } from './organization';
import { type Page, pageHeaders } from './page';
import { userParty } from './parties';
import { providerConfiguration, SESSION_COOKIE } from './provider-configuration';
import { textOf } from './server-authorization';
import { serveSignIn } from './sign-in';
import { signingKey } from './signing-key';
import type { TokenStore } from './token-store';

export interface StartIssuerProps {
  readonly organization: Organization;
  /** Signs the HTTPS certificate of the issuer. */
  readonly ca: CertificateAuthority;
  /**
   * Serves Okta's management API on the same organization.
   * @default - no management API
   */
  readonly management?: ManagementOptions;
}

/** The management API of the local Okta, with the credentials of a super administrator. */
export interface RunningManagement extends Credentials {
  /** The URL of the organization, below which are `/api/v1` and `/oauth2/v1/token`. */
  readonly url: string;
  /**
   * The URL for `OKTA_HTTP_PROXY`.
   * @default - the option `httpProxy` is off
   */
  readonly httpProxyUrl?: string;
  /** Makes credentials with their own scopes and role. */
  credentials(props?: CredentialsProps): Credentials;
}

/** The HTTPS server of the local Okta, which listens on 127.0.0.1 only. */
export interface RunningIssuer {
  readonly port: number;
  readonly caPem: string;
  /** @default - the option `management` is off */
  readonly management?: RunningManagement;
  /** The `iss` claim of the tokens of an authorization server. */
  issuerUrl(serverId: string): string;
  /** Signs any claims with the key of an authorization server, for tests. */
  signForTest(serverId: string, claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

/** A request that keeps its original URL, which routing replaces. */
type RoutedRequest = IncomingMessage & { originalUrl?: string };

interface ServedAuthorizationServer {
  /** The provider for the present scopes and claims, whose names it cannot change. */
  provider(): Provider;
  /** The public keys that sign tokens. */
  readonly keys: readonly JWK[];
  sign(claims: JWTPayload): Promise<string>;
}

const SERVER_PATH = /^\/oauth2\/([^/?]+)(\/.*)$/;
/** Path at which Okta ends the browser session. */
const SIGN_OUT_PATH = '/login/signout';

/** Starts the local Okta on a free port. It serves authorization servers that are added to the organization later, too. */
export async function startIssuer({ organization, ca, management }: StartIssuerProps): Promise<RunningIssuer> {
  const library = await loadOidcLibrary();
  const tokens = new IssuedTokens(organization);
  const served = new Map<string, Promise<ServedAuthorizationServer>>();

  const http = await startHttpsServer(await ca.serverCertificate(), async (request: RoutedRequest, response) => {
    const url = request.url ?? '';
    const address = `https://localhost:${port}${url}`;
    if (api !== undefined && URL.canParse(address) && api.serves(new URL(address).pathname)) {
      return api.answer(request, response, new URL(address));
    }
    if (url.split('?', 1)[0] === SIGN_OUT_PATH) {
      await endSessions(request, organization, tokens.sessions);
      return signedOut(response);
    }
    const [, serverId = '', rest] = SERVER_PATH.exec(url) ?? [];
    const server = find(serverId);
    if (server === undefined) return answer(response, 404, errorPage(NOT_FOUND));
    // As when a router mounts an application: oidc-provider builds its URLs from these values. Whoever sends a request does not
    // decide about the address.
    request.originalUrl = url;
    request.url = rest;
    request.headers.host = `localhost:${port}`;
    await (await server).provider().callback()(request, response);
  });
  const { port } = http;
  const issuerUrl = (serverId: string) => `https://localhost:${port}/oauth2/${serverId}`;

  const find = (serverId: string): Promise<ServedAuthorizationServer> | undefined => {
    const server = organization.authorizationServers().find(({ id }) => id === serverId);
    if (server === undefined) return undefined;
    const found =
      served.get(serverId) ?? serve({ library, organization, serverId, tokens, issuer: issuerUrl(serverId) });
    served.set(serverId, found);
    return found;
  };

  const keys = async (serverId: string) => (await find(serverId))?.keys ?? [];
  const api = management && new ManagementApi({ organization, tokens, issuerUrl, keys }, management);
  const proxy = management?.httpProxy === true ? await startProxy(api as ManagementApi) : undefined;

  return {
    port,
    caPem: ca.caPem,
    ...(api !== undefined && {
      management: Object.assign(api.credentials(), {
        url: `https://localhost:${port}`,
        ...(proxy !== undefined && { httpProxyUrl: `http://127.0.0.1:${proxy.port}` }),
        credentials: (props?: CredentialsProps) => api.credentials(props),
      }),
    }),
    issuerUrl,
    async signForTest(serverId, claims) {
      const server = await find(serverId);
      if (server === undefined) throw new Error(`There is no authorization server with the id ${serverId}.`);
      return server.sign(claims);
    },
    async close() {
      await proxy?.close();
      await http.close();
    },
  };
}

/** Takes calls of the management API as a proxy does: their addresses name another host. */
function startProxy(api: ManagementApi): Promise<LocalServer> {
  return startHttpServer(async (request, response) => {
    const { url = '' } = request;
    const base = `http://${request.headers.host}`;
    const address = URL.canParse(url, base) ? new URL(url, base) : undefined;
    if (address === undefined || !api.serves(address.pathname)) return answer(response, 404, errorPage(NOT_FOUND));
    await api.answer(request, response, address);
  });
}

interface ServeProps {
  readonly library: OidcLibrary;
  readonly organization: Organization;
  readonly serverId: string;
  readonly tokens: IssuedTokens;
  readonly issuer: string;
}

async function serve({
  library,
  organization,
  serverId,
  tokens,
  issuer,
}: ServeProps): Promise<ServedAuthorizationServer> {
  const privateKey = await signingKey();
  const kid = randomUUID();
  const key = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
  const { kty, n, e } = key;
  const newProvider = (server: AuthorizationServer) => {
    const provider = new library.Provider(
      issuer,
      providerConfiguration({
        ...{ library, organization, server, key },
        ...{ tokens: tokens.ofServer(serverId), sessions: tokens.sessions },
      }),
    );
    configure(provider, organization, serverId);
    return provider;
  };
  let current: { readonly names: string; readonly provider: Provider } | undefined;
  return {
    provider() {
      const server = organization.authorizationServers().find(({ id }) => id === serverId) as AuthorizationServer;
      const names = JSON.stringify([server.scopes, server.claims].map((things) => things.map(({ name }) => name)));
      if (current?.names !== names) current = { names, provider: newProvider(server) };
      return current.provider;
    },
    keys: [{ kty, n, e, kid, alg: 'RS256', use: 'sig' }],
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey),
  };
}

function configure(provider: Provider, organization: Organization, serverId: string): void {
  serveSignIn(provider, organization, serverId);
  refuseFormsWithoutSession(provider);
  endCodesThatFail(provider);
  provider.on('grant.error', (ctx, { error, error_description = '', error_detail }) => {
    const { description } = tokenErrorInOktasWords(
      { error, description: error_description },
      ctx.oidc.params?.grant_type as string | undefined,
      error_detail,
    );
    ctx.body = { error, error_description: description };
  });
  // These are internal errors; the person who signs in does not see them. Without an error listener, Koa prints them with a
  // stack trace.
  provider.on('server_error', (_ctx, error) => logInternalError(error));
  (provider as NodeJS.EventEmitter).on('error', logInternalError);
}

/** A code that fails to be exchanged is dead, so that nobody can try one verifier after the other. */
function endCodesThatFail(provider: Provider): void {
  provider.use(async (ctx, next) => {
    await next();
    const code = textOf(ctx.oidc?.params?.code);
    if (ctx.oidc?.route !== 'token' || ctx.status < 400 || code === undefined) return;
    const stored = await provider.AuthorizationCode.find(code);
    // A used code stays, because its tokens are revoked whenever somebody tries it again.
    if (stored?.isValid) await stored.destroy();
  });
}

/** Logs an error unless `expose` says that it was already shown to the client. */
function logInternalError(error: Error & { expose?: boolean }): void {
  if (error.expose !== true) console.error(`Could not answer a request: ${error.message}`);
}

const NOT_FOUND = {
  error: 'not_found',
  description: 'This page does not exist. Start the sign-in again from kubectl.',
};

/** Ends the sessions of a browser, so that copies of its cookie are worth nothing either. */
async function endSessions(request: IncomingMessage, organization: Organization, sessions: TokenStore): Promise<void> {
  for (const cookie of (request.headers.cookie ?? '').split(';')) {
    const [name = '', id = ''] = cookie.trim().split('=');
    if (name !== SESSION_COOKIE) continue;
    const session = await sessions.adapter('Session').find(id);
    const user = organization.userById(String(session?.accountId));
    if (user !== undefined) organization.log.add({ eventType: 'user.session.end', actor: userParty(user) });
    await sessions.adapter('Session').destroy(id);
  }
}

function signedOut(response: ServerResponse): void {
  response.setHeader('Set-Cookie', `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`);
  answer(response, 200, donePage({ title: 'Signed out', text: 'The next sign-in asks for username and password.' }));
}

function answer(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, pageHeaders(page)).end(page.html);
}
