import { Construct } from 'constructs';
import { AppOauth } from '#okta/app-oauth';
import type { Finding } from '../../model/finding';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/** The ports that kubelogin listens on, the second when the first is taken. */
export const KUBELOGIN_PORTS = [8000, 18_000] as const;

export interface NativeAppProps {
  /** 1 to 50 characters. */
  readonly label: string;
  /**
   * Ports of `http://localhost` that the sign-in may return to.
   * @default [8000, 18000]
   */
  readonly redirectPorts?: readonly number[];
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

  constructor(scope: Construct, id: string, props: NativeAppProps) {
    super(scope, id);
    const ports = [...new Set(props.redirectPorts ?? KUBELOGIN_PORTS)].sort((a, b) => a - b);
    validateName(this, 'app', props.label);
    validateFindings(this, () => [ports.length === 0 ? noRedirectFinding() : undefined]);

    const app = new AppOauth(this, 'Resource', {
      label: props.label,
      type: 'native',
      grantTypes: ['authorization_code'],
      responseTypes: ['code'],
      // Okta compares redirects exactly: no slash at the end. The provider keeps the list's order.
      redirectUris: ports.map((port) => `http://localhost:${port}`),
      // The provider defaults to client_secret_basic, also for a native app.
      tokenEndpointAuthMethod: 'none',
      // Unset, the provider sends false on every update, which Okta refuses without a secret.
      pkceRequired: true,
      // Set from the start: true to false later replaces the app, and with it the client id.
      omitSecret: true,
    });
    this.appId = app.id;
    this.clientId = app.clientId;
  }
}

function noRedirectFinding(): Finding {
  return {
    message: 'Without a redirect Okta has nowhere to send people back to after they signed in.',
    given: 'no ports',
    allowed: 'at least one port',
    fix: 'Leave redirectPorts out for the ports of kubelogin.',
  };
}
