import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { Labels } from '#kubernetes/labels';
import { NamespaceV1 } from '#kubernetes/namespace-v1';
import { sameStackFinding } from '../same-stack';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';

/**
 * How far pods in a namespace may go.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export type PodSecurityLevel = 'privileged' | 'baseline' | 'restricted';

/** A namespace, made here or there already. */
export interface INamespace extends Construct {
  /** Name as plain text, so that it can be read in the plan of what is put into the namespace. */
  readonly namespaceName: string;
  /** What has to be there before anything is put into the namespace. */
  readonly dependables: readonly ITerraformDependable[];
}

export interface NamespaceProps {
  /** 1 to 63 lower-case letters, digits and `-`. Another name replaces the namespace with everything in it. */
  readonly name: string;
  /**
   * The Pod Security level that is enforced, and that audit and warnings speak of.
   * @default - the cluster's
   */
  readonly podSecurity?: PodSecurityLevel;
}

export interface ExistingNamespaceProps {
  /**
   * The Pod Security level that is enforced, and that audit and warnings speak of. It takes over from labels that were
   * set by hand; when it is removed, so are the labels, and the cluster's own level holds.
   * @default - left as it is
   */
  readonly podSecurity?: PodSecurityLevel;
}

/** A namespace of a cluster. */
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

  /** A namespace that the cluster has, and keeps when this is removed. */
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
    { podSecurity }: ExistingNamespaceProps,
  ) {
    super(scope, id);
    validateName(this, 'namespace', namespaceName);

    if (podSecurity === undefined) return;
    new Labels(this, 'PodSecurity', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: namespaceName },
      labels: podSecurityLabels(podSecurity),
      // Labels that were set by hand belong to kubectl, and would be a conflict.
      force: true,
    });
  }
}

/** The metadata of something in a namespace, and what it has to wait for. */
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
