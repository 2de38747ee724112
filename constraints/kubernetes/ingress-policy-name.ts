/** Pods that may reach the pods of a namespace. */
export interface IngressSource {
  readonly namespace: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** The name of the NetworkPolicy that lets a source in, made of all that it says; it is part of construct ids. */
export function ingressPolicyName({ namespace, podLabels = {}, port }: IngressSource): string {
  const labels = Object.entries(podLabels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flat();
  const parts = ['allow-ingress', namespace, ...labels, ...(port === undefined ? [] : [String(port)])];
  // Names of Kubernetes are of a-z, 0-9, - and . only, with a letter or digit at the end.
  return parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
}
