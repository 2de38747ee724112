import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import { AuthorizationServer } from '../../../constructs/okta/authorization-server';
import { resources, synthesizedConstructs, theAddress, theData, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const build = (props: object = {}) =>
  synthesizedConstructs(
    (stack) => new AuthorizationServer(stack, 'Server', { name: 'EKS', groupsStartWith: 'eks-', ...props }),
  );

describe('AuthorizationServer', () => {
  test('has one audience and the issuer of the organization by default', () => {
    const server = theResource(build(), 'okta_auth_server');

    expect(server).toEqual({
      name: 'EKS',
      audiences: ['http://localhost:8000'],
      issuer_mode: 'ORG_URL',
      lifecycle: { prevent_destroy: true },
    });
  });

  test.each([
    [false, true],
    [true, false],
  ])('with replaceable %p has prevent_destroy %p', (replaceable, prevent) => {
    expect(theResource(build({ replaceable }), 'okta_auth_server').lifecycle).toEqual({ prevent_destroy: prevent });
  });

  test('always adds the groups that start with the prefix to the ID token', () => {
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

    expect(theResource(stack, 'okta_auth_server')).toMatchObject({
      name: 'EKS',
      description: 'Tokens for kubectl',
      audiences: ['api://eks'],
      issuer_mode: 'CUSTOM_URL',
    });
    expect(theResource(stack, 'okta_auth_server_claim')).toMatchObject({ name: 'okta_groups', value: 'k8s-' });
  });

  test('adds further claims, which are always in the ID token', () => {
    const stack = build({ claims: { tenant: '"example"' } });

    const server = theAddress(stack, 'okta_auth_server');
    expect(resources(stack, 'okta_auth_server_claim')).toContainEqual({
      auth_server_id: `\${${server}.id}`,
      name: 'tenant',
      claim_type: 'IDENTITY',
      value_type: 'EXPRESSION',
      value: '"example"',
      always_include_in_token: true,
      lifecycle: { replace_triggered_by: [`${server}.id`] },
    });
  });

  test.each([
    [{ groupsClaim: 'email' }, "Okta reserves the claim 'email'"],
    [{ claims: { sub: 'user.id' } }, "Okta reserves the claim 'sub'"],
    [{ claims: { a: 'user.a =' } }, 'Okta cannot read this claim: = assigns a value'],
  ])('fails for %j', (props, message) => {
    expect(() => build(props)).toThrow(message);
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
        'EKS compares the issuer character by character, and in this mode it depends on the host name at which a user signs in.',
        `Given: '${mode}'.`,
        'Allowed: ORG_URL or CUSTOM_URL.',
        'Fix: Use ORG_URL, or CUSTOM_URL if the organization has a custom domain.',
      ),
    );
  });
});

const existing = (name: string, props: object = {}) =>
  synthesizedConstructs((stack) =>
    AuthorizationServer.fromName(stack, 'Server', { name, groupsStartWith: 'eks-', ...props }),
  );

describe('AuthorizationServer.fromName', () => {
  test('is looked up by its exact name, in a mode whose issuer EKS can compare', () => {
    const stack = existing('EKS');

    expect(theData(stack, 'okta_auth_server')).toEqual({
      name: 'EKS',
      lifecycle: {
        postcondition: [
          {
            condition: '${self.name == "EKS"}',
            error_message: 'Okta has no authorization server with the exact name "EKS".',
          },
          {
            condition: '${self.issuer_mode != "DYNAMIC"}',
            error_message:
              'The issuer mode of the authorization server "EKS" is DYNAMIC: its issuer depends on the host name at which a user signs in, but EKS compares it character by character. Set the mode to ORG_URL or CUSTOM_URL.',
          },
        ],
      },
    });
  });

  test('has a groups claim made on it, and nothing else', () => {
    const stack = existing('EKS');

    expect(theResource(stack, 'okta_auth_server_claim')).toEqual({
      auth_server_id: `\${${theAddress(stack, 'data.okta_auth_server')}.id}`,
      name: 'groups',
      claim_type: 'IDENTITY',
      value_type: 'GROUPS',
      group_filter_type: 'STARTS_WITH',
      value: 'eks-',
      always_include_in_token: true,
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_auth_server_claim']);
    expect(Object.keys(stack.data ?? {})).toEqual(['okta_auth_server']);
  });

  test('has the claim that it is given', () => {
    const stack = existing('EKS', { groupsClaim: 'okta_groups', groupsStartWith: 'k8s-' });

    expect(theResource(stack, 'okta_auth_server_claim')).toMatchObject({ name: 'okta_groups', value: 'k8s-' });
  });

  test('escapes quotes in the condition', () => {
    const [exact] = theData(existing('a "b" \\'), 'okta_auth_server').lifecycle.postcondition;

    expect(exact.condition).toBe('${self.name == "a \\"b\\" \\\\"}');
  });

  test('compares a name that only Terraform knows as an expression', () => {
    const stack = synthesizedConstructs((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'name', {});
      AuthorizationServer.fromName(scope, 'Server', { name: stringValue, groupsStartWith: 'eks-' });
    });

    const [exact] = theData(stack, 'okta_auth_server').lifecycle.postcondition;
    expect(exact).toEqual({
      condition: '${(self.name == var.name)}',
      error_message: 'Okta has no authorization server with the exact name ${var.name}.',
    });
  });

  test('gives the issuer of its tokens and its id, and no address to be replaced with', () => {
    const stack = synthesizedConstructs((scope) => {
      const { issuerUrl, serverId, idAddress } = AuthorizationServer.fromName(scope, 'Server', {
        name: 'EKS',
        groupsStartWith: 'eks-',
      });
      new TerraformOutput(scope, 'server', { value: [issuerUrl, serverId, idAddress ?? 'none'] });
    });

    const address = theAddress(stack, 'data.okta_auth_server');
    expect(stack.output?.server?.value).toEqual([`\${${address}.issuer}`, `\${${address}.id}`, 'none']);
  });
});
