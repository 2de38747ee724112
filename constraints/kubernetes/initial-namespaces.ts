/** The namespaces that Kubernetes creates in every cluster. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const KUBERNETES_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);

/** The namespaces in which Kubernetes itself runs, and keeps its settings and the leases of nodes. */
export const SYSTEM_NAMESPACES = ['kube-node-lease', 'kube-public', 'kube-system'] as const;

/** Whether a namespace is one of `SYSTEM_NAMESPACES`. */
export function isSystemNamespace(namespace: string): boolean {
  return (SYSTEM_NAMESPACES as readonly string[]).includes(namespace);
}
