import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { tokenIn } from './token-text';

/** The folder in which kubelogin keeps tokens if no `--token-cache-dir` says otherwise. */
export const CACHE_FOLDER = join(homedir(), '.kube', 'cache', 'oidc-login');

/** A token that kubelogin keeps. */
export interface CachedToken {
  readonly token: string;
  /** Whether kubelogin can replace it without a person. The refresh token itself stays in the file. */
  readonly refreshes: boolean;
}

/**
 * The ID tokens in a cache folder of kubelogin, sorted by file. Its refresh tokens are left there.
 * @throws AccessError if the folder cannot be read, or has no token.
 * @see https://github.com/int128/kubelogin/blob/master/docs/usage.md
 */
export function cachedTokens(folder: string): readonly string[] {
  const tokens = cacheEntries(folder).map(({ token }) => token);
  if (tokens.length > 0) return tokens;
  throw new AccessError(
    `${escaped(folder)} has no ID token. Sign in first, for example with kubectl get namespaces. With --token-cache-storage=keyring, the tokens are not in files: use --sign-in.`,
  );
}

/**
 * What a cache folder of kubelogin keeps, sorted by file; nothing if it has no token.
 * @throws AccessError if the folder cannot be read.
 */
export function cacheEntries(folder: string): readonly CachedToken[] {
  return filesOf(folder).flatMap((file) => {
    try {
      const text = readFileSync(join(folder, file), 'utf8');
      const token = tokenIn(text);
      return token === undefined ? [] : [{ token, refreshes: hasRefreshToken(text) }];
    } catch {
      // A folder, or a file of somebody else.
      return [];
    }
  });
}

function hasRefreshToken(text: string): boolean {
  const { refresh_token } = JSON.parse(text) as { readonly refresh_token?: unknown };
  return typeof refresh_token === 'string' && refresh_token !== '';
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new AccessError(`The cache of kubelogin cannot be read: ${escaped((error as Error).message)}.`);
  }
}
