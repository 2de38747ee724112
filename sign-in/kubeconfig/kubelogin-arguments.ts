import type { AppData } from '../sign-in-data';

/**
 * The program that kubelogin is as a plugin of kubectl. A kubeconfig runs it itself and not `kubectl oidc-login`: without
 * the plugin, the kubectl of the Google Cloud SDK would start itself without end, kubectl shows its hint only for a command
 * that is missing, and an allowlist with `kubectl` allows every plugin.
 * @see https://github.com/int128/kubelogin#setup
 */
export const KUBELOGIN = 'kubectl-oidc_login';

/** How to install what a sign-in needs, in one line. */
export const INSTALL_HINT =
  'Sign-in needs kubectl and kubelogin. macOS and Linux: brew install kubelogin; or, everywhere: kubectl krew install oidc-login; Windows: choco install kubelogin';

export interface KubeloginProps {
  readonly issuerUrl: string;
  readonly app: AppData;
  /**
   * Whether to sign in with a code on another device, for a machine without a browser.
   * @default false
   */
  readonly deviceCode?: boolean;
  /**
   * Whether kubelogin keeps tokens in the keyring of the operating system.
   * @default false, in files of the home directory
   */
  readonly keyring?: boolean;
}

/**
 * The arguments of kubelogin's `get-token` that sign in to an app. The device code needs no standard input, and its
 * address is only printed: a browser on the same machine is what is missing.
 * @see https://github.com/int128/kubelogin/blob/v1.36.3/docs/usage.md
 */
export function kubeloginArguments(props: KubeloginProps): readonly string[] {
  const { issuerUrl, app, deviceCode = false, keyring = false } = props;
  return [
    `--oidc-issuer-url=${issuerUrl}`,
    `--oidc-client-id=${app.clientId}`,
    ...app.scopes.map((scope) => `--oidc-extra-scope=${scope}`),
    '--oidc-pkce-method=S256',
    ...(deviceCode
      ? ['--grant-type=device-code', '--skip-open-browser']
      : app.redirectPorts.map((port) => `--listen-address=127.0.0.1:${port}`)),
    ...(keyring ? ['--token-cache-storage=keyring'] : []),
  ];
}

/** The flags that `kubeloginArguments` decides; all others in a kubeconfig are the user's own. */
const DECIDED: ReadonlySet<string> = new Set([
  'oidc-issuer-url',
  'oidc-client-id',
  'oidc-extra-scope',
  'oidc-pkce-method',
  'grant-type',
  'skip-open-browser',
  'listen-address',
  'token-cache-storage',
]);

/** Flags of kubelogin without a value of their own. */
const SWITCHES: ReadonlySet<string> = new Set([
  'oidc-use-access-token',
  'force-refresh',
  'insecure-skip-tls-verify',
  'tls-renegotiation-once',
  'tls-renegotiation-freely',
  'skip-open-browser',
]);

/** An argument that `kubeloginArguments` does not decide. */
export interface OwnArgument {
  /** The word before it that is no own argument. */
  readonly behind: string;
  /** The flag, and its value if that is a word of its own. */
  readonly words: readonly string[];
}

/** A call of kubelogin's `get-token`. */
export interface KubeloginCall {
  /** The values of each flag, in order; those of lists are split at commas, as kubelogin does. */
  readonly flags: ReadonlyMap<string, readonly string[]>;
  readonly own: readonly OwnArgument[];
}

const LISTS: ReadonlySet<string> = new Set(['oidc-extra-scope', 'listen-address']);

/** Reads the arguments of a command; undefined if it is no call of kubelogin's `get-token`. */
export function kubeloginCall(args: readonly string[]): KubeloginCall | undefined {
  const start = args.indexOf('get-token');
  // Before it: nothing, or `oidc-login` for kubectl.
  if (start < 0 || args.slice(0, start).some((argument) => argument !== 'oidc-login')) return undefined;
  const flags = new Map<string, readonly string[]>();
  const own: OwnArgument[] = [];
  let behind = 'get-token';
  for (let at = start + 1; at < args.length; ) {
    const argument = args[at] as string;
    const [, name, inline] = /^--([\w-]+)(?:=([\s\S]*))?$/.exec(argument) ?? [];
    const separate = name === undefined || inline !== undefined || SWITCHES.has(name) ? undefined : args[at + 1];
    const words = separate === undefined ? [argument] : [argument, separate];
    at += words.length;
    if (name !== undefined) {
      const value = inline ?? separate ?? 'true';
      flags.set(name, [...(flags.get(name) ?? []), ...(LISTS.has(name) ? value.split(',') : [value])]);
    }
    if (name !== undefined && DECIDED.has(name)) behind = words.join('=');
    else own.push({ behind, words });
  }
  return { flags, own };
}
