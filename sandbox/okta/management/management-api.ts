import type { IncomingMessage, ServerResponse } from 'node:http';
import { bodyOf, RequestError } from '../../https-server';
import { accessPolicyRoutes } from './access-policies';
import { appAssignmentRoutes } from './app-assignments';
import { appRoutes } from './apps';
import { authenticationPolicyRoutes } from './authentication-policies';
import { authorizationServerRoutes } from './authorization-servers';
import { Call, type Handler, type Routes } from './call';
import { CredentialStore, type Credentials, type CredentialsProps } from './credentials';
import { groupRuleRoutes } from './group-rules';
import { groupRoutes } from './groups';
import { logRoutes } from './logs';
import type { ManagementWorld } from './management-world';
import { OktaError } from './okta-error';
import { RateLimit, type RateLimitProps } from './rate-limit';
import { serverClaimRoutes } from './server-claims';
import { userSessionRoutes } from './user-sessions';
import { userRoutes } from './users';
import { zoneRoutes } from './zones';

/** Settings of the management API. */
export interface ManagementOptions {
  /**
   * Whether a plain HTTP server on 127.0.0.1 takes the calls too, as the proxy of the Terraform provider
   * (`OKTA_HTTP_PROXY`), which cannot reach a port of its own otherwise.
   * @default false
   */
  readonly httpProxy?: boolean;
  /** @default - 600 calls of each kind in 60 seconds */
  readonly rateLimit?: RateLimitProps;
}

const MOST_CHARACTERS = 1_000_000;
const DEFAULT_RATE_LIMIT: RateLimitProps = { limit: 600, windowSeconds: 60 };

interface Route {
  readonly method: string;
  /** The path with its braces. */
  readonly path: string;
  readonly pattern: RegExp;
  readonly query: readonly string[];
  readonly answer: Handler;
}

/** What is sent as the answer to a request. */
interface Response {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Okta's management API on the organization of the issuer. */
export class ManagementApi {
  private readonly routes: readonly Route[];
  private readonly credentialStore: CredentialStore;
  private readonly rateLimit: RateLimit;

  constructor(
    private readonly world: ManagementWorld,
    { rateLimit = DEFAULT_RATE_LIMIT }: ManagementOptions,
  ) {
    this.credentialStore = new CredentialStore(world.organization);
    this.rateLimit = new RateLimit(rateLimit);
    this.routes = Object.entries({
      ...userRoutes(world),
      ...userSessionRoutes(world),
      ...groupRoutes(world),
      ...groupRuleRoutes(world),
      ...appRoutes(world),
      ...appAssignmentRoutes(world),
      ...authorizationServerRoutes(world),
      ...serverClaimRoutes(world),
      ...accessPolicyRoutes(world),
      ...authenticationPolicyRoutes(world),
      ...zoneRoutes(world),
      ...logRoutes(world),
    })
      .map(([key, route]) => routeOf(key, route as Routes[string]))
      // `/groups/rules` is not the group with the id `rules`.
      .sort((a, b) => braces(a.path) - braces(b.path));
  }

  /** Makes credentials with their own scopes and role. */
  credentials(props?: CredentialsProps): Credentials {
    return this.credentialStore.make(props);
  }

  /** Whether a path belongs to the API, and not to the sign-in. */
  serves(pathname: string): boolean {
    return /^\/(api|internal)\/|^\/\.well-known\/okta-organization$|^\/oauth2\/v1\/token$/.test(pathname);
  }

  /** Answers a request. @param url its address, as the client sees it. */
  async answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
    const bucket = bucketOf(url);
    const limits = this.rateLimit.count(bucket);
    const { status, body, headers } = await this.responseTo(request, url, bucket).catch(errorResponse);
    response
      .writeHead(status, {
        ...limits,
        ...headers,
        'cache-control': 'no-cache, no-store',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      })
      .end(body === undefined ? undefined : JSON.stringify(body));
  }

