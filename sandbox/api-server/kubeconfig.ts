import { writeFileSync } from 'node:fs';

export interface KubeconfigProps {
  /** Name of the context. */
  readonly name: string;
  readonly server: string;
  /** Certificate authority of the server. */
  readonly caPem: string;
  /** The `user` of the context, such as `{ token }` or `{ exec }`. */
  readonly user: object;
}

/** A kubeconfig with these contexts, the first of which is the current one; JSON is YAML too. */
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

/** Writes a kubeconfig that only its owner can read. */
export function writeKubeconfig(file: string, contexts: readonly KubeconfigProps[]): void {
  writeFileSync(file, JSON.stringify(kubeconfig(contexts), null, 2), { mode: 0o600 });
}
