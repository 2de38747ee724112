import { Construct } from 'constructs';
import { AuthServerPolicy } from '#okta/auth-server-policy';
import { AuthServerPolicyRule } from '#okta/auth-server-policy-rule';
import { idAddress } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { AuthorizationServer } from './authorization-server';
import type { NativeApp } from './native-app';

export interface AccessPolicyProps {
  readonly authorizationServer: AuthorizationServer;
  /** 1 to 50 characters. */
  readonly name: string;
  /** @default - the name */
  readonly description?: string;
  /**
   * Name of the policy's rule, 1 to 50 characters.
   * @default 'AuthCode + PKCE'
   */
  readonly ruleName?: string;
  /** The only client that the policy is for. */
  readonly app: NativeApp;
}

/**
 * An access policy of an authorization server for one app, with one rule: the authorization code alone, any scope.
 * Okta asks the policies of a server in the order in which they are defined.
 */
export class AccessPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const { authorizationServer, app, ruleName = 'AuthCode + PKCE' } = props;
    validateName(this, 'accessPolicy', props.name);
    validateName(this, 'accessRule', ruleName);
    validateFindings(this, () => [
      sameStackFinding(
        this,
        authorizationServer,
        'authorization server',
        'Define the policy in the stack of its server.',
      ),
    ]);

    const earlier = policiesOf(authorizationServer);
    const last = earlier.at(-1);
    const policy = new AuthServerPolicy(this, 'Resource', {
      authServerId: authorizationServer.serverId,
      name: props.name,
      description: props.description ?? props.name,
      clientWhitelist: [app.clientId],
      // 1 to n without gaps: Okta renumbers, and every later policy would differ after each apply.
      priority: earlier.length + 1,
      // Okta answers 500 where several priorities are written at a time.
      dependsOn: last && [last],
      // The provider does not replace a policy when its server is another one.
      lifecycle: { replaceTriggeredBy: [authorizationServer.idAddress] },
    });
    earlier.push(policy);
    new AuthServerPolicyRule(this, 'Rule', {
      authServerId: authorizationServer.serverId,
      policyId: policy.id,
      name: ruleName,
      priority: 1,
      grantTypeWhitelist: ['authorization_code'],
      scopeWhitelist: ['*'],
      // Okta's word for any user who is assigned to the app.
      groupWhitelist: ['EVERYONE'],
      // The provider does not replace a rule when its server or policy is another one.
      lifecycle: { replaceTriggeredBy: [authorizationServer.idAddress, idAddress(policy)] },
    });
  }
}

const policiesByServer = new WeakMap<AuthorizationServer, AuthServerPolicy[]>();

/** The policies of a server so far, in the order of their definition. */
function policiesOf(server: AuthorizationServer): AuthServerPolicy[] {
  const policies = policiesByServer.get(server) ?? [];
  policiesByServer.set(server, policies);
  return policies;
}
