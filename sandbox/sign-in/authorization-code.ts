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
  /** Scopes that are asked for; kubectl needs `openid`. */
  readonly scopes: readonly string[];
  readonly login: string;
  readonly password: string;
  /** Certificate authority of the issuer. */
  readonly caPem: string;
  /**
   * Port of the redirect, which nothing has to listen on.
   * @default 8000
   */
  readonly redirectPort?: number;
}

/** What a person has after signing in. */
export interface Tokens {
  readonly idToken: string;
  readonly accessToken: string;
  /** @default - none, unless `offline_access` was asked for and may be had */
  readonly refreshToken?: string;
}

/** A sign-in that Okta refused, with its error and description. */
export class SignInError extends Error {
  constructor(
    readonly error: string,
    readonly description: string,
  ) {
    super(`${error}: ${description}`);
    this.name = 'SignInError';
  }
}

/** More pages than any sign-in has. */
const MOST_PAGES = 10;

/**
 * Signs a person in by the authorization-code flow with PKCE, as kubelogin does, filling in the sign-in page in place of
 * a browser; fails with `SignInError`.
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

/** The library puts a `/` behind what has no path; to Okta, which compares letter by letter, that is another URI. */
function withRedirect(body: string, redirectUri: string): string {
  const form = new URLSearchParams(body);
  if (form.has('redirect_uri')) form.set('redirect_uri', redirectUri);
  return form.toString();
}

/** Follows the pages from the first URL to the redirect that carries the answer. */
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
    // The same page again: what was filled in is not right.
    if (form === undefined || filledIn) throw pageError(response.status, text);
    url = new URL(form.action, url);
    body = form.body.toString();
    filledIn = true;
  }
  throw new SignInError('invalid_request', `The sign-in did not come to an end within ${MOST_PAGES} pages.`);
}

/** What a page says went wrong; a program is answered in JSON, a person on a page. */
function pageError(status: number, text: string): SignInError {
  try {
    const { error, error_description } = JSON.parse(text) as { error: string; error_description?: string };
    return new SignInError(error, error_description ?? '');
  } catch {
    const [, error = 'access_denied'] = text.match(/\bError: (\w+)/) ?? [];
    return new SignInError(error, alertText(text) ?? `The page says nothing that is known (HTTP ${status}).`);
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
