import { Construct } from 'constructs';
import { AppOauth } from '#okta/app-oauth';
import { type Finding, shown } from '../../constraints/finding';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { IAuthenticationPolicy } from './authentication-policy';

/** The ports that kubelogin listens on, the second when the first is taken. */
export const KUBELOGIN_PORTS = [8000, 18_000] as const;

/** OAuth's name of the grant of an app that has refresh tokens. */
export const REFRESH_GRANT = 'refresh_token';

export interface RefreshProps {
  /**
   * Whether each use of a refresh token ends it and gives a new one.
   * @default true
   */
  readonly rotation?: boolean;
  /**
   * Seconds, 0 to 60, in which a refresh token that rotation has ended is still taken; nothing without rotation.
   * @default 30
   */
  readonly leewaySeconds?: number;
}

export interface NativeAppProps {
  /** 1 to 50 characters. */
  readonly label: string;
  /**
   * Ports of `http://localhost` that the sign-in may return to.
   * @default [8000, 18000]
   */
  readonly redirectPorts?: readonly number[];
  /**
   * Refresh tokens, so that people sign in less often.
   * @default - none
   */
  readonly refresh?: RefreshProps;
  /**
   * Whether people may sign in with a code on another device, where no browser is at hand.
   * @default false
   */
  readonly deviceCode?: boolean;
  /**
   * How people have to sign in. Taken out later, it stays: give the app Okta's default policy by its id.
   * @default - Okta's default policy
   */
  readonly authenticationPolicy?: IAuthenticationPolicy;
  /**
   * Whether Terraform may destroy or replace the app; a new one has another client id, which no cluster trusts yet.
   * @default false
   */
  readonly replaceable?: boolean;
}

/**
 * The Okta app that kubectl signs in with: native, authorization code with PKCE, without a secret.
 * Replacing it changes the client id, which takes sign-in away until every cluster trusts the new one.
 */
export class NativeApp extends Construct {
  /** Okta's id of the app, for assignments. */
  readonly appId: string;
  /** OAuth client id, the `aud` of its ID tokens. */
  readonly clientId: string;
  /** OAuth's names of the ways in which it may get tokens, in a stable order. */
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
          'Define the app in the stack of its policy, or give it the policy by its id.',
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
      // Okta compares redirects exactly: no slash at the end. The provider keeps the list's order.
      redirectUris,
      // Where a browser goes that signs out of Okta: back to the same place.
      postLogoutRedirectUris: redirectUris,
      // The provider defaults to client_secret_basic, also for a native app.
      tokenEndpointAuthMethod: 'none',
      // Unset, the provider sends false on every update, which Okta refuses without a secret.
      pkceRequired: true,
      // Set from the start: true to false later replaces the app, and with it the client id.
      omitSecret: true,
      ...(refresh && {
        refreshTokenRotation: rotation ? 'ROTATE' : 'STATIC',
        refreshTokenLeeway: rotation ? leewaySeconds : undefined,
      }),
      authenticationPolicy: authenticationPolicy?.policyId,
      // Otherwise people meet Okta's catch-all rule alone until the policy has its own.
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
    message: 'Okta refuses this leeway of a refresh token.',
    given: `${shown(seconds)} seconds`,
    allowed: '0 to 60 whole seconds',
    fix: 'Leave leewaySeconds out for 30 seconds.',
  };
}

function noRedirectFinding(): Finding {
  return {
    message: 'Without a redirect Okta has nowhere to send people back to after they signed in.',
    given: 'no ports',
    allowed: 'at least one port',
    fix: 'Leave redirectPorts out for the ports of kubelogin.',
  };
}
