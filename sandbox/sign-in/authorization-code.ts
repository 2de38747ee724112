import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  customFetch,
  discovery,
  None,
  ResponseBodyError,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { type HttpsFetch, httpsFetch } from '../https-fetch';
import { CookieJar } from './cookie-jar';
import { alertText, signInForm } from './sign-in-form';

export interface SignInProps {
  readonly issuerUrl: string;
  readonly clientId: string;
  /** Requested scopes; `openid` is required. */
  readonly scopes: readonly string[];
  readonly login: string;
  readonly password: string;
  /** Certificate authority of the issuer, in PEM. */
  readonly caPem: string;
  /**
   * Port of the redirect URI. Nothing needs to listen on it.
   * @default 8000
   */
  readonly redirectPort?: number;
}

/** The tokens of a sign-in. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  /** @default - none, unless `offline_access` is requested and allowed */
  readonly refreshToken?: string;
}

/** Okta refused a sign-in with this error and description. */
export class SignInError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = 'SignInError';
  }
}

/** No sign-in has this many pages. */
const MOST_PAGES = 10;

/**
 * Signs a person in with the authorization code flow and PKCE, as kubelogin does. It fills in the sign-in page itself instead of
 * opening a browser.
 * @throws SignInError when Okta refuses.
 */
export async function signIn(props: SignInProps): Promise<Tokens> {
  const { issuerUrl, clientId, scopes, caPem, redirectPort = 8000 } = props;
  const fetch = httpsFetch(caPem);
  const redirectUri = `http://localhost:${redirectPort}`;
  const config = await discovery(new URL(issuerUrl), clientId, undefined, None(), {
    [customFetch]: (url, { method, headers, body }) =>
      fetch(url, { method, headers, ...(body && { body: withRedirect(String(body), redirectUri) }) }),
  });
  const pkceCodeVerifier = randomPKCECodeVerifier();
  const expectedState = randomState();
  const expectedNonce = randomNonce();
  const start = buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: scopes.join(' '),
    code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
    state: expectedState,
    nonce: expectedNonce,
  });
  const answer = await throughPages(fetch, start, redirectUri, props);
  return tokensFor(config, answer, { pkceCodeVerifier, expectedState, expectedNonce, idTokenExpected: true });
}

/** The library adds a `/` to a redirect URI without a path. Okta compares the exact string, so this undoes it. */
function withRedirect(body: string, redirectUri: string): string {
  const form = new URLSearchParams(body);
  if (form.has('redirect_uri')) form.set('redirect_uri', redirectUri);
  return form.toString();
}

/** Follows the pages from the first URL to the redirect with the authorization response. */
async function throughPages(
  fetch: HttpsFetch,
  start: URL,
  redirectUri: string,
  { login, password }: Pick<SignInProps, 'login' | 'password'>,
): Promise<URL> {
  const cookies = new CookieJar();
  let url = start;
  let body: string | undefined;
  let filledIn = false;
  for (let page = 0; page < MOST_PAGES; page++) {
    const response = await fetch(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'text/html',
        cookie: cookies.header(),
        ...(body !== undefined && { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(body !== undefined && { body }),
    });
    cookies.take(response);
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      body = undefined;
      if (url.origin === redirectUri) return url;
      continue;
    }
    const text = await response.text();
    const form = signInForm(text, { login, password });
    // The form appears again: the login or password was wrong.
    if (form === undefined || filledIn) throw pageError(response.status, text);
    url = new URL(form.action, url);
    body = form.body.toString();
    filledIn = true;
  }
  throw new SignInError('invalid_request', `The sign-in did not end after ${MOST_PAGES} pages.`);
}

/** The error of a response, which is JSON or a page. */
function pageError(status: number, text: string): SignInError {
  try {
    const { error, error_description } = JSON.parse(text) as { error: string; error_description?: string };
    return new SignInError(error, error_description ?? '');
  } catch {
    const [, error = 'access_denied'] = text.match(/\bError: (\w+)/) ?? [];
    return new SignInError(error, alertText(text) ?? `The page contains no error message (HTTP ${status}).`);
  }
}

async function tokensFor(
  config: Configuration,
  answer: URL,
  checks: Parameters<typeof authorizationCodeGrant>[2],
): Promise<Tokens> {
  try {
    const { id_token, access_token, refresh_token } = await authorizationCodeGrant(config, answer, checks);
    return {
      idToken: id_token as string,
      accessToken: access_token,
      ...(refresh_token !== undefined && { refreshToken: refresh_token }),
    };
  } catch (error) {
    if (!(error instanceof AuthorizationResponseError || error instanceof ResponseBodyError)) throw error;
    throw new SignInError(error.error, error.error_description ?? '');
  }
}
