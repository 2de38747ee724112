import { Construct } from 'constructs';
import { NetworkPolicyV1 } from '#kubernetes/network-policy-v1';
import { type INamespace, inNamespace } from './namespace';

export interface DenyIngressProps {
  /** The namespace whose pods accept no connections. */
  readonly namespace: INamespace;
}

/**
 * A network policy that denies every connection to the pods of a namespace, even from inside it, unless another policy
 * allows it. It has no effect without a network plugin that enforces policies.
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
