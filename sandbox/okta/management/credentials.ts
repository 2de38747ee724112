import { generateKeyPairSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { jwtVerify, SignJWT } from 'jose';
import type { AdminRole, User } from '../objects';
import type { Organization } from '../organization';
import type { Party } from '../system-log';
import { forbidden, OktaError } from './okta-error';
import { userParty } from './parties';

/** A client of the management API that signs in with its key. */
export interface ServiceApp {
  readonly clientId: string;
  /** The private RSA key in PEM (PKCS #8). */
  readonly privateKey: string;
}

/** What a program needs to call the management API. */
export interface Credentials {
  /** An API token, for `Authorization: SSWS …`. It belongs to an administrator with the role. */
  readonly apiToken: string;
  /** A service app with the scopes and the role. */
  readonly serviceApp: ServiceApp;
}

export interface CredentialsProps {
  /**
   * The scopes of the service app, such as `okta.groups.read`. Those of the form `.manage` include reading.
   * @default - all
   */
  readonly scopes?: readonly string[];
  /**
   * The role of the administrator and of the service app; null for a service app without one, which may do nothing.
   * @default 'SUPER_ADMIN'
   */
  readonly role?: AdminRole | null;
}

/** The scopes that the management API knows. */
export const SCOPES = [
  ...['apps', 'authorizationServers', 'groups', 'networkZones', 'policies', 'roles', 'users'].flatMap((kind) => [
    `okta.${kind}.read`,
    `okta.${kind}.manage`,
  ]),
  'okta.logs.read',
];

/** Who calls, and what the caller may do. */
export interface Caller {
  readonly party: Party;
  /** The user whom a call of `/users/me` returns. @default - a service app */
  readonly user?: User;
  readonly role: AdminRole | null;
  /** @default - an API token, which only the role limits */
  readonly scopes?: readonly string[];
}

interface RegisteredApp {
  readonly publicKey: ReturnType<typeof generateKeyPairSync>['publicKey'];
  readonly scopes: readonly string[];
  readonly role: AdminRole | null;
}

const TOKEN_SECONDS = 3600;
const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** The API tokens and service apps of one run. They stay in memory. */
export class CredentialStore {
  private readonly tokens = new Map<string, string>();
  private readonly apps = new Map<string, RegisteredApp>();
  private readonly keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

  constructor(private readonly organization: Organization) {}

  /** Makes an administrator with an API token, and a service app. */
  make({ scopes = SCOPES, role = 'SUPER_ADMIN' }: CredentialsProps = {}): Credentials {
    const apiToken = `00${randomBytes(30).toString('base64url')}`;
    this.tokens.set(apiToken, this.administrator(role ?? 'READ_ONLY_ADMIN').id);
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const clientId = this.organization.register.newId('0oa');
    this.apps.set(clientId, { publicKey, scopes, role });
    return {
      apiToken,
      serviceApp: { clientId, privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
    };
  }

  private administrator(adminRole: AdminRole): User {
    const login = `${adminRole === 'SUPER_ADMIN' ? 'admin' : 'read-only-admin'}@okta.example`;
    const profile = { firstName: 'Local', lastName: 'Administrator' };
    return this.organization.userByLogin(login) ?? this.organization.addUser({ login, profile, adminRole });
  }

  /** The caller of a request. @throws OktaError without valid credentials. */
  async caller(authorization: string | undefined): Promise<Caller> {
    const [scheme = '', token = ''] = (authorization ?? '').split(' ');
    if (scheme === 'SSWS') return this.callerOfApiToken(token);
    if (scheme === 'Bearer') return this.callerOfAccessToken(token);
    throw new OktaError(403, 'E0000005', 'Invalid session');
  }

  private callerOfApiToken(token: string): Caller {
    const [, userId] = [...this.tokens].find(([known]) => isSame(known, token)) ?? [];
    const user = userId === undefined ? undefined : this.organization.users.get(userId);
    if (user?.status !== 'ACTIVE' || user.adminRole === undefined) throw invalidToken();
    return { party: userParty(user), user, role: user.adminRole };
  }

  private async callerOfAccessToken(token: string): Promise<Caller> {
    const { payload } = await jwtVerify(token, this.keys.publicKey).catch(() => {
      throw invalidToken({ 'www-authenticate': 'Bearer error="invalid_token"' });
    });
    const { cid, scp } = payload as { cid: string; scp: readonly string[] };
    const party = { id: cid, type: 'PublicClientApp', alternateId: cid, displayName: 'Service app' };
    return { party, role: this.apps.get(cid)?.role ?? null, scopes: scp };
  }

  /**
   * Fails unless the caller may make a call.
   * @param kind what the scopes name, such as `groups`.
   */
  require({ scopes, role }: Caller, kind: string, reads: boolean, url: URL): void {
    const scope = `okta.${kind}.${reads ? 'read' : 'manage'}`;
    if (scopes !== undefined && !scopes.includes(scope) && !scopes.includes(`okta.${kind}.manage`)) {
      const challenge = {
        authorization_uri: `${url.origin}/oauth2/v1/authorize`,
        realm: url.origin,
        scope,
        error: 'insufficient_scope',
        error_description: 'The access token provided does not contain the required scopes.',
        resource: url.pathname,
      };
      const words = Object.entries(challenge).map(([name, value]) => `${name}="${value}"`);
      throw forbidden({ 'www-authenticate': `Bearer ${words.join(', ')}` });
    }
    if (role === null || (role === 'READ_ONLY_ADMIN' && !reads)) throw forbidden();
  }

  /**
   * The access token for a service app: the grant `client_credentials` with a signed assertion.
   * @param url the address of the token endpoint.
   * @see https://developer.okta.com/docs/guides/implement-oauth-for-okta-serviceapp/main/
   */
  async token(form: URLSearchParams, url: string): Promise<{ readonly status: number; readonly body: unknown }> {
    if (form.get('grant_type') !== 'client_credentials') {
      return refusal(400, 'unsupported_grant_type', 'The management API only knows the grant type client_credentials.');
    }
    const assertion = form.get('client_assertion') ?? '';
    if (form.get('client_assertion_type') !== ASSERTION || assertion === '') {
      return refusal(401, 'invalid_client', `A client_assertion of the client_assertion_type ${ASSERTION} is needed.`);
    }
    const clientId = await this.clientOf(assertion, url);
    if (clientId === undefined) return refusal(401, 'invalid_client', 'The client_assertion is not valid.');
    const wanted = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
    const granted = this.apps.get(clientId)?.scopes ?? [];
    const missing = wanted.filter((scope) => !granted.includes(scope));
    if (wanted.length === 0 || missing.length > 0) {
      const what =
        missing.length === 0 ? 'No scope is requested.' : `These scopes are not granted: ${missing.join(', ')}.`;
      return refusal(400, 'invalid_scope', what);
    }
    const access_token = await new SignJWT({ cid: clientId, scp: wanted })
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(new URL(url).origin)
      .setSubject(clientId)
      .setIssuedAt()
      .setExpirationTime(`${TOKEN_SECONDS} s`)
      .sign(this.keys.privateKey);
    const body = { token_type: 'Bearer', expires_in: TOKEN_SECONDS, access_token, scope: wanted.join(' ') };
    return { status: 200, body };
  }

  /** The client that has signed an assertion; undefined if it is not valid. */
  private async clientOf(assertion: string, audience: string): Promise<string | undefined> {
    for (const [clientId, { publicKey }] of this.apps) {
      const options = { issuer: clientId, subject: clientId, audience, requiredClaims: ['exp'] };
      const verified = await jwtVerify(assertion, publicKey, options).catch(() => undefined);
      if (verified !== undefined) return clientId;
    }
    return undefined;
  }
}

function refusal(status: number, error: string, description: string) {
  return { status, body: { error, error_description: description } };
}

function invalidToken(headers: Readonly<Record<string, string>> = {}): OktaError {
  return new OktaError(401, 'E0000011', 'Invalid token provided', [], headers);
}

function isSame(known: string, given: string): boolean {
  const [left, right] = [Buffer.from(known), Buffer.from(given)];
  return left.length === right.length && timingSafeEqual(left, right);
}
