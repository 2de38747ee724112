import type { TerraformResource } from 'cdktf';
import { AccessPolicy } from '../../constructs/okta/access-policy';
import { AuthorizationServer } from '../../constructs/okta/authorization-server';
import { NativeApp } from '../../constructs/okta/native-app';
import { synthesizedConstructs, theAddress, theResource } from '../synthesized';

/** What claim, policy and rule are replaced with. */
function replacedWith(change: (server: AuthorizationServer, policy: AccessPolicy) => void = () => {}) {
  const stack = synthesizedConstructs((scope) => {
    const server = new AuthorizationServer(scope, 'Server', { name: 'EKS', groupsStartWith: 'eks-' });
    const app = new NativeApp(scope, 'App', { label: 'EKS' });
    change(server, new AccessPolicy(scope, 'Policy', { authorizationServer: server, name: 'EKS', app }));
  });
  const triggers = (type: string) => theResource(stack, type).lifecycle.replace_triggered_by;
  return {
    stack,
    claim: triggers('okta_auth_server_claim'),
    policy: triggers('okta_auth_server_policy'),
    rule: triggers('okta_auth_server_policy_rule'),
  };
}

describe('replace_triggered_by', () => {
  test('is the plain text <type>.<name>.id: Terraform refuses ${…} there', () => {
    const { stack: _stack, ...triggers } = replacedWith();

    expect(JSON.stringify(triggers)).not.toContain('${');
    expect(triggers).toEqual({
      claim: [expect.stringMatching(/^okta_auth_server\.Server_[0-9A-F]+\.id$/)],
      policy: [expect.stringMatching(/^okta_auth_server\.Server_[0-9A-F]+\.id$/)],
      rule: [
        expect.stringMatching(/^okta_auth_server\.Server_[0-9A-F]+\.id$/),
        expect.stringMatching(/^okta_auth_server_policy\.Policy_[0-9A-F]+\.id$/),
      ],
    });
  });

  test('is the address that the resources have in the file, also where a logical id was overridden too late', () => {
    const resourceOf = (construct: AuthorizationServer | AccessPolicy) =>
      construct.node.findChild('Resource') as TerraformResource;

    const { stack, ...triggers } = replacedWith((server, policy) => {
      resourceOf(server).overrideLogicalId('the_server');
      resourceOf(policy).overrideLogicalId('the_policy');
    });

    const server = `${theAddress(stack, 'okta_auth_server')}.id`;
    const policy = `${theAddress(stack, 'okta_auth_server_policy')}.id`;
    expect(triggers).toEqual({ claim: [server], policy: [server], rule: [server, policy] });
  });
});
