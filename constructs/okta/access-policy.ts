import { Construct } from 'constructs';
import { AuthServerPolicy } from '#okta/auth-server-policy';
import { AuthServerPolicyRule } from '#okta/auth-server-policy-rule';
import { idAddress } from '../replacement';
import { validateName } from '../validate-name';
import type { AuthorizationServer } from './authorization-server';
import type { NativeApp } from './native-app';

export interface AccessPolicyProps {
  readonly authorizationServer: AuthorizationServer;
  /** 1 to 50 characters. */
  readonly name: string;
  /** @default - the name */
  readonly description?: string;
  /** The only client that the policy is for. */
  readonly app: NativeApp;
  /**
   * The policy that Okta asks before this one.
   * @default - none, this is the first
   */
  readonly after?: AccessPolicy;
}

/** An access policy of an authorization server for one app, with its rule `AuthCode + PKCE`. */
export class AccessPolicy extends Construct {
  /** Place in the server's order, from 1. */
  readonly priority: number;
  private readonly policy: AuthServerPolicy;

  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const { authorizationServer, app, after } = props;
    validateName(this, 'accessPolicy', props.name);

    this.priority = (after?.priority ?? 0) + 1;
    this.policy = new AuthServerPolicy(this, 'Resource', {
      authServerId: authorizationServer.serverId,
      name: props.name,
      description: props.description ?? props.name,
      clientWhitelist: [app.clientId],
      // 1 to n without gaps: Okta renumbers, and every later policy would differ after each apply.
      priority: this.priority,
      // Okta answers 500 where several priorities are written at a time.
      dependsOn: after && [after.policy],
      // The provider does not replace a policy when its server is another one.
      lifecycle: { replaceTriggeredBy: [authorizationServer.idAddress] },
    });
    new AuthServerPolicyRule(this, 'Rule', {
      authServerId: authorizationServer.serverId,
      policyId: this.policy.id,
      name: 'AuthCode + PKCE',
      priority: 1,
      grantTypeWhitelist: ['authorization_code'],
      scopeWhitelist: ['*'],
      // Okta's word for any user who is assigned to the app.
      groupWhitelist: ['EVERYONE'],
      // The provider does not replace a rule when its server or policy is another one.
      lifecycle: { replaceTriggeredBy: [authorizationServer.idAddress, idAddress(this.policy)] },
    });
  }
}
