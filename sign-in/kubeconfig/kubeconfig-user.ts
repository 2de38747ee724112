import type { Kubeconfig } from './kubeconfig';
import { kubeloginCall } from './kubelogin-arguments';

/** The issuer at which the user of a kubeconfig signs in with kubelogin; undefined if it signs in in another way. */
export function issuerOfUser(user: Readonly<Record<string, unknown>>): string | undefined {
  return kubeloginCall(execArguments(user))?.flags.get('oidc-issuer-url')?.at(-1);
}

/** The arguments of a user's exec stanza; empty if it has none. */
export function execArguments({ exec }: Readonly<Record<string, unknown>>): readonly string[] {
  const { args } = (typeof exec === 'object' && exec !== null ? exec : {}) as { readonly args?: unknown };
  return Array.isArray(args) ? args.map(String) : [];
}

/** The issuers at which the users of a kubeconfig of ours sign in. */
export function issuersOf({ users }: Kubeconfig): ReadonlySet<string> {
  return new Set(users.flatMap(({ user: { exec } }) => issuerOfUser({ exec }) ?? []));
}
