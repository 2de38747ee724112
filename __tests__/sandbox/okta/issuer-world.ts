import { createHash } from 'node:crypto';
import { type HttpsFetch, httpsFetch } from '../../../sandbox/https-fetch';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { type RunningIssuer, startIssuer } from '../../../sandbox/okta/issuer';
import type { ManagementOptions } from '../../../sandbox/okta/management/management-api';
import { type AccessRule, type App, type New, Organization } from '../../../sandbox/okta/organization';
import { CookieJar } from '../../../sandbox/sign-in/cookie-jar';
import { signInForm } from '../../../sandbox/sign-in/sign-in-form';

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
export const PASSWORD = 'demo <&"password';
export const VERIFIER = 'a-verifier-that-is-long-enough-to-be-one-of-rfc-7636';
export const SERVER = 'aus1';
const REDIRECT_URI = 'http://localhost:8000';

const APP: Omit<New<App>, 'clientId'> = {
  label: 'EKS',
  grantTypes: ['authorization_code', 'refresh_token', DEVICE_GRANT],
  responseTypes: ['code'],
  redirectUris: [REDIRECT_URI, 'http://localhost:18000'],
  postLogoutRedirectUris: [],
  tokenEndpointAuthMethod: 'none',
  pkceRequired: true,
  refreshTokenRotation: 'ROTATE',
  refreshTokenLeeway: 0,
};

const RULE: New<AccessRule> = {
  name: 'kubectl',
  priority: 1,
  grantTypes: ['authorization_code', DEVICE_GRANT],
  groups: ['EVERYONE'],
  scopes: ['openid', 'email', 'offline_access'],
  accessTokenMinutes: 30,
  refreshLifetimeMinutes: 120,
  refreshIdleMinutes: 60,
};

/** The response of a token endpoint. */
export interface TokenAnswer {
  readonly status: number;
  readonly body: Record<string, string>;
}

// Also those of tests that fail: an issuer that is left open would keep Jest from exiting.
const started: RunningIssuer[] = [];
afterAll(() => Promise.all(started.map((issuer) => issuer.close())));

/**
 * An organization with an issuer. Ana and Bob are assigned to all apps: `eks`, `lenient` (leeway of 30 s), `static` (no rotation),
 * `code-only` and `device-only` (no other grant type), and `without-policy`.
 */
export class IssuerWorld {
  private constructor(
    readonly organization: Organization,
    readonly issuer: RunningIssuer,
    readonly fetch: HttpsFetch,
  ) {}

  /** @param management serves the management API, too. @default - it is off */
  static async start(management?: ManagementOptions): Promise<IssuerWorld> {
    const organization = new Organization(PASSWORD);
    for (const login of ['ana@example.com', 'bob@example.com', 'eve@example.com']) organization.addUser({ login });
    const admins = organization.addGroup('eks-admins');
    organization.addGroup('EKS-Upper');
    organization.addGroup('payroll');
    for (const group of ['eks-admins', 'EKS-Upper', 'payroll']) organization.addMember(group, 'ana@example.com');
    organization.addMember('eks-admins', 'bob@example.com');
    const apps = [
      { ...APP, id: 'eks' },
      { ...APP, id: 'lenient', refreshTokenLeeway: 30 },
      { ...APP, id: 'static', refreshTokenRotation: 'STATIC' as const },
      { ...APP, id: 'code-only', grantTypes: ['authorization_code'] },
      { ...APP, id: 'device-only', grantTypes: [DEVICE_GRANT, 'refresh_token'], responseTypes: [] },
      { ...APP, id: 'without-policy' },
    ];
    for (const app of apps) organization.assignGroups(organization.addApp(app).id, [admins.id]);
    for (const id of [SERVER, 'aus2']) {
      organization.addAuthorizationServer({ id, name: id, audiences: ['http://localhost:8000'] });
      organization.addClaim(id, {
        name: 'groups',
        claimType: 'IDENTITY',
        filter: 'STARTS_WITH',
        value: 'eks-',
        alwaysIncludeInToken: true,
        scopes: [],
      });
      const policy = organization.addPolicy(id, {
        name: 'kubectl',
        priority: 1,
        clients: ['eks', 'lenient', 'static', 'code-only'],
      });
      organization.addRule(id, policy.id, RULE);
      const devices = organization.addPolicy(id, { name: 'devices', priority: 2, clients: ['device-only'] });
      organization.addRule(id, devices.id, { ...RULE, grantTypes: [DEVICE_GRANT] });
    }
    const issuer = await startIssuer({ organization, ca: await createCertificateAuthority(), management });
    started.push(issuer);
    return new IssuerWorld(organization, issuer, httpsFetch(issuer.caPem));
  }

