import { compare } from '../compare';

/** Pods that may reach the pods of a namespace. */
export interface IngressSource {
  readonly namespace: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** The name of the NetworkPolicy that allows a source, made from all of its fields; construct ids contain it. */
export function ingressPolicyName({ namespace, podLabels = {}, port }: IngressSource): string {
  const labels = Object.entries(podLabels)
    .sort(([a], [b]) => compare(a, b))
    .flat();
  const parts = ['allow-ingress', namespace, ...labels, ...(port === undefined ? [] : [String(port)])];
  // Kubernetes names contain only a-z, 0-9, - and ., and end with a letter or digit.
  return parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
}
