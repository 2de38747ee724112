import { TerraformOutput, type TerraformStack } from 'cdktf';
import { AuthorizationServer } from '../../../constructs/okta/authorization-server';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const build = (props: object = {}) =>
  synthesizedConstructs(
    (stack) => new AuthorizationServer(stack, 'Server', { name: 'EKS', groupsStartWith: 'eks-', ...props }),
  );

describe('AuthorizationServer', () => {
  test('has one audience and the issuer of the organization by default', () => {
    const server = theResource(build(), 'okta_auth_server');

    expect(server).toEqual({ name: 'EKS', audiences: ['http://localhost:8000'], issuer_mode: 'ORG_URL' });
  });

  test('always puts the groups that start so into the ID token', () => {
    const stack = build();

    const server = theAddress(stack, 'okta_auth_server');
    expect(theResource(stack, 'okta_auth_server_claim')).toEqual({
      auth_server_id: `\${${server}.id}`,
      name: 'groups',
      claim_type: 'IDENTITY',
      value_type: 'GROUPS',
      group_filter_type: 'STARTS_WITH',
      value: 'eks-',
      always_include_in_token: true,
      lifecycle: { replace_triggered_by: [`${server}.id`] },
    });
  });

  test('makes the server and its claim and nothing else', () => {
    const stack = build();

    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_auth_server', 'okta_auth_server_claim']);
    expect(stack.data).toBeUndefined();
  });

  test('has the description, audience, issuer mode and claim that it is given', () => {
    const stack = build({
      description: 'Tokens for kubectl',
      audience: 'api://eks',
      issuerMode: 'CUSTOM_URL',
      groupsClaim: 'okta_groups',
      groupsStartWith: 'k8s-',
    });

    expect(theResource(stack, 'okta_auth_server')).toEqual({
      name: 'EKS',
      description: 'Tokens for kubectl',
      audiences: ['api://eks'],
      issuer_mode: 'CUSTOM_URL',
    });
    expect(theResource(stack, 'okta_auth_server_claim')).toMatchObject({ name: 'okta_groups', value: 'k8s-' });
  });

  test('gives the issuer of its tokens and its id', () => {
    const stack = synthesizedConstructs((scope) => {
      const { issuerUrl, serverId } = new AuthorizationServer(scope, 'Server', {
        name: 'EKS',
        groupsStartWith: 'eks-',
      });
      new TerraformOutput(scope, 'server', { value: [issuerUrl, serverId] });
    });

    const address = theAddress(stack, 'okta_auth_server');
    expect(stack.output?.server?.value).toEqual([`\${${address}.issuer}`, `\${${address}.id}`]);
  });

  test.each(['DYNAMIC', 'org_url', ''])('fails where a cast lets the issuer mode %p pass', (mode) => {
    const withMode = (stack: TerraformStack) =>
      new AuthorizationServer(stack, 'Server', { name: 'EKS', groupsStartWith: 'eks-', issuerMode: mode as 'ORG_URL' });

    expect(() => synthesizedConstructs(withMode)).toThrow(
      constructError(
        'test/Server',
        'EKS compares the issuer letter by letter, and this mode makes it depend on the host name that a person signs in at.',
        `Given: '${mode}'.`,
        'Allowed: ORG_URL or CUSTOM_URL.',
        'Fix: Use ORG_URL, or CUSTOM_URL where the organization has a custom domain.',
      ),
    );
  });
});
