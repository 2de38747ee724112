import { TerraformStack, TerraformVariable } from 'cdktf';
import { OktaProvider } from '#okta/provider';
import { AccessPolicy } from '../../../constructs/okta/access-policy';
import { AuthorizationServer } from '../../../constructs/okta/authorization-server';
import { NativeApp } from '../../../constructs/okta/native-app';
import { resources, synthesized, synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const serverAndApp = (stack: TerraformStack) => ({
  authorizationServer: new AuthorizationServer(stack, 'Server', { name: 'EKS', groupsStartWith: 'eks-' }),
  app: new NativeApp(stack, 'App', { label: 'EKS' }),
});
const onePolicy = (props: object = {}) =>
  synthesizedConstructs(
    (stack) => new AccessPolicy(stack, 'Policy', { name: 'EKS', ...serverAndApp(stack), ...props }),
  );
/** A policy of an app of its own. */
const policyOf = (app: object, props: object) =>
  synthesizedConstructs((stack) => {
    new AccessPolicy(stack, 'Policy', {
      name: 'EKS',
      authorizationServer: new AuthorizationServer(stack, 'Server', { name: 'EKS', groupsStartWith: 'eks-' }),
      app: new NativeApp(stack, 'App', { label: 'EKS', ...app }),
      ...props,
    });
  });

describe('AccessPolicy', () => {
  test('is for one client, the first in order, replaced with its server', () => {
    const stack = onePolicy();

    const server = theAddress(stack, 'okta_auth_server');
    expect(theResource(stack, 'okta_auth_server_policy')).toEqual({
      auth_server_id: `\${${server}.id}`,
      name: 'EKS',
      description: 'EKS',
      client_whitelist: [`\${${theAddress(stack, 'okta_app_oauth')}.client_id}`],
      priority: 1,
      lifecycle: { replace_triggered_by: [`${server}.id`] },
    });
  });

  test('allows the authorization code to any user who is assigned to the app, in a rule replaced with both', () => {
    const stack = onePolicy();

    const server = theAddress(stack, 'okta_auth_server');
    const policy = theAddress(stack, 'okta_auth_server_policy');
    expect(theResource(stack, 'okta_auth_server_policy_rule')).toEqual({
      auth_server_id: `\${${server}.id}`,
      policy_id: `\${${policy}.id}`,
      name: 'AuthCode + PKCE',
      priority: 1,
      grant_type_whitelist: ['authorization_code'],
      scope_whitelist: ['*'],
      group_whitelist: ['EVERYONE'],
      lifecycle: { replace_triggered_by: [`${server}.id`, `${policy}.id`] },
    });
  });

  test('has the description that it is given', () => {
    const policy = theResource(onePolicy({ description: 'kubectl' }), 'okta_auth_server_policy');

    expect(policy.description).toBe('kubectl');
  });

  test('has the rule name that it is given', () => {
    const rule = theResource(onePolicy({ ruleName: 'kubectl' }), 'okta_auth_server_policy_rule');

    expect(rule.name).toBe('kubectl');
  });

  test("fails where the rule name is beyond Okta's limits", () => {
    expect(() => onePolicy({ ruleName: 'x'.repeat(51) })).toThrow(
      constructError(
        'test/Policy',
        'This is not a valid name for an Okta access policy rule.',
        `Given: '${'x'.repeat(51)}', 51 characters.`,
        'Allowed: 1 to 50 characters, without control characters, and without white space at the start or end.',
        'Fix: Shorten it by 1.',
      ),
    );
  });

  test('counts priorities from 1 without gaps, each policy waiting for the one before', () => {
    const stack = synthesizedConstructs((scope) => {
      const { authorizationServer, app } = serverAndApp(scope);
      for (const name of ['a', 'b', 'c']) new AccessPolicy(scope, `Policy-${name}`, { authorizationServer, app, name });
    });

    const addressOf = (name: string) =>
      Object.entries(stack.resource?.okta_auth_server_policy ?? {})
        .filter(([, policy]) => policy.name === name)
        .map(([id]) => `okta_auth_server_policy.${id}`);
    expect(
      resources(stack, 'okta_auth_server_policy')
        .map(({ name, priority, depends_on }) => ({ name, priority, depends_on }))
        .sort((a, b) => a.priority - b.priority),
    ).toEqual([
      { name: 'a', priority: 1, depends_on: undefined },
      { name: 'b', priority: 2, depends_on: addressOf('a') },
      { name: 'c', priority: 3, depends_on: addressOf('b') },
    ]);
    expect(resources(stack, 'okta_auth_server_policy_rule').map(({ priority }) => priority)).toEqual([1, 1, 1]);
  });

  test.each([
    ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
    ['has 51 characters', 'x'.repeat(51), `'${'x'.repeat(51)}', 51 characters`, 'Shorten it by 1.'],
  ])('fails where the name %s', (_case, name, given, fix) => {
    expect(() => onePolicy({ name })).toThrow(
      constructError(
        'test/Policy',
        'This is not a valid name for an Okta access policy.',
        `Given: ${given}.`,
        'Allowed: 1 to 50 characters, without control characters, and without white space at the start or end.',
        `Fix: ${fix}`,
      ),
    );
  });

  test('takes a name that only Terraform knows, whatever the length of its expression', () => {
    const stack = synthesizedConstructs((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'name', {});
      new AccessPolicy(scope, 'Policy', { ...serverAndApp(scope), name: stringValue.repeat(5) });
    });

    expect(theResource(stack, 'okta_auth_server_policy')).toMatchObject({
      name: '${var.name}'.repeat(5),
      description: '${var.name}'.repeat(5),
    });
  });

  test('starts again at priority 1 for each server', () => {
    const stack = synthesizedConstructs((scope) => {
      const app = new NativeApp(scope, 'App', { label: 'EKS' });
      for (const name of ['one', 'two']) {
        const authorizationServer = new AuthorizationServer(scope, name, { name, groupsStartWith: 'eks-' });
        new AccessPolicy(scope, `Policy-${name}`, { authorizationServer, app, name });
      }
    });

    expect(
      resources(stack, 'okta_auth_server_policy').map(({ priority, depends_on }) => [priority, depends_on]),
    ).toEqual([
      [1, undefined],
      [1, undefined],
    ]);
  });

  test('fails in another stack than its server, with which it could not be replaced', () => {
    const build = () =>
      synthesized((scope) => {
        const [one, other] = ['one', 'other'].map((id) => {
          const stack = new TerraformStack(scope, id);
          new OktaProvider(stack, 'okta', {});
          return stack;
        }) as [TerraformStack, TerraformStack];
        const { authorizationServer } = serverAndApp(one);
        new AccessPolicy(other, 'Policy', {
          authorizationServer,
          app: new NativeApp(other, 'App', { label: 'EKS' }),
          name: 'EKS',
        });
      });

    expect(build).toThrow(
      constructError(
        'other/Policy',
        'The authorization server is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the authorization server in the stack one.',
        'Allowed: one in the stack other.',
        'Fix: Define the policy in the stack of its server.',
      ),
    );
  });

  test('gives the tokens of an app with refresh and device code their lifetimes and scopes', () => {
    const stack = policyOf(
      { refresh: {}, deviceCode: true },
      {
        accessTokenMinutes: 15,
        refreshLifetimeMinutes: 720,
        refreshIdleMinutes: 120,
        scopes: ['profile', 'openid', 'offline_access', 'email', 'openid'],
      },
    );

    const server = theAddress(stack, 'okta_auth_server');
    const policy = theAddress(stack, 'okta_auth_server_policy');
    expect(theResource(stack, 'okta_auth_server_policy_rule')).toEqual({
      auth_server_id: `\${${server}.id}`,
      policy_id: `\${${policy}.id}`,
      name: 'AuthCode + PKCE',
      priority: 1,
      grant_type_whitelist: ['authorization_code', 'urn:ietf:params:oauth:grant-type:device_code'],
      scope_whitelist: ['email', 'offline_access', 'openid', 'profile'],
      group_whitelist: ['EVERYONE'],
      access_token_lifetime_minutes: 15,
      refresh_token_lifetime_minutes: 720,
      refresh_token_window_minutes: 120,
      lifecycle: { replace_triggered_by: [`${server}.id`, `${policy}.id`] },
    });
  });

  test('gives access tokens a lifetime, and refresh tokens none, where the app has none', () => {
    const rule = theResource(policyOf({}, { accessTokenMinutes: 5 }), 'okta_auth_server_policy_rule');

    expect(rule.access_token_lifetime_minutes).toBe(5);
    expect(rule).not.toHaveProperty('refresh_token_lifetime_minutes');
    expect(rule).not.toHaveProperty('refresh_token_window_minutes');
  });

  test('allows any scope to an app with refresh as well', () => {
    const stack = policyOf({ refresh: {} }, { refreshLifetimeMinutes: 720, refreshIdleMinutes: 120 });

    expect(theResource(stack, 'okta_auth_server_policy_rule')).toMatchObject({
      grant_type_whitelist: ['authorization_code'],
      scope_whitelist: ['*'],
    });
  });

  test('fails with lifetimes that Okta would refuse when they are applied', () => {
    expect(() =>
      policyOf({ refresh: {} }, { accessTokenMinutes: 15, refreshLifetimeMinutes: 720, refreshIdleMinutes: 721 }),
    ).toThrow(
      constructError(
        'test/Policy',
        "A refresh token's idle time must be between the access token's lifetime and its own.",
        'Given: an access token of 15, an idle time of 721 and a lifetime of 720 minutes.',
        'Allowed: whole minutes, access token <= idle time <= lifetime, an idle time of 10 to 2628000.',
        'Fix: Raise the idle time or the lifetime, or shorten the access token.',
      ),
    );
  });

  test('fails without lifetimes where the app has refresh: unset, they never end', () => {
    expect(() => policyOf({ refresh: {} }, {})).toThrow(
      constructError(
        'test/Policy',
        'Without lifetimes, the refresh tokens of the app would never expire while they are used.',
        'Given: an app with refresh, and no lifetimes.',
        'Allowed: refreshLifetimeMinutes and refreshIdleMinutes for an app with refresh, and for no other app.',
        'Fix: Set both.',
      ),
    );
  });

  test('fails with one lifetime alone', () => {
    expect(() => policyOf({ refresh: {} }, { refreshLifetimeMinutes: 720 })).toThrow(
      constructError(
        'test/Policy',
        "With only one of a refresh token's lifetime and idle time, Okta chooses the other.",
        'Given: only a lifetime.',
        'Allowed: both or neither.',
        'Fix: Set both.',
      ),
    );
  });

  test('fails with lifetimes where the app has no refresh', () => {
    expect(() => policyOf({}, { refreshLifetimeMinutes: 720, refreshIdleMinutes: 120 })).toThrow(
      constructError(
        'test/Policy',
        'The app has no refresh tokens, so their lifetimes have no effect.',
        'Given: lifetimes, and an app without refresh.',
        'Allowed: refreshLifetimeMinutes and refreshIdleMinutes for an app with refresh, and for no other app.',
        'Fix: Enable refresh on the app, or omit the lifetimes.',
      ),
    );
  });

  const LIFETIMES = { refreshLifetimeMinutes: 720, refreshIdleMinutes: 120 };

  test.each([
    [
      'offline_access without refresh',
      {},
      { scopes: ['openid', 'offline_access'] },
      "'openid', 'offline_access', and an app without refresh",
      'Remove offline_access, or enable refresh on the app.',
    ],
    [
      'refresh without offline_access',
      { refresh: {} },
      { scopes: ['openid'], ...LIFETIMES },
      "'openid', and an app with refresh",
      'Add offline_access.',
    ],
  ])('fails with %s', (_case, app, props, given, fix) => {
    expect(() => policyOf(app, props)).toThrow(
      constructError(
        'test/Policy',
        'The scope offline_access does not match the refresh tokens of the app.',
        `Given: ${given}.`,
        'Allowed: offline_access for an app with refresh, and for no other app.',
        `Fix: ${fix}`,
      ),
    );
  });

  test.each([
    [[], 'an empty list'],
    [['email', 'profile'], "'email', 'profile'"],
  ])('fails with the scopes %j, which give no ID token', (scopes, given) => {
    expect(() => policyOf({}, { scopes })).toThrow(
      constructError(
        'test/Policy',
        'Without the scope openid, Okta issues no ID token, which kubectl needs to sign in.',
        `Given: ${given}.`,
        "Allowed: scopes with openid, or '*' for any.",
        'Fix: Add openid.',
      ),
    );
  });

  test('is on a server that is looked up, which nothing can be replaced with', () => {
    const stack = synthesizedConstructs((scope) => {
      const authorizationServer = AuthorizationServer.fromName(scope, 'Server', {
        name: 'EKS',
        groupsStartWith: 'eks-',
      });
      const app = new NativeApp(scope, 'App', { label: 'EKS' });
      for (const name of ['a', 'b']) new AccessPolicy(scope, `Policy-${name}`, { authorizationServer, app, name });
    });

    const server = `\${${theAddress(stack, 'data.okta_auth_server')}.id}`;
    const client = `\${${theAddress(stack, 'okta_app_oauth')}.client_id}`;
    const addresses = Object.keys(stack.resource?.okta_auth_server_policy ?? {}).map(
      (id) => `okta_auth_server_policy.${id}`,
    );
    expect(resources(stack, 'okta_auth_server_policy')).toEqual([
      { auth_server_id: server, name: 'a', description: 'a', client_whitelist: [client], priority: 1 },
      {
        auth_server_id: server,
        name: 'b',
        description: 'b',
        client_whitelist: [client],
        priority: 2,
        depends_on: [addresses[0]],
      },
    ]);
    expect(resources(stack, 'okta_auth_server_policy_rule').map(({ lifecycle }) => lifecycle)).toEqual(
      addresses.map((address) => ({ replace_triggered_by: [`${address}.id`] })),
    );
  });
});
