import { createPrivateKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';

/** An app that gets access tokens with its private key. */
export interface ServiceApp {
  readonly kind: 'service-app';
  readonly clientId: string;
  readonly privateKey: KeyObject;
  /** Which of the app's public keys belongs to it. @default - Okta tries them all */
  readonly keyId?: string;
  readonly scopes: readonly string[];
}

/** How a program proves to Okta's API who it is. */
export type OktaCredentials =
  | { readonly kind: 'api-token'; readonly token: string }
  | { readonly kind: 'access-token'; readonly token: string }
  | ServiceApp;

/** The environment variables, as messages list them. */
export const CREDENTIAL_VARIABLES =
  'OKTA_API_TOKEN, or OKTA_API_CLIENT_ID with OKTA_API_PRIVATE_KEY and OKTA_API_SCOPES, or OKTA_ACCESS_TOKEN';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The credentials for Okta's API in the environment, in the variables and the order of the Terraform provider; undefined if
 * there are none.
 * @throws AccessError for incomplete or unusable credentials. The message contains none of them.
 * @see https://registry.terraform.io/providers/okta/okta/latest/docs
 */
export function oktaCredentials(env: Environment = process.env): OktaCredentials | undefined {
  const accessToken = tokenIn(env, 'OKTA_ACCESS_TOKEN');
  if (accessToken !== undefined) return { kind: 'access-token', token: accessToken };
  const apiToken = tokenIn(env, 'OKTA_API_TOKEN');
  if (apiToken !== undefined) return { kind: 'api-token', token: apiToken };
  const { OKTA_API_CLIENT_ID: clientId, OKTA_API_PRIVATE_KEY: key, OKTA_API_SCOPES: scopes } = env;
  if (!clientId && !key) return undefined;
  const missing = Object.entries({ OKTA_API_CLIENT_ID: clientId, OKTA_API_PRIVATE_KEY: key, OKTA_API_SCOPES: scopes })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new AccessError(
      `The credentials for Okta are incomplete. Missing in the environment: ${missing.join(', ')}. A service app needs OKTA_API_CLIENT_ID, OKTA_API_PRIVATE_KEY, and OKTA_API_SCOPES.`,
    );
  }
  return {
    kind: 'service-app',
    clientId: clientId as string,
    privateKey: privateKeyOf(key as string),
    ...(env.OKTA_API_PRIVATE_KEY_ID && { keyId: env.OKTA_API_PRIVATE_KEY_ID }),
    scopes: (scopes as string).split(/[\s,]+/).filter((scope) => scope !== ''),
  };
}

function tokenIn(env: Environment, name: string): string | undefined {
  const token = env[name];
  if (!token) return undefined;
  // A header cannot carry other characters, and the error of the HTTP client would not say which variable is wrong.
  if (!/^[\w.~+/=-]+$/.test(token)) {
    throw new AccessError(
      `The environment variable ${name} is not a token: it has a character that no token has, such as a space or a line break. Copy the token again.`,
    );
  }
  return token;
}

/** A private key from its PEM, or from the file with this path. */
function privateKeyOf(value: string): KeyObject {
  try {
    const pem = value.includes('-----BEGIN') ? value.replaceAll('\\n', '\n') : readFileSync(value, 'utf8');
    return createPrivateKey(pem);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new AccessError(
      `The environment variable OKTA_API_PRIVATE_KEY is no private key in PEM, and no file with one (${escaped(code ?? 'no key')}).`,
    );
  }
}
