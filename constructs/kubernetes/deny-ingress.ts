import { Construct } from 'constructs';
import { NetworkPolicyV1 } from '#kubernetes/network-policy-v1';
import { type INamespace, inNamespace } from './namespace';

export interface DenyIngressProps {
  readonly namespace: INamespace;
}

/**
 * No connection into a namespace, from inside it neither, unless another policy allows it. Without a network plugin
 * that enforces policies it does nothing.
 * @see https://kubernetes.io/docs/concepts/services-networking/network-policies/#default-deny-all-ingress-traffic
 */
export class DenyIngress extends Construct {
  constructor(scope: Construct, id: string, { namespace }: DenyIngressProps) {
    super(scope, id);
    new NetworkPolicyV1(this, 'Resource', {
      ...inNamespace(this, namespace, 'deny-ingress'),
      spec: { podSelector: {}, policyTypes: ['Ingress'] },
    });
  }
}
