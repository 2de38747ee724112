import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { isObject } from '../../model/file/is-object';
import { isSeen, SYMPTOMS, type Symptom } from '../symptoms';
import { cacheEntries } from '../token/kubelogin-cache';
import { tokenIn } from '../token/token-text';
import { CouldNotCheck } from './doctor-check';
import type { KubeconfigContext } from './kubeconfigs';
import { kubeloginProgram, type Machine } from './machine';
import { once } from './once';
import { runProgram } from './run-program';

/** The ID token that kubectl would send. */
export interface TokenInUse {
  readonly token: string;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly from: 'a new sign-in' | 'the cache of kubelogin';
  /** Whether kubelogin can replace it without a person; only for one of the cache. */
  readonly refreshes?: boolean;
}

/** How a new sign-in ended. */
export interface SignInOutcome {
  readonly token: string | undefined;
  /** The last line that kubelogin wrote. */
  readonly message: string;
  /** What the message is a symptom of; undefined if it is none of the list. */
  readonly symptom: Symptom | undefined;
}

export interface TokenSource {
  /** Signs in with kubelogin, as kubectl does; undefined if nobody asked for it. @throws CouldNotCheck */
  signIn(): Promise<SignInOutcome | undefined>;
  /** @throws CouldNotCheck if there is none */
  token(): Promise<TokenInUse>;
}

/** kubelogin waits three minutes for a person. */
const SIGN_IN_MILLISECONDS = 200_000;

/** Finds the token of a context: by a new sign-in if a person asks for it, and else in kubelogin's cache. */
export function tokenSource(context: () => KubeconfigContext, machine: Machine, asked: boolean): TokenSource {
  const signIn = once(async () => (asked ? signedIn(context(), machine) : undefined));
  const token = once(async (): Promise<TokenInUse> => {
    const outcome = await signIn();
    if (outcome === undefined) return cachedToken(context(), machine.environment);
    if (outcome.token === undefined) throw new CouldNotCheck('The sign-in gave no token (see sign-in).');
    return { token: outcome.token, claims: claimsOf(outcome.token), from: 'a new sign-in' };
  });
  return { signIn, token };
}

async function signedIn(context: KubeconfigContext, machine: Machine): Promise<SignInOutcome> {
  const { exec, call, file } = context;
  if (exec === undefined || call === undefined)
    throw new CouldNotCheck('The kubeconfig does not sign in with kubelogin.');
  const program = kubeloginProgram(exec, file, machine);
  if (program === undefined) throw new CouldNotCheck('kubelogin is not installed (see kubelogin-installed).');
  const own = exec.args.slice(exec.args.indexOf('get-token'));
  // A new sign-in, which leaves the cache as it is.
  const { stdout, stderr } = await runProgram(program, [...own, '--token-cache-storage=none'], {
    environment: { ...machine.environment, ...exec.environment },
    timeout: SIGN_IN_MILLISECONDS,
    shown: true,
  });
  return {
    token: tokenIn(stdout),
    message: stderr.trim().split('\n').at(-1) ?? '',
    symptom: SYMPTOMS.find((symptom) => isSeen(symptom, stderr)),
  };
}

/** The newest token of the cache for the issuer and the client of a context. */
function cachedToken({ call, issuer, clientId }: KubeconfigContext, environment: NodeJS.ProcessEnv): TokenInUse {
  if (call === undefined) throw new CouldNotCheck('The kubeconfig does not sign in with kubelogin.');
  const storage = call.flags.get('token-cache-storage')?.at(-1) ?? 'disk';
  if (storage !== 'disk') {
    throw new CouldNotCheck(`There is no token in a file (--token-cache-storage=${storage}). Run it with --sign-in.`);
  }
  const folder = cacheFolder(call.flags.get('token-cache-dir')?.at(-1), environment);
  const fitting = (existsSync(folder) ? cacheEntries(folder) : [])
    .map(({ token, refreshes }) => ({
      token,
      refreshes,
      claims: claimsOf(token),
      from: 'the cache of kubelogin' as const,
    }))
    .filter(({ claims }) => claims.iss === issuer && [claims.aud].flat().includes(clientId))
    .sort((a, b) => Number(b.claims.iat) - Number(a.claims.iat));
  const [newest] = fitting;
  if (newest !== undefined) return newest;
  throw new CouldNotCheck('The cache of kubelogin has no token of this issuer and client. Run it with --sign-in.');
}

function cacheFolder(given: string | undefined, environment: NodeJS.ProcessEnv): string {
  const home = environment.HOME ?? homedir();
  return given?.replace(/^~(?=\/)/, () => home) ?? join(home, '.kube', 'cache', 'oidc-login');
}

/** The claims of a token; empty if they cannot be read. */
function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
