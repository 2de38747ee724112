import type { AccessPolicy, AccessRule, App, AuthorizationRequest } from '../../../sandbox/okta/organization';
import { demoOrganization, demoRule } from './demo-organization';

interface Situation {
  readonly app?: Partial<App>;
  /** Policies with their rules, in the order in which they are added. By default, a policy is for the app. */
  readonly policies?: readonly (Partial<Pick<AccessPolicy, 'clients' | 'priority'>> & {
    readonly rules: readonly Partial<AccessRule>[];
  })[];
  readonly request?: Partial<AuthorizationRequest>;
  /** @default 'ana@example.com' */
  readonly login?: string | null;
}

function resultOf({ app: changes, policies = [{ rules: [{}] }], request, login = 'ana@example.com' }: Situation = {}) {
  const { organization, app, server } = demoOrganization(changes);
  organization.addUser({ login: 'gone@example.com', status: 'DEPROVISIONED' });
  organization.addMember('eks-admins', 'gone@example.com');
  for (const [index, { rules, ...policy }] of policies.entries()) {
    const { id } = organization.addPolicy(server.id, {
      name: `policy ${index}`,
      priority: index + 1,
      clients: [app.clientId],
      ...policy,
    });
    for (const rule of rules) organization.addRule(server.id, id, demoRule(rule));
  }
  return organization.authorize({
    serverId: server.id,
    clientId: app.clientId,
    ...(login !== null && { userId: organization.userByLogin(login)?.id ?? 'unknown' }),
    redirectUri: 'http://localhost:8000',
    scopes: ['openid', 'email'],
    grantType: 'authorization_code',
    codeChallengeMethod: 'S256',
    ...request,
  });
}

const NOT_ASSIGNED = {
  ok: false,
  error: 'access_denied',
  description: 'User is not assigned to the client application.',
};

const POLICY_FAILED = {
  ok: false,
  error: 'access_denied',
  description: 'Policy evaluation failed for this request, please check the policy configurations.',
};

const UNKNOWN_SCOPE = {
  ok: false,
  error: 'invalid_scope',
  description: 'One or more scopes are not configured for the authorization server resource.',
};

const WRONG_REDIRECT = {
  ok: false,
  error: 'invalid_request',
  description: "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings.",
};

