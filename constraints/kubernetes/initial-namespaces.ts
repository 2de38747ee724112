/** The namespaces that every cluster has. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const KUBERNETES_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);
