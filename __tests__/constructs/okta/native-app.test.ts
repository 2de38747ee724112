import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { KUBELOGIN_PORTS, NativeApp } from '../../../constructs/okta/native-app';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const VISIBLE = 'without control characters and without white space at the ends';

describe('NativeApp', () => {
  test('is native with PKCE, without a secret, for the authorization code alone', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS' })),
      'okta_app_oauth',
    );

    expect(app).toEqual({
      label: 'EKS',
      type: 'native',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: ['http://localhost:8000', 'http://localhost:18000'],
      token_endpoint_auth_method: 'none',
      pkce_required: true,
      omit_secret: true,
    });
  });

  test('makes the app and nothing else', () => {
    const stack = synthesizedConstructs((scope) => new NativeApp(scope, 'App', { label: 'EKS' }));

    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_app_oauth']);
    expect(stack.data).toBeUndefined();
  });

  test('states pkce_required: unset, the provider sends false on every update', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS' })),
      'okta_app_oauth',
    );

    expect(app.pkce_required).toBe(true);
  });

  test('states omit_secret from the start: true to false later replaces the app and its client id', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS' })),
      'okta_app_oauth',
    );

    expect(app.omit_secret).toBe(true);
  });

  test('states the authentication method: the provider defaults to a client secret, also for a native app', () => {
    const app = theResource(
      synthesizedConstructs((stack) => new NativeApp(stack, 'App', { label: 'EKS' })),
      'okta_app_oauth',
    );

    expect(app.token_endpoint_auth_method).toBe('none');
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
    ['is empty', '', "'', 0 characters", 'Use only these characters.'],
    ['has 51 characters', 'x'.repeat(51), `'${'x'.repeat(51)}', 51 characters`, 'Shorten it by 1.'],
    ['ends with a space', 'EKS ', "'EKS ', 4 characters", 'Use only these characters.'],
    ['has a control character', 'E\nKS', "'E\\nKS', 4 characters", 'Use only these characters.'],
  ])('fails where the label %s', (_case, label, given, fix) => {
    const build = (stack: TerraformStack) => new NativeApp(stack, 'App', { label });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/App',
        "The name of an Okta app with its access policy is beyond the service's limits.",
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
        'Without a redirect Okta has nowhere to send people back to after they signed in.',
        'Given: no ports.',
        'Allowed: at least one port.',
        'Fix: Leave redirectPorts out for the ports of kubelogin.',
      ),
    );
  });
});