  private async responseTo(request: IncomingMessage, url: URL, bucket: string): Promise<Response> {
    this.rateLimit.require(bucket);
    const text = await bodyOf(request, MOST_CHARACTERS);
    if (url.pathname === '/oauth2/v1/token') {
      if (request.method !== 'POST') throw wrongMethod();
      return this.credentialStore.token(new URLSearchParams(text), `${url.origin}${url.pathname}`);
    }
    // Okta answers this without credentials, too.
    if (url.pathname === '/.well-known/okta-organization') {
      const settings = { analyticsCollectionEnabled: false, bugReportingEnabled: false, omEnabled: false };
      return { status: 200, body: { id: '00o00000000000000001', pipeline: 'idx', settings } };
    }
    const caller = await this.credentialStore.caller(request.headers.authorization);
    const { route, path } = this.find(request.method ?? '', url.pathname);
    const reads = route.method === 'GET';
    this.credentialStore.require(caller, scopeKind(route.path), reads, url);
    requireQuery(url, route.query);
    if (text !== '' && !/^application\/json\b/.test(request.headers['content-type'] ?? '')) {
      throw new OktaError(415, 'E0000021', 'Bad request. The Content-Type header must be application/json.');
    }
    const call = new Call({
      ...{ path, url, body: text, caller: caller.party, userAgent: request.headers['user-agent'] },
      log: this.world.organization.log,
    });
    const { status, body, next } = await route.answer(call);
    const links = [`<${url.href}>; rel="self"`, ...(next === undefined ? [] : [`<${next}>; rel="next"`])];
    return { status, body, headers: Array.isArray(body) ? { link: links.join(', ') } : {} };
  }

  private find(
    method: string,
    pathname: string,
  ): { readonly route: Route; readonly path: Readonly<Record<string, string>> } {
    const fitting = this.routes.filter(({ pattern }) => pattern.test(pathname));
    if (fitting.length === 0) {
      throw new OktaError(404, 'E0000007', `Not found: The local Okta has no ${pathname}`);
    }
    const route = fitting.find((candidate) => candidate.method === method);
    if (route === undefined) throw wrongMethod();
    const groups = Object.entries(route.pattern.exec(pathname)?.groups ?? {});
    return { route, path: Object.fromEntries(groups.map(([name, value]) => [name, decoded(value)])) };
  }
}

function routeOf(key: string, route: Routes[string]): Route {
  const [method = '', path = ''] = key.split(' ');
  const { query, answer } = typeof route === 'function' ? { query: [], answer: route } : route;
  const pattern = new RegExp(`^/api/v1${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`);
  return { method, path, pattern, query, answer };
}

function braces(path: string): number {
  return path.split('{').length;
}

/** What the scope of a path names: that of the API's first word, except for the roles of a user. */
function scopeKind(path: string): string {
  if (path.endsWith('/roles')) return 'roles';
  const word = path.split('/')[1] as string;
  return word === 'zones' ? 'networkZones' : word;
}

/** Okta limits the calls of each kind of object. */
function bucketOf({ pathname }: URL): string {
  return pathname.split('/').slice(0, 4).join('/');
}

function requireQuery(url: URL, known: readonly string[]): void {
  const unknown = [...url.searchParams.keys()].find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const words = known.length === 0 ? 'This call takes no parameters' : `These are: ${known.join(', ')}`;
  throw new OktaError(400, 'E0000001', `Api validation failed: ${unknown}`, [
    `${unknown}: The local Okta does not support this parameter. ${words}`,
  ]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new OktaError(400, 'E0000001', `Api validation failed: ${text}`);
  }
}

function wrongMethod(): OktaError {
  return new OktaError(405, 'E0000022', 'The endpoint does not support the provided HTTP method');
}

function errorResponse(error: unknown): Response {
  if (error instanceof OktaError) return { status: error.status, body: error.body, headers: error.headers };
  if (error instanceof RequestError) throw error;
  const { message } = error as Error;
  console.error(`Could not answer a request: ${message}`);
  return { status: 500, body: new OktaError(500, 'E0000009', 'Internal Server Error').body };
}