describe('the authorization of a request', () => {
  test('succeeds for an assigned person with the matching rule', () => {
    expect(resultOf()).toEqual({ ok: true, rule: 'Code', accessTokenMinutes: 15 });
  });

  test('includes refresh tokens for the scope and the grant type', () => {
    const result = resultOf({ request: { scopes: ['openid', 'offline_access'] } });

    expect(result).toEqual({
      ok: true,
      rule: 'Code',
      accessTokenMinutes: 15,
      refreshLifetimeMinutes: 720,
      refreshIdleMinutes: 120,
    });
  });

  test('includes no refresh tokens for an app without the grant type', () => {
    const result = resultOf({
      app: { grantTypes: ['authorization_code'] },
      request: { scopes: ['openid', 'offline_access'] },
    });

    expect(result).toEqual({ ok: true, rule: 'Code', accessTokenMinutes: 15 });
  });

  test('does not evaluate the person before the sign-in', () => {
    expect(resultOf({ login: null, policies: [] })).toEqual({ ok: true, accessTokenMinutes: 60 });
  });

  test.each(['http://localhost:8000/', 'http://localhost:8001', 'http://127.0.0.1:8000', 'HTTP://localhost:8000'])(
    'refuses the redirect URI %s, which is not exactly one of the app',
    (redirectUri) => {
      expect(resultOf({ request: { redirectUri } })).toEqual(WRONG_REDIRECT);
    },
  );

  test('refuses an unknown client first', () => {
    const result = resultOf({ request: { clientId: '0oa9', redirectUri: 'http://elsewhere', scopes: ['x'] } });

    expect(result).toEqual({
      ok: false,
      error: 'invalid_client',
      description: "Invalid value for 'client_id' parameter.",
    });
  });

  test('refuses a grant type that the app does not have', () => {
    expect(resultOf({ request: { grantType: 'password' } })).toEqual({
      ok: false,
      error: 'unauthorized_client',
      description:
        'The client is not authorized to use the provided grant type. Configured grant types: [authorization_code, refresh_token].',
    });
  });

  test('refuses a public app without PKCE', () => {
    expect(resultOf({ request: { codeChallengeMethod: undefined } })).toEqual({
      ok: false,
      error: 'invalid_request',
      description: "PKCE code challenge is required when the token endpoint authentication method is 'NONE'.",
    });
  });

  test('refuses an app with a secret and required PKCE without PKCE', () => {
    const result = resultOf({
      app: { tokenEndpointAuthMethod: 'client_secret_basic' },
      request: { codeChallengeMethod: undefined },
    });

    expect(result).toEqual({
      ok: false,
      error: 'invalid_request',
      description: 'PKCE code challenge is required by the application.',
    });
  });

  test('accepts an app without required PKCE', () => {
    const result = resultOf({ app: { pkceRequired: false }, request: { codeChallengeMethod: undefined } });

    expect(result).toEqual({ ok: true, rule: 'Code', accessTokenMinutes: 15 });
  });

  test('refuses PKCE in plain text', () => {
    expect(resultOf({ request: { codeChallengeMethod: 'plain' } })).toEqual({
      ok: false,
      error: 'invalid_request',
      description: "The 'code_challenge_method' parameter must be S256.",
    });
  });

  test('refuses a scope that the server does not have, even if the rule allows any', () => {
    expect(resultOf({ request: { scopes: ['openid', 'groups'] } })).toEqual(UNKNOWN_SCOPE);
  });

  test.each(['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'])(
    'knows the scope %s of every server',
    (scope) => {
      expect(resultOf({ request: { scopes: [scope] } })).toMatchObject({ ok: true });
    },
  );

  test.each([
    ['is in no assigned group', 'ben@example.com'],
    ['is no longer active', 'gone@example.com'],
    ['is unknown', 'eve@example.com'],
  ])('refuses a person who %s', (_what, login) => {
    expect(resultOf({ login })).toEqual(NOT_ASSIGNED);
  });

  test('refuses a person who is not assigned before it evaluates policies', () => {
    expect(resultOf({ login: 'ben@example.com', policies: [] })).toEqual(NOT_ASSIGNED);
  });

  test.each<[string, Situation]>([
    ['there is no policy', { policies: [] }],
    ['no policy is for the app', { policies: [{ clients: ['0oa9'], rules: [{}] }] }],
    ['the policy has no rule', { policies: [{ rules: [] }] }],
    ['no rule is for the grant type', { policies: [{ rules: [{ grantTypes: ['client_credentials'] }] }] }],
    ['no rule is for the groups of the person', { policies: [{ rules: [{ groups: ['00g9'] }] }] }],
    ['no rule is for every scope', { policies: [{ rules: [{ scopes: ['openid'] }, { scopes: ['email'] }] }] }],
    [
      'the first policy for the app has no matching rule, even if a later one has',
      { policies: [{ rules: [{ scopes: ['openid'] }] }, { rules: [{}] }] },
    ],
    [
      'the policy of the highest priority has no matching rule, though it was added last',
      {
        policies: [
          { priority: 2, rules: [{}] },
          { priority: 1, rules: [] },
        ],
      },
    ],
  ])('fails the evaluation of policies if %s', (_what, situation) => {
    expect(resultOf(situation)).toEqual(POLICY_FAILED);
  });

  test.each<[string, Situation, string]>([
    [
      'the rule of the highest priority, though it was added last',
      {
        policies: [
          {
            rules: [
              { name: 'second', priority: 2 },
              { name: 'first', priority: 1 },
            ],
          },
        ],
      },
      'first',
    ],
    [
      'the next rule if the first does not allow every scope',
      {
        policies: [
          {
            rules: [
              { name: 'narrow', scopes: ['openid'] },
              { name: 'wide', priority: 2 },
            ],
          },
        ],
      },
      'wide',
    ],
    [
      'a rule that names every scope',
      { policies: [{ rules: [{ name: 'named', scopes: ['email', 'openid'] }] }] },
      'named',
    ],
    ['a policy for all clients', { policies: [{ clients: ['ALL_CLIENTS'], rules: [{ name: 'all' }] }] }, 'all'],
    [
      'the policy for the app if an earlier one is for another app',
      { policies: [{ clients: ['0oa9'], rules: [{ name: 'other' }] }, { rules: [{ name: 'own' }] }] },
      'own',
    ],
  ])('uses %s', (_what, situation, rule) => {
    expect(resultOf(situation)).toEqual({ ok: true, rule, accessTokenMinutes: 15 });
  });

  test('applies a rule for a group to its members', () => {
    const { organization, app, server } = demoOrganization();
    const admins = organization.groupByName('eks-admins')?.id ?? '';
    const policy = organization.addPolicy(server.id, { name: 'p', priority: 1, clients: [app.clientId] });
    organization.addRule(server.id, policy.id, demoRule({ groups: [admins] }));

    const result = organization.authorize({
      serverId: server.id,
      clientId: app.clientId,
      userId: organization.userByLogin('ana@example.com')?.id ?? '',
      scopes: ['openid'],
      grantType: 'authorization_code',
    });

    expect(result).toEqual({ ok: true, rule: 'Code', accessTokenMinutes: 15 });
  });

  test('evaluates the policies again at a refresh, although rules do not list it', () => {
    const refresh = { grantType: 'refresh_token', redirectUri: undefined, codeChallengeMethod: undefined };

    expect(resultOf({ request: refresh })).toEqual({ ok: true, rule: 'Code', accessTokenMinutes: 15 });
    expect(resultOf({ request: refresh, login: 'ben@example.com' })).toEqual(NOT_ASSIGNED);
    expect(resultOf({ request: refresh, policies: [{ rules: [{ scopes: ['openid'] }] }] })).toEqual(POLICY_FAILED);
  });
});
