import { writeFileSync } from 'node:fs';

export interface KubeconfigProps {
  /** Name of the context. */
  readonly name: string;
  readonly server: string;
  /** Certificate authority of the server, in PEM. */
  readonly caPem: string;
  /** The `user` of the context, such as `{ token }` or `{ exec }`. */
  readonly user: object;
}

/** A kubeconfig with these contexts. The first one is the current context. */
export function kubeconfig(contexts: readonly KubeconfigProps[]): object {
  return {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': contexts[0]?.name,
    clusters: contexts.map(({ name, server, caPem }) => ({
      name,
      cluster: { server, 'certificate-authority-data': Buffer.from(caPem).toString('base64') },
    })),
    users: contexts.map(({ name, user }) => ({ name, user })),
    contexts: contexts.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
  };
}

/** Writes a kubeconfig, as JSON, that only its owner can read. */
export function writeKubeconfig(file: string, contexts: readonly KubeconfigProps[]): void {
  writeFileSync(file, JSON.stringify(kubeconfig(contexts), null, 2), { mode: 0o600 });
}
