/** The namespaces that Kubernetes creates in every cluster. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces */
export const KUBERNETES_NAMESPACES: ReadonlySet<string> = new Set([
  'default',
  'kube-node-lease',
  'kube-public',
  'kube-system',
]);
