import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import type { AppData, ClusterData, SignInData } from '../sign-in-data';
import { INSTALL_HINT, KUBELOGIN, kubeloginArguments } from './kubelogin-arguments';

/** How a kubeconfig says to run kubelogin. */
export interface ExecStanza {
  readonly apiVersion: 'client.authentication.k8s.io/v1';
  readonly command: string;
  readonly args: readonly string[];
  readonly installHint: string;
  /** kubelogin reads nothing from standard input, which so stays with commands such as `kubectl apply -f -`. */
  readonly interactiveMode: 'Never';
  readonly provideClusterInfo: false;
}

/** A kubeconfig that signs in with kubelogin. It contains no secret. */
export interface Kubeconfig {
  readonly apiVersion: 'v1';
  readonly kind: 'Config';
  readonly clusters: readonly {
    readonly name: string;
    readonly cluster: { readonly server: string; readonly 'certificate-authority-data'?: string };
  }[];
  readonly users: readonly { readonly name: string; readonly user: { readonly exec: ExecStanza } }[];
  readonly contexts: readonly {
    readonly name: string;
    readonly context: { readonly cluster: string; readonly user: string };
  }[];
  readonly 'current-context': string;
}

export interface KubeconfigOptions {
  /**
   * Names of the contexts; the placeholders are `{cluster}`, `{app}`, and `{organization}`, the host name of the issuer.
   * @default '{cluster}'
   */
  readonly contextFormat?: string;
  /** Whether to sign in with a code on another device. @default false */
  readonly deviceCode?: boolean;
  /** Whether kubelogin keeps tokens in the keyring of the operating system. @default false */
  readonly keyring?: boolean;
  /**
   * Runs kubelogin in another way than as a plugin of kubectl.
   * @default - `kubectl-oidc_login` in PATH
   */
  readonly kubelogin?: {
    /** File of the program. */
    readonly file: string;
    /** Arguments behind the others. */
    readonly args: readonly string[];
  };
}

/** A context of a kubeconfig, with what it is for. */
export interface NamedContext {
  readonly name: string;
  readonly user: string;
  readonly cluster: ClusterData;
  readonly app: AppData;
}

/**
 * The kubeconfig for clusters: a context per cluster, and a user entry per app.
 * @throws AccessError for a wrong context format, two contexts of one name, or a device code that an app does not allow.
 */
export function kubeconfigOf(data: SignInData, options: KubeconfigOptions = {}): Kubeconfig {
  const contexts = namedContexts(data, options.contextFormat);
  const first = contexts[0];
  if (first === undefined) throw new AccessError('There is no cluster to sign in to.');
  const users = new Map(contexts.map(({ user, app }) => [user, app]));
  return {
    apiVersion: 'v1',
    kind: 'Config',
    clusters: contexts.map(({ name, cluster: { endpoint, certificateAuthority } }) => ({
      name,
      cluster: {
        server: endpoint,
        ...(certificateAuthority !== null && { 'certificate-authority-data': certificateAuthority }),
      },
    })),
    users: [...users].map(([name, app]) => ({ name, user: { exec: execStanza(data.issuerUrl, app, options) } })),
    contexts: contexts.map(({ name, user }) => ({ name, context: { cluster: name, user } })),
    'current-context': first.name,
  };
}

/**
 * The exec stanza that signs in to an app.
 * @throws AccessError for a device code that the app does not allow.
 */
export function execStanza(
  issuerUrl: string,
  app: AppData,
  options: Pick<KubeconfigOptions, 'deviceCode' | 'keyring' | 'kubelogin'>,
): ExecStanza {
  const { deviceCode = false, keyring = false, kubelogin } = options;
  if (deviceCode && !app.deviceCode) {
    throw new AccessError(
      `The app ${escaped(app.name)} does not allow a sign-in with a device code. Allow it in the access file with signIn.deviceCode: true, apply the stack okta, and run this again; or leave out --device-code.`,
    );
  }
  const args = kubeloginArguments({ issuerUrl, app, deviceCode, keyring });
  return {
    apiVersion: 'client.authentication.k8s.io/v1',
    command: kubelogin?.file ?? KUBELOGIN,
    args: ['get-token', ...args, ...(kubelogin?.args ?? [])],
    installHint: INSTALL_HINT,
    interactiveMode: 'Never',
    provideClusterInfo: false,
  };
}

/**
 * The contexts of clusters, in their order.
 * @throws AccessError for a wrong format, or two contexts of one name.
 */
export function namedContexts(data: SignInData, contextFormat?: string): readonly NamedContext[] {
  // Two authorization servers of one organization can have apps of the same name.
  const issuer = data.issuerUrl.replace(/^https:\/\//, '');
  const apps = new Map(data.apps.map((app) => [app.name, app]));
  const contexts = data.clusters.map((cluster) => {
    const app = apps.get(cluster.app);
    if (app === undefined) {
      throw new AccessError(
        `The cluster ${escaped(cluster.key)} uses the app ${escaped(cluster.app)}, which is not there.`,
      );
    }
    return {
      name: contextName(contextFormat, cluster, data.issuerUrl),
      user: `${app.name}@${issuer}`,
      cluster,
      app,
    };
  });
  const first = new Map([...contexts].reverse().map((context) => [context.name, context]));
  const twins = contexts.filter((context) => first.get(context.name) !== context);
  if (twins.length > 0) {
    const names = [...new Set(twins.map(({ name }) => name))];
    const lines = names.map((name) => {
      const keys = contexts.filter((context) => context.name === name).map(({ cluster }) => escaped(cluster.key));
      return `  ${escaped(name)}: ${keys.join(', ')}`;
    });
    throw new AccessError(
      `--context-format gives several clusters the same context:\n${lines.join('\n')}\nWrite a format with {cluster}. Given: '${escaped(contextFormat ?? '')}'.`,
    );
  }
  return contexts;
}

/**
 * The name of the context of a cluster.
 * @throws AccessError for a wrong format.
 */
export function contextName(
  format = '{cluster}',
  { key: cluster, app }: { readonly key: string; readonly app: string },
  issuerUrl: string,
): string {
  const values: Readonly<Record<string, string>> = { cluster, app, organization: new URL(issuerUrl).hostname };
  const placeholders = Object.keys(values).map((name) => `{${name}}`);
  const name = format.replaceAll(/\{([^{}]*)\}/g, (placeholder, key: string) => {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value !== undefined) return value;
    throw new AccessError(
      `--context-format has the placeholder ${escaped(placeholder)}. The placeholders are ${placeholders.join(', ')}.`,
    );
  });
  // kubectl takes a name with a leading hyphen for an option.
  if (name === '' || name.startsWith('-') || /[\p{Cc}\p{Zl}\p{Zp}]/u.test(name)) {
    throw new AccessError(
      `--context-format gives the name '${escaped(name)}'. A name has at least one character, no control characters, and no hyphen at its start.`,
    );
  }
  return name;
}
