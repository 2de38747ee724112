import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import type Provider from 'oidc-provider';
import { startHttpsServer } from '../https-server';
import type { CertificateAuthority } from './certificate-authority';
import { donePage, errorPage } from './message-page';
import { loadOidcLibrary, type OidcLibrary } from './oidc-library';
import { tokenErrorInOktasWords } from './okta-words';
import type { AuthorizationServer, Organization } from './organization';
import { type Page, pageHeaders } from './page';
import { providerConfiguration, SESSION_COOKIE } from './provider-configuration';
import { serveSignIn } from './sign-in';
import { TokenStore } from './token-store';

export interface StartIssuerProps {
  readonly organization: Organization;
  /** Signs the certificate of the issuer's HTTPS. */
  readonly ca: CertificateAuthority;
}

/** The local Okta's HTTPS server, on 127.0.0.1 only. */
export interface RunningIssuer {
  readonly port: number;
  readonly caPem: string;
  /** The issuer of an authorization server, as tokens carry it. */
  issuerUrl(serverId: string): string;
  /** Signs any claims with an authorization server's key, for tests of who trusts them. */
  signForTest(serverId: string, claims: JWTPayload): Promise<string>;
  close(): Promise<void>;
}

/** A request with the URL that it came with, which routing replaces. */
type RoutedRequest = IncomingMessage & { originalUrl?: string };

interface ServedAuthorizationServer {
  readonly provider: Provider;
  sign(claims: JWTPayload): Promise<string>;
}

const SERVER_PATH = /^\/oauth2\/([^/?]+)(\/.*)$/;
/** Where Okta ends the session of a browser. */
const SIGN_OUT_PATH = '/login/signout';

/** Starts the local Okta on a free port; its authorization servers are those of the organization at each moment. */
export async function startIssuer({ organization, ca }: StartIssuerProps): Promise<RunningIssuer> {
  const library = await loadOidcLibrary();
  const sessions = newStore(organization);
  const served = new Map<string, Promise<ServedAuthorizationServer>>();

  const http = await startHttpsServer(await ca.serverCertificate(), async (request: RoutedRequest, response) => {
    const url = request.url ?? '';
    if (url.split('?', 1)[0] === SIGN_OUT_PATH) return signOut(response);
    const [, serverId = '', rest] = SERVER_PATH.exec(url) ?? [];
    const server = find(serverId);
    if (server === undefined) return answer(response, 404, errorPage(NOT_FOUND));
    // As routers do it that mount one application in another; oidc-provider makes its URLs of both.
    request.originalUrl = url;
    request.url = rest;
    const { provider } = await server;
    await provider.callback()(request, response);
  });
  const { port } = http;
  const issuerUrl = (serverId: string) => `https://localhost:${port}/oauth2/${serverId}`;

  const find = (serverId: string): Promise<ServedAuthorizationServer> | undefined => {
    const server = organization.authorizationServers().find(({ id }) => id === serverId);
    if (server === undefined) return undefined;
    const found =
      served.get(serverId) ?? serve({ library, organization, server, sessions, issuer: issuerUrl(serverId) });
    served.set(serverId, found);
    return found;
  };

  return {
    port,
    caPem: ca.caPem,
    issuerUrl,
    async signForTest(serverId, claims) {
      const server = await find(serverId);
      if (server === undefined) throw new Error(`no authorization server has the id ${serverId}`);
      return server.sign(claims);
    },
    close: http.close,
  };
}

interface ServeProps {
  readonly library: OidcLibrary;
  readonly organization: Organization;
  readonly server: AuthorizationServer;
  readonly sessions: TokenStore;
  readonly issuer: string;
}

async function serve({
  library,
  organization,
  server,
  sessions,
  issuer,
}: ServeProps): Promise<ServedAuthorizationServer> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const kid = randomUUID();
  const key = { ...(await exportJWK(privateKey)), kid, alg: 'RS256', use: 'sig' };
  const provider = new library.Provider(
    issuer,
    providerConfiguration({ library, organization, server, key, tokens: newStore(organization), sessions }),
  );
  serveSignIn(provider, organization, server.id);
  provider.on('grant.error', (ctx, { error, error_description = '', error_detail }) => {
    const { description } = tokenErrorInOktasWords(
      { error, description: error_description },
      ctx.oidc.params?.grant_type as string | undefined,
      error_detail,
    );
    ctx.body = { error, error_description: description };
  });
  // Faults of ours, of which whoever signs in is told nothing; what was said on purpose is exposed. Koa prints its own
  // with their stack unless somebody listens.
  provider.on('server_error', (_ctx, error) => tell(error));
  (provider as NodeJS.EventEmitter).on('error', tell);
  return {
    provider,
    sign: (claims) => new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid }).sign(privateKey),
  };
}

function tell(error: Error & { expose?: boolean }): void {
  if (error.expose !== true) console.error(`A request could not be answered: ${error.message}`);
}

function newStore(organization: Organization): TokenStore {
  return new TokenStore((clientId) => organization.appByClientId(clientId)?.refreshTokenLeeway ?? 0);
}

const NOT_FOUND = { error: 'not_found', description: 'There is nothing here. Sign in where you began.' };

function signOut(response: ServerResponse): void {
  response.setHeader('Set-Cookie', `${SESSION_COOKIE}=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax`);
  answer(response, 200, donePage({ title: 'Signed out', text: 'The next sign-in asks for user name and password.' }));
}

function answer(response: ServerResponse, status: number, page: Page): void {
  response.writeHead(status, pageHeaders(page)).end(page.html);
}
