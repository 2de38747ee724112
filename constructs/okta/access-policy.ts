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
  /** The server of the policy, in this stack. */
  readonly authorizationServer: IAuthorizationServer;
  /** Name of the policy, 1 to 50 characters. */
  readonly name: string;
  /**
   * Description of the policy.
   * @default - the name
   */
  readonly description?: string;
  /**
   * Name of the rule of the policy, 1 to 50 characters.
   * @default 'AuthCode + PKCE'
   */
  readonly ruleName?: string;
  /** The only app to which the policy applies. */
  readonly app: NativeApp;
  /**
   * Minutes until an access token expires, 5 to 1440. The ID token, which kubectl sends, always expires after 60.
   * @default 60
   */
  readonly accessTokenMinutes?: number;
  /**
   * Minutes until a refresh token expires, used or not; at least `refreshIdleMinutes`. Required for an app with refresh
   * tokens, refused for any other.
   * @default - none
   */
  readonly refreshLifetimeMinutes?: number;
  /**
   * Minutes until a refresh token expires if it is not used, 10 to 2628000 and at least `accessTokenMinutes`. Required
   * for an app with refresh tokens, refused for any other.
   * @default - none
   */
  readonly refreshIdleMinutes?: number;
  /**
   * Scopes that the app may request, `openid` among them. A request for any other scope fails as a whole.
   * @default ['*']
   */
  readonly scopes?: readonly string[];
}

/**
 * An access policy of an authorization server for one app, with one rule for the grant types of the app. Okta evaluates
 * the policies of a server in the order in which they are defined here, then those that were created elsewhere.
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
      // Okta returns 500 when several priorities are written at the same time.
      dependsOn: last && [last],
      // The provider does not replace a policy when its server changes.
      lifecycle: replacedWith(authorizationServer.idAddress),
    });
    earlier.push(policy);
    new AuthServerPolicyRule(this, 'Rule', {
      authServerId: authorizationServer.serverId,
      policyId: policy.id,
      name: ruleName,
      priority: 1,
      // A rule does not list the grant type of refresh tokens: it follows from the grant that issued them.
      grantTypeWhitelist: app.grantTypes.filter((grant) => grant !== REFRESH_GRANT),
      scopeWhitelist: [...new Set(scopes)].sort(),
      accessTokenLifetimeMinutes: props.accessTokenMinutes,
      refreshTokenLifetimeMinutes: props.refreshLifetimeMinutes,
      refreshTokenWindowMinutes: props.refreshIdleMinutes,
      // Okta's name for every user who is assigned to the app.
      groupWhitelist: ['EVERYONE'],
      // The provider does not replace a rule when its server or policy changes.
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
      ? 'The app has no refresh tokens, so their lifetimes have no effect.'
      : 'Without lifetimes, the refresh tokens of the app would never expire while they are used.',
    given: isGiven ? 'lifetimes, and an app without refresh' : 'an app with refresh, and no lifetimes',
    allowed: 'refreshLifetimeMinutes and refreshIdleMinutes for an app with refresh, and for no other app',
    fix: isGiven ? 'Enable refresh on the app, or omit the lifetimes.' : 'Set both.',
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
          message: 'Without the scope openid, Okta issues no ID token, which kubectl needs to sign in.',
          given: asked,
          allowed: "scopes with openid, or '*' for any",
          fix: 'Add openid.',
        },
    scopes.includes('offline_access') === hasRefresh
      ? undefined
      : {
          message: 'The scope offline_access does not match the refresh tokens of the app.',
          given: `${asked}, and an app ${hasRefresh ? 'with' : 'without'} refresh`,
          allowed: 'offline_access for an app with refresh, and for no other app',
          fix: hasRefresh ? 'Add offline_access.' : 'Remove offline_access, or enable refresh on the app.',
        },
  ];
}
