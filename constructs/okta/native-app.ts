import { Construct } from 'constructs';
import { AppOauth } from '#okta/app-oauth';
import { type Finding, shown } from '../../constraints/finding';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { IAuthenticationPolicy } from './authentication-policy';

/** The ports that kubelogin listens on; it uses the second if the first is taken. */
export const KUBELOGIN_PORTS = [8000, 18_000] as const;

/** The OAuth grant type of an app with refresh tokens. */
export const REFRESH_GRANT = 'refresh_token';

export interface RefreshProps {
  /**
   * Whether each use of a refresh token replaces it with a new one.
   * @default true
   */
  readonly rotation?: boolean;
  /**
   * Seconds, 0 to 60, for which Okta still accepts a replaced refresh token. It has no effect without rotation.
   * @default 30
   */
  readonly leewaySeconds?: number;
}

export interface NativeAppProps {
  /** Label of the app, 1 to 50 characters. */
  readonly label: string;
  /**
   * Ports of the redirect URIs, which are `http://localhost:<port>`; at least one.
   * @default [8000, 18000]
   */
  readonly redirectPorts?: readonly number[];
  /**
   * Enables refresh tokens, so that users sign in less often; `{}` for the defaults.
   * @default - no refresh tokens
   */
  readonly refresh?: RefreshProps;
  /**
   * Whether users may sign in with a code on another device, for machines without a browser.
   * @default false
   */
  readonly deviceCode?: boolean;
  /**
   * How users must sign in. Removing it later changes nothing in Okta: set Okta's default policy by its id instead.
   * @default - Okta's default policy
   */
  readonly authenticationPolicy?: IAuthenticationPolicy;
  /**
   * Whether Terraform may destroy or replace the app. A new app has a new client id, which no cluster trusts yet.
   * @default false
   */
  readonly replaceable?: boolean;
}

/**
 * The native Okta app with which kubectl signs in: authorization code with PKCE, without a client secret. Replacing it
 * changes the client id, and sign-in is unavailable until every cluster trusts the new one.
 */
export class NativeApp extends Construct {
  /** Okta's id of the app, for assignments. */
  readonly appId: string;
  /** OAuth client id, the `aud` of its ID tokens. */
  readonly clientId: string;
  /** OAuth grant types of the app, in a stable order. */
  readonly grantTypes: readonly string[];

  constructor(scope: Construct, id: string, props: NativeAppProps) {
    super(scope, id);
    const { refresh, authenticationPolicy } = props;
    const { rotation = true, leewaySeconds = 30 } = refresh ?? {};
    const dependables = authenticationPolicy?.dependables ?? [];
    const ports = [...new Set(props.redirectPorts ?? KUBELOGIN_PORTS)].sort((a, b) => a - b);
    validateName(this, 'app', props.label);
    validateFindings(this, () => [
      ports.length === 0 ? noRedirectFinding() : undefined,
      leewayFinding(leewaySeconds),
      ...dependables.map((dependable) =>
        sameStackFinding(
          this,
          dependable,
          'authentication policy',
          'Define the app in the stack of its policy, or use AuthenticationPolicy.fromId.',
        ),
      ),
    ]);

    this.grantTypes = [
      'authorization_code',
      ...(refresh ? [REFRESH_GRANT] : []),
      ...(props.deviceCode ? ['urn:ietf:params:oauth:grant-type:device_code'] : []),
    ];

    const redirectUris = ports.map((port) => `http://localhost:${port}`);
    const app = new AppOauth(this, 'Resource', {
      label: props.label,
      type: 'native',
      grantTypes: [...this.grantTypes],
      responseTypes: ['code'],
      // Okta compares redirect URIs exactly: no trailing slash. The provider keeps the order of the list.
      redirectUris,
      // After signing out of Okta, the browser returns to the same place.
      postLogoutRedirectUris: redirectUris,
      // The provider defaults to client_secret_basic, also for a native app.
      tokenEndpointAuthMethod: 'none',
      // If unset, the provider sends false on every update, which Okta refuses without a secret.
      pkceRequired: true,
      // Set from the start: changing true to false later replaces the app, and its client id.
      omitSecret: true,
      ...(refresh && {
        refreshTokenRotation: rotation ? 'ROTATE' : 'STATIC',
        refreshTokenLeeway: rotation ? leewaySeconds : undefined,
      }),
      authenticationPolicy: authenticationPolicy?.policyId,
      // Otherwise, only Okta's catch-all rule applies until the policy has its own.
      dependsOn: dependables.length > 0 ? [...dependables] : undefined,
      lifecycle: { preventDestroy: props.replaceable !== true },
    });
    this.appId = app.id;
    this.clientId = app.clientId;
  }
}

function leewayFinding(seconds: number): Finding | undefined {
  if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 60) return undefined;
  return {
    message: 'Okta refuses this leeway for refresh tokens.',
    given: `${shown(seconds)} seconds`,
    allowed: '0 to 60 whole seconds',
    fix: 'Omit leewaySeconds for 30 seconds, the default.',
  };
}

function noRedirectFinding(): Finding {
  return {
    message: 'Without a redirect URI, Okta cannot send users back to kubelogin after they sign in.',
    given: 'no ports',
    allowed: 'at least one port',
    fix: 'Omit redirectPorts for the ports of kubelogin.',
  };
}
