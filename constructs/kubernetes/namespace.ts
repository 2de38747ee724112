import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Labels } from '#kubernetes/labels';
import { NamespaceV1 } from '#kubernetes/namespace-v1';
import { Forgotten } from '../forgotten';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/**
 * A Pod Security Standard: what pods in a namespace may do.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** A namespace, created here or existing. */
export interface INamespace extends Construct {
  /** Name as plain text, so that the plans of resources in the namespace show it. */
  readonly namespaceName: string;
  /** What must exist before anything is added to the namespace. */
  readonly dependables: readonly ITerraformDependable[];
}

export interface NamespaceProps {
  /** Name: 1 to 63 lowercase letters, digits and `-`. A new name replaces the namespace and everything in it. */
  readonly name: string;
  /**
   * Pod Security Standard that the namespace enforces, audits and warns about.
   * @default - the cluster's
   */
  readonly podSecurity?: PodSecurityLevel;
}

export interface ExistingNamespaceProps {
  /**
   * Pod Security Standard that the namespace enforces, audits and warns about. It overwrites labels that were set by
   * hand; removing it removes the labels, and the cluster's default applies.
   * @default - unchanged
   */
  readonly podSecurity?: PodSecurityLevel;
  /**
   * Whether Terraform made the namespace until now, as a `Namespace` with the same id: it then forgets it instead of destroying it with everything in it.
   * @default false
   */
  readonly handOver?: boolean;
}

/** A namespace of a cluster. Removing the construct deletes it. */
export class Namespace extends Construct implements INamespace {
  readonly namespaceName: string;
  readonly dependables: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { name, podSecurity }: NamespaceProps) {
    super(scope, id);
    validateName(this, 'namespace', name);

    const namespace = new NamespaceV1(this, 'Resource', {
      metadata: { name, labels: podSecurity && podSecurityLabels(podSecurity) },
    });
    this.namespaceName = name;
    this.dependables = [namespace];
  }

  /** An existing namespace, which stays when the construct is removed. */
  static fromName(scope: Construct, id: string, name: string, props: ExistingNamespaceProps = {}): INamespace {
    return new ExistingNamespace(scope, id, name, props);
  }
}

class ExistingNamespace extends Construct implements INamespace {
  readonly dependables = [];

  constructor(
    scope: Construct,
    id: string,
    readonly namespaceName: string,
    { podSecurity, handOver }: ExistingNamespaceProps,
  ) {
    super(scope, id);
    validateName(this, 'namespace', namespaceName);

    if (handOver) new Forgotten(this, 'Resource', NamespaceV1.tfResourceType);
    if (podSecurity === undefined) return;
    new Labels(this, 'PodSecurity', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespaceName },
      labels: podSecurityLabels(podSecurity),
      // kubectl owns labels that were set by hand; without force, the apply would end with a conflict.
      force: true,
    });
  }
}

/** The metadata of a resource in a namespace, and what it must wait for. */
export function inNamespace(
  construct: Construct,
  namespace: INamespace,
  name: string,
): { metadata: { name: string; namespace: string }; dependsOn?: ITerraformDependable[] } {
  const { dependables, namespaceName } = namespace;
  validateFindings(construct, () => [
    dependables.length > 0
      ? sameStackFinding(construct, namespace, 'namespace', 'Use Namespace.fromName in this stack.')
      : undefined,
  ]);
  return {
    metadata: { name, namespace: namespaceName },
    dependsOn: dependables.length > 0 ? [...dependables] : undefined,
  };
}

/** @see https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces */
function podSecurityLabels(level: PodSecurityLevel): Record<string, string> {
  return Object.fromEntries(['enforce', 'audit', 'warn'].map((mode) => [`pod-security.kubernetes.io/${mode}`, level]));
}
