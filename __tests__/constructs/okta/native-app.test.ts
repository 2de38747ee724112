import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { OktaProvider } from '#okta/provider';
import { AuthenticationPolicy } from '../../../constructs/okta/authentication-policy';
import { KUBELOGIN_PORTS, NativeApp } from '../../../constructs/okta/native-app';
import { NATIVE_APP } from '../../native-app';
import { synthesized, synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code';
const VISIBLE = 'without control characters, and without white space at the start or end';

describe('NativeApp', () => {
  test('is native with PKCE, without a secret, for the authorization code alone', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS' })),
      'okta_app_oauth',
    );

    expect(app).toEqual(NATIVE_APP);
  });

  test('makes the app and nothing else', () => {
    const stack = synthesizedConstructs((scope) => new NativeApp(scope, 'App', { label: 'EKS' }));

    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_app_oauth']);
    expect(stack.data).toBeUndefined();
  });

  test('returns to kubelogin on both of its ports by default', () => {
    expect(KUBELOGIN_PORTS).toEqual([8000, 18_000]);
  });

  test('sorts redirects by port as a number, whatever the order given, without a slash at the end', () => {
    const redirectPorts = Object.freeze([18_000, 9000, 8000]);

    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', redirectPorts })),
      'okta_app_oauth',
    );

    expect(app.redirect_uris).toEqual(['http://localhost:8000', 'http://localhost:9000', 'http://localhost:18000']);
  });

  test('gives its id for assignments and its client id for clusters', () => {
    const stack = synthesizedConstructs((scope) => {
      const { appId, clientId } = new NativeApp(scope, 'App', { label: 'EKS' });
      new TerraformOutput(scope, 'app', { value: [appId, clientId] });
    });

    const address = theAddress(stack, 'okta_app_oauth');
    expect(stack.output?.app?.value).toEqual([`\${${address}.id}`, `\${${address}.client_id}`]);
  });

  test.each(['E', 'x'.repeat(50), 'EKS (production)', 'Ünïcode'])('takes the label %p', (label) => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label })),
      'okta_app_oauth',
    );

    expect(app.label).toBe(label);
  });

  test.each([
    ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
    ['has 51 characters', 'x'.repeat(51), `'${'x'.repeat(51)}', 51 characters`, 'Shorten it by 1.'],
    ['ends with a space', 'EKS ', "'EKS ', 4 characters", 'Use only the allowed characters.'],
    ['has a control character', 'E\nKS', "'E\\nKS', 4 characters", 'Use only the allowed characters.'],
  ])('fails where the label %s', (_case, label, given, fix) => {
    const build = (stack: TerraformStack) => new NativeApp(stack, 'App', { label });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/App',
        'This is not a valid name for an Okta app and its access policy.',
        `Given: ${given}.`,
        `Allowed: 1 to 50 characters, ${VISIBLE}.`,
        `Fix: ${fix}`,
      ),
    );
  });

  test('takes a label that only Terraform knows, whatever the length of its expression', () => {
    const app = theResource(
      synthesizedConstructs((stack) => {
        const { stringValue } = new TerraformVariable(stack, 'label', {});
        new NativeApp(stack, 'App', { label: stringValue.repeat(5) });
      }),
      'okta_app_oauth',
    );

    expect(app.label).toBe('${var.label}'.repeat(5));
  });

  test('has each redirect once', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', redirectPorts: [8000, 8000] })),
      'okta_app_oauth',
    );

    expect(app.redirect_uris).toEqual(['http://localhost:8000']);
  });

  test('fails without a redirect, which Okta refuses when it is applied', () => {
    const build = (stack: TerraformStack) => new NativeApp(stack, 'App', { label: 'EKS', redirectPorts: [] });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/App',
        'Without a redirect URI, Okta cannot send users back to kubelogin after they sign in.',
        'Given: no ports.',
        'Allowed: at least one port.',
        'Fix: Omit redirectPorts for the ports of kubelogin.',
      ),
    );
  });

  test.each([
    [false, true],
    [true, false],
  ])('with replaceable %p has prevent_destroy %p', (replaceable, prevent) => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', replaceable })),
      'okta_app_oauth',
    );

    expect(app.lifecycle).toEqual({ prevent_destroy: prevent });
  });

  test('has refresh tokens that each use replaces', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', refresh: {} })),
      'okta_app_oauth',
    );

    expect(app).toEqual({
      ...NATIVE_APP,
      grant_types: ['authorization_code', 'refresh_token'],
      refresh_token_rotation: 'ROTATE',
      refresh_token_leeway: 30,
    });
  });

  test('has refresh tokens that stay, without a leeway', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', refresh: { rotation: false } })),
      'okta_app_oauth',
    );

    expect(app.refresh_token_rotation).toBe('STATIC');
    expect(app).not.toHaveProperty('refresh_token_leeway');
  });

  test.each([0, 60])('has a leeway of %d seconds', (leewaySeconds) => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS', refresh: { leewaySeconds } })),
      'okta_app_oauth',
    );

    expect(app.refresh_token_leeway).toBe(leewaySeconds);
  });

  test.each([-1, 61, 0.5, Number.NaN])('fails with a leeway of %p seconds', (leewaySeconds) => {
    const build = (stack: TerraformStack) => new NativeApp(stack, 'App', { label: 'EKS', refresh: { leewaySeconds } });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/App',
        'Okta refuses this leeway for refresh tokens.',
        `Given: ${leewaySeconds} seconds.`,
        'Allowed: 0 to 60 whole seconds.',
        'Fix: Omit leewaySeconds for 30 seconds, the default.',
      ),
    );
  });

  test.each([
    [{ deviceCode: true }, ['authorization_code', DEVICE_GRANT]],
    [{ deviceCode: true, refresh: {} }, ['authorization_code', 'refresh_token', DEVICE_GRANT]],
    [{ deviceCode: false }, ['authorization_code']],
  ])('has the grant types of %j, in a stable order', (props, grantTypes) => {
    const given: (readonly string[])[] = [];
    const app = theResource(
      synthesizedConstructs((stack) => {
        given.push(new NativeApp(stack, 'App', { label: 'EKS', ...props }).grantTypes);
      }),
      'okta_app_oauth',
    );

    expect(app.grant_types).toEqual(grantTypes);
    expect(given).toEqual([grantTypes]);
  });

  test('waits for the rule of its authentication policy: without it, people meet the catch-all rule alone', () => {
    const stack = synthesizedConstructs((scope) => {
      const authenticationPolicy = new AuthenticationPolicy(scope, 'Policy', { name: 'kubectl' });
      new NativeApp(scope, 'App', { label: 'EKS', authenticationPolicy });
    });

    expect(theResource(stack, 'okta_app_oauth')).toEqual({
      ...NATIVE_APP,
      authentication_policy: `\${${theAddress(stack, 'okta_app_signon_policy')}.id}`,
      depends_on: [theAddress(stack, 'okta_app_signon_policy_rule')],
    });
  });

  test('has an existing authentication policy, with nothing to wait for', () => {
    const app = theResource(
      synthesizedConstructs(
        (stack) =>
          new NativeApp(stack, 'App', { label: 'EKS', authenticationPolicy: AuthenticationPolicy.fromId('rst1') }),
      ),
      'okta_app_oauth',
    );

    expect(app.authentication_policy).toBe('rst1');
    expect(app).not.toHaveProperty('depends_on');
  });

  test('fails in another stack than its authentication policy, which it could not wait for there', () => {
    const build = () =>
      synthesized((scope) => {
        const [one, other] = ['one', 'other'].map((id) => {
          const stack = new TerraformStack(scope, id);
          new OktaProvider(stack, 'okta', {});
          return stack;
        }) as [TerraformStack, TerraformStack];
        const authenticationPolicy = new AuthenticationPolicy(one, 'Policy', { name: 'kubectl' });
        new NativeApp(other, 'App', { label: 'EKS', authenticationPolicy });
      });

    expect(build).toThrow(
      constructError(
        'other/App',
        'The authentication policy is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the authentication policy in the stack one.',
        'Allowed: one in the stack other.',
        'Fix: Define the app in the stack of its policy, or use AuthenticationPolicy.fromId.',
      ),
    );
  });
});
