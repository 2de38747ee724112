import { SIGNING_ALGORITHMS } from '../../authentication/id-token';
import { parseSignedToken } from '../../authentication/signed-token';
import { IssuerKeys, type KeysFetch, savedKeys, type TokenKeys, UNCHECKED_KEYS } from '../../authentication/token-keys';
import { UnauthorizedError } from '../../authentication/unauthorized-error';

/** Where the keys for a signature come from. */
export type KeySource =
  | { readonly kind: 'issuer'; readonly issuerUrl: string }
  | { readonly kind: 'saved'; readonly keys: Uint8Array }
  | { readonly kind: 'none'; readonly because: string };

/** Whether the keys have signed a token, and the keys for the API servers. */
export interface CheckedSignature {
  readonly state: 'right' | 'wrong' | 'not checked';
  /** Why, in a sentence. */
  readonly because: string;
  readonly keys: TokenKeys;
}

/** Checks the signature of a token. What cannot be reached is not a wrong signature. */
export async function checkedSignature(
  token: string,
  source: KeySource,
  fetch: KeysFetch = issuerFetch,
): Promise<CheckedSignature> {
  if (source.kind === 'none') return { state: 'not checked', because: source.because, keys: UNCHECKED_KEYS };
  const { alg } = headerOf(token);
  // Kubernetes refuses the token for its algorithm before it looks at the signature, which so nobody here has checked.
  if (alg !== undefined && !SIGNING_ALGORITHMS.includes(alg)) {
    const because = `${JSON.stringify(alg)} is no algorithm that Kubernetes accepts, so no key was tried.`;
    return { state: 'not checked', because, keys: UNCHECKED_KEYS };
  }
  const saved = source.kind === 'saved' ? keysOf(source.keys) : undefined;
  if (typeof saved === 'string') return { state: 'not checked', because: saved, keys: UNCHECKED_KEYS };
  const failures: string[] = [];
  const watched: KeysFetch = async (url) => {
    try {
      const response = await fetch(url);
      if (response.status !== 200) failures.push(`${url} answers with status ${response.status}`);
      return response;
    } catch (error) {
      failures.push(`${url} cannot be reached: ${reasonOf(error)}`);
      throw error;
    }
  };
  try {
    const keys = source.kind === 'issuer' ? new IssuerKeys(source.issuerUrl, watched) : (saved as TokenKeys);
    await keys.verify(parseSignedToken(token));
    const from = source.kind === 'saved' ? 'the key set of --jwks' : 'the keys that the discovery of the issuer names';
    return { state: 'right', because: `One of ${from} has signed it.`, keys };
  } catch (error) {
    const [failure] = failures;
    if (failure !== undefined) return { state: 'not checked', because: `${failure}.`, keys: UNCHECKED_KEYS };
    const because = `${(error as Error).message}.`;
    return { state: 'wrong', because, keys: { verify: () => Promise.reject(unauthorized(error)) } };
  }
}

/** What the header of a token says about its signature; empty if it cannot be read. */
function headerOf(token: string): { readonly alg?: string } {
  try {
    const { alg } = parseSignedToken(token);
    return { alg };
  } catch {
    return {};
  }
}

/** The keys of a saved key set, or why it has none. */
function keysOf(bytes: Uint8Array): TokenKeys | string {
  try {
    return savedKeys(bytes);
  } catch (error) {
    return `The file of --jwks is not a key set: ${(error as Error).message}.`;
  }
}

function unauthorized(error: unknown): UnauthorizedError {
  return error instanceof UnauthorizedError ? error : new UnauthorizedError((error as Error).message);
}

const TIMEOUT_MILLISECONDS = 10_000;

/** Requests a URL of the issuer. A redirect is refused, because Okta sends none. */
function issuerFetch(url: string): Promise<Response> {
  return fetch(url, { redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS) });
}

/** The cause, which `fetch` puts below an error without a reason. */
function reasonOf(error: unknown): string {
  const { cause, message } = error as Error;
  return cause instanceof Error && cause.message !== '' ? cause.message : message;
}
