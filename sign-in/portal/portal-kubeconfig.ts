import { type ExecStanza, type KubeconfigOptions, kubeconfigOf } from '../kubeconfig/kubeconfig';
import type { SignInData } from '../sign-in-data';

/**
 * What the page of a portal makes kubeconfigs of, besides the clusters of its data: the users, as `eks-access kubeconfig`
 * writes them. What many users share is there once.
 */
export interface PortalKubeconfig {
  /** The distinct arguments of kubelogin. */
  readonly args: readonly string[];
  /** The rest of the exec stanza, which all users share. */
  readonly exec: Omit<ExecStanza, 'args'>;
  /** The users by the names of their apps, with positions in `args`. */
  readonly users: Readonly<Record<string, { readonly name: string; readonly args: readonly number[] }>>;
}

/** The users of a portal; undefined if nobody can sign in to a cluster yet. */
export function portalKubeconfig(
  data: SignInData | undefined,
  options?: Pick<KubeconfigOptions, 'kubelogin'>,
): PortalKubeconfig | undefined {
  if (data === undefined || data.clusters.length === 0) return undefined;
  const { users, contexts } = kubeconfigOf(data, options);
  const stanzas = new Map(users.map(({ name, user }) => [name, user.exec]));
  const positions = new Map<string, number>();
  const positionOf = (argument: string) => {
    const position = positions.get(argument) ?? positions.size;
    positions.set(argument, position);
    return position;
  };
  // The contexts are in the order of the clusters.
  const ofApps = new Map(data.clusters.map(({ app }, at) => [app, contexts[at]?.context.user ?? '']));
  const named = [...ofApps].map(([app, name]) => {
    const { args } = stanzas.get(name) as ExecStanza;
    return [app, { name, args: args.map(positionOf) }];
  });
  const { args: _, ...exec } = (users[0] as (typeof users)[number]).user.exec;
  return { args: [...positions.keys()], exec, users: Object.fromEntries(named) };
}
