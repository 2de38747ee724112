import { Construct } from 'constructs';
import { NetworkPolicyV1 } from '#kubernetes/network-policy-v1';
import { validateName } from '../validate-name';
import { type INamespace, inNamespace } from './namespace';

export interface AllowIngressProps {
  /**
   * Name of the policy; several for one source need names of their own.
   * @default - `allow-ingress-from-<fromNamespace>`
   */
  readonly name?: string;
  /** The namespace that is opened. */
  readonly namespace: INamespace;
  /** Name of the namespace that connections come from. */
  readonly fromNamespace: string;
  /**
   * Labels of the pods there that connections come from.
   * @default - every pod
   */
  readonly fromPodLabels?: Readonly<Record<string, string>>;
  /**
   * TCP port of the pods that is opened.
   * @default - every port of every protocol
   */
  readonly port?: number;
}

/** Connections into a namespace from pods of another one; it takes effect beside `DenyIngress`. */
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
            // Both in one peer: as two they would mean the one or the other.
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
