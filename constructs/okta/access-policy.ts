import { Construct } from 'constructs';
import { AuthServerPolicy } from '#okta/auth-server-policy';
import { AuthServerPolicyRule } from '#okta/auth-server-policy-rule';
import { type Finding, shown } from '../../constraints/finding';
import { tokenLifetimeFinding } from '../../constraints/okta/token-lifetimes';
import { idAddress, replacedWith } from '../replacement';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { IAuthorizationServer } from './authorization-server';
import { type NativeApp, REFRESH_GRANT } from './native-app';

export interface AccessPolicyProps {
  readonly authorizationServer: IAuthorizationServer;
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
  /**
   * Minutes that an access token lives, 5 to 1440; the ID token, which kubectl sends, lives 60 whatever is set.
   * @default - 60
   */
  readonly accessTokenMinutes?: number;
  /**
   * Minutes after which a refresh token ends, used or not; for an app with refresh tokens, which needs it.
   * @default - none
   */
  readonly refreshLifetimeMinutes?: number;
  /**
   * Minutes after which a refresh token that is not used ends; for an app with refresh tokens, which needs it.
   * @default - none
   */
  readonly refreshIdleMinutes?: number;
  /**
   * The scopes that may be asked for: a request for any other one fails as a whole.
   * @default ['*']
   */
  readonly scopes?: readonly string[];
}

/**
 * An access policy of an authorization server for one app, with one rule for the ways in which the app gets tokens.
 * Okta asks the policies of a server in the order in which they are defined, those made elsewhere after these.
 */
export class AccessPolicy extends Construct {
  constructor(scope: Construct, id: string, props: AccessPolicyProps) {
    super(scope, id);
    const { authorizationServer, app, ruleName = 'AuthCode + PKCE', scopes = ['*'] } = props;
    validateName(this, 'accessPolicy', props.name);
    validateName(this, 'accessRule', ruleName);
    validateFindings(this, () => [
      sameStackFinding(
        this,
        authorizationServer,
        'authorization server',
        'Define the policy in the stack of its server.',
      ),
      tokenLifetimeFinding(props),
      refreshLifetimeFinding(props),
      ...scopeFindings(app, scopes),
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
      lifecycle: replacedWith(authorizationServer.idAddress),
    });
    earlier.push(policy);
    new AuthServerPolicyRule(this, 'Rule', {
      authServerId: authorizationServer.serverId,
      policyId: policy.id,
      name: ruleName,
      priority: 1,
      // A refresh token is no grant of a rule: it follows from the grant that it came with.
      grantTypeWhitelist: app.grantTypes.filter((grant) => grant !== REFRESH_GRANT),
      scopeWhitelist: [...new Set(scopes)].sort(),
      accessTokenLifetimeMinutes: props.accessTokenMinutes,
      refreshTokenLifetimeMinutes: props.refreshLifetimeMinutes,
      refreshTokenWindowMinutes: props.refreshIdleMinutes,
      // Okta's word for any user who is assigned to the app.
      groupWhitelist: ['EVERYONE'],
      // The provider does not replace a rule when its server or policy is another one.
      lifecycle: replacedWith(authorizationServer.idAddress, idAddress(policy)),
    });
  }
}

const policiesByServer = new WeakMap<IAuthorizationServer, AuthServerPolicy[]>();

/** The policies of a server so far, in the order of their definition. */
function policiesOf(server: IAuthorizationServer): AuthServerPolicy[] {
  const policies = policiesByServer.get(server) ?? [];
  policiesByServer.set(server, policies);
  return policies;
}

function refreshLifetimeFinding(props: AccessPolicyProps): Finding | undefined {
  const { app, refreshIdleMinutes, refreshLifetimeMinutes } = props;
  const isGiven = refreshIdleMinutes !== undefined || refreshLifetimeMinutes !== undefined;
  if (app.grantTypes.includes(REFRESH_GRANT) === isGiven) return undefined;
  return {
    message: isGiven
      ? 'The app has no refresh tokens, so their lifetimes mean nothing.'
      : 'Without lifetimes the refresh tokens of the app would never end while they are used.',
    given: isGiven ? 'lifetimes, and an app without refresh' : 'an app with refresh, and no lifetimes',
    allowed: 'refreshLifetimeMinutes and refreshIdleMinutes for an app with refresh, and for no other',
    fix: isGiven ? 'Give the app refresh, or leave the lifetimes out.' : 'Set both.',
  };
}

function scopeFindings(app: NativeApp, scopes: readonly string[]): (Finding | undefined)[] {
  if (scopes.includes('*')) return [];
  const asked = scopes.length === 0 ? shown(scopes) : scopes.map(shown).join(', ');
  const hasRefresh = app.grantTypes.includes(REFRESH_GRANT);
  return [
    scopes.includes('openid')
      ? undefined
      : {
          message: 'Without the scope openid Okta gives no ID token, which is what kubectl signs in with.',
          given: asked,
          allowed: "scopes with openid, or '*' for any",
          fix: 'Add openid.',
        },
    scopes.includes('offline_access') === hasRefresh
      ? undefined
      : {
          message: 'The scope offline_access and the refresh tokens of the app are apart.',
          given: `${asked}, and an app ${hasRefresh ? 'with' : 'without'} refresh`,
          allowed: 'offline_access for an app with refresh, and for no other',
          fix: hasRefresh ? 'Add offline_access.' : 'Remove offline_access, or give the app refresh.',
        },
  ];
}
