import { Construct } from 'constructs';
import { NetworkPolicyV1 } from '#kubernetes/network-policy-v1';
import { validateName } from '../validate-name';
import { type INamespace, inNamespace } from './namespace';

export interface AllowIngressProps {
  /**
   * Name of the policy. Set it if several policies have the same `fromNamespace`.
   * @default - `allow-ingress-from-<fromNamespace>`
   */
  readonly name?: string;
  /** The namespace that accepts the connections. */
  readonly namespace: INamespace;
  /** Name of the namespace that connections come from. */
  readonly fromNamespace: string;
  /**
   * Labels of the pods in `fromNamespace` that connections come from.
   * @default - every pod
   */
  readonly fromPodLabels?: Readonly<Record<string, string>>;
  /**
   * TCP port of the pods that accepts the connections.
   * @default - every port of every protocol
   */
  readonly port?: number;
}

/** A network policy that allows connections into a namespace from pods of another one; use it with `DenyIngress`. */
export class AllowIngress extends Construct {
  constructor(scope: Construct, id: string, props: AllowIngressProps) {
    super(scope, id);
    const { fromNamespace, fromPodLabels, namespace, port } = props;
    validateName(this, 'namespace', fromNamespace);

    new NetworkPolicyV1(this, 'Resource', {
      ...inNamespace(this, namespace, props.name ?? `allow-ingress-from-${fromNamespace}`),
      spec: {
        podSelector: {},
        policyTypes: ['Ingress'],
        ingress: [
          {
            // Both selectors in one peer: as two peers, either one would be enough.
            from: [
              {
                namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': fromNamespace } },
                podSelector: fromPodLabels && { matchLabels: { ...fromPodLabels } },
              },
            ],
            ports: port === undefined ? undefined : [{ port: String(port), protocol: 'TCP' }],
          },
        ],
      },
    });
  }
}
