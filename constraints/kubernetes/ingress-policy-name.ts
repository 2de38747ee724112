import { compare } from '../compare';

/** Pods that may reach the pods of a namespace. */
export interface IngressSource {
  readonly namespace: string;
  readonly podLabels?: Readonly<Record<string, string>>;
  readonly port?: number;
}

/** The name of the NetworkPolicy that lets a source in, made of everything it states; construct ids contain it. */
export function ingressPolicyName({ namespace, podLabels = {}, port }: IngressSource): string {
  const labels = Object.entries(podLabels)
    .sort(([a], [b]) => compare(a, b))
    .flat();
  const parts = ['allow-ingress', namespace, ...labels, ...(port === undefined ? [] : [String(port)])];
  // Kubernetes allows a-z, 0-9, - and . in names, and a letter or digit at both ends.
  return parts
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9.-]/g, '-')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
}