  /** Calls the management API. Fails for an error. */
  async api(method: string, path: string, body?: unknown): Promise<unknown> {
    const { apiToken = '', url = '' } = this.issuer.management ?? {};
    const response = await this.fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `SSWS ${apiToken}`, 'content-type': 'application/json' },
      body: body === undefined ? '' : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status >= 300) throw new Error(`${method} ${path}: ${text}`);
    return text === '' ? undefined : JSON.parse(text);
  }

  url(path: string, server = SERVER): string {
    return `${this.issuer.issuerUrl(server)}${path}`;
  }

  /** The authorization URL; undefined removes a parameter. */
  authorizeUrl(changes: Record<string, string | undefined> = {}): string {
    const parameters = {
      client_id: 'eks',
      redirect_uri: REDIRECT_URI,
      response_type: 'code',
      scope: 'openid email',
      state: 'the-state',
      nonce: 'the-nonce',
      code_challenge: createHash('sha256').update(VERIFIER).digest('base64url'),
      code_challenge_method: 'S256',
      ...changes,
    };
    const query = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
    return this.url(`/v1/authorize?${new URLSearchParams(query)}`);
  }

  async post(url: string, form: Record<string, string>): Promise<TokenAnswer> {
    const response = await this.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  }

  /** Exchanges a code as kubelogin does, with changes. */
  exchange(code: string, changes: Record<string, string> = {}, server = SERVER): Promise<TokenAnswer> {
    return this.post(this.url('/v1/token', server), {
      grant_type: 'authorization_code',
      client_id: 'eks',
      code,
      redirect_uri: REDIRECT_URI,
      code_verifier: VERIFIER,
      ...changes,
    });
  }

  refresh(refreshToken: string, clientId = 'eks'): Promise<TokenAnswer> {
    return this.post(this.url('/v1/token'), {
      grant_type: 'refresh_token',
      client_id: clientId,
      refresh_token: refreshToken,
    });
  }

  /** Signs a person in with a new browser and exchanges the code. */
  async tokens(changes: Record<string, string> = {}, login = 'ana@example.com'): Promise<Record<string, string>> {
    const answer = await new TestBrowser(this.fetch).signIn(this.authorizeUrl(changes), login);
    const { body } = await this.exchange(answer.searchParams.get('code') ?? '', {
      client_id: changes.client_id ?? 'eks',
    });
    return body;
  }
}

/** Where a browser arrives: at a page, or at a redirect out of Okta. */
export interface Arrival {
  readonly url: URL;
  /** Undefined for a redirect out of Okta. */
  readonly page?: { readonly status: number; readonly text: string; readonly headers: Headers };
}

/** A browser without scripts. */
export class TestBrowser {
  constructor(
    private readonly fetch: HttpsFetch,
    readonly cookies = new CookieJar(),
  ) {}

  async open(url: string | URL, form?: URLSearchParams): Promise<Arrival> {
    const response = await this.fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html',
        cookie: this.cookies.header(),
        ...(form !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(form !== undefined && { body: form.toString() }),
    });
    this.cookies.take(response);
    const location = response.headers.get('location');
    if (location !== null) {
      const next = new URL(location, url);
      return next.origin === new URL(url).origin ? this.open(next) : { url: next };
    }
    const { status, headers } = response;
    return { url: new URL(url), page: { status, headers, text: await response.text() } };
  }

  /** Fills in the current sign-in page. */
  fillIn({ url, page }: Arrival, login: string, password = PASSWORD): Promise<Arrival> {
    const form = signInForm(page?.text ?? '', { login, password });
    if (form === undefined) throw new Error(`${url} is not a sign-in page: ${page?.text}`);
    return this.open(new URL(form.action, url), form.body);
  }

  /** Signs in and returns the redirect to the app. */
  async signIn(url: string, login: string): Promise<URL> {
    const end = await this.fillIn(await this.open(url), login);
    if (end.page !== undefined) throw new Error(`not signed in: ${end.page.text}`);
    return end.url;
  }
}
