import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { tokenIn } from './token-text';

/** The folder in which kubelogin keeps tokens if no `--token-cache-dir` says otherwise. */
export const CACHE_FOLDER = join(homedir(), '.kube', 'cache', 'oidc-login');

/**
 * The ID tokens in a cache folder of kubelogin, sorted by file. Its refresh tokens are left there.
 * @throws AccessError if the folder cannot be read, or has no token.
 * @see https://github.com/int128/kubelogin/blob/master/docs/usage.md
 */
export function cachedTokens(folder: string): readonly string[] {
  const tokens = filesOf(folder).flatMap((file) => {
    try {
      return tokenIn(readFileSync(join(folder, file), 'utf8')) ?? [];
    } catch {
      // A folder, or a file of somebody else.
      return [];
    }
  });
  if (tokens.length > 0) return tokens;
  throw new AccessError(
    `${escaped(folder)} has no ID token. Sign in first, for example with kubectl get namespaces. With --token-cache-storage=keyring, the tokens are not in files: use --sign-in.`,
  );
}

function filesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    throw new AccessError(`The cache of kubelogin cannot be read: ${escaped((error as Error).message)}.`);
  }
}
