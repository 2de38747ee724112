import { Construct } from 'constructs';
import { ingressPolicyName } from '../constraints/kubernetes/ingress-policy-name';
import { AllowIngress } from '../constructs/kubernetes/allow-ingress';
import { ClusterRole } from '../constructs/kubernetes/cluster-role';
import { ClusterRoleBinding } from '../constructs/kubernetes/cluster-role-binding';
import { DenyIngress } from '../constructs/kubernetes/deny-ingress';
import { GroupSubject } from '../constructs/kubernetes/group-subject';
import { type INamespace, Namespace } from '../constructs/kubernetes/namespace';
import { NamespacedRole } from '../constructs/kubernetes/namespaced-role';
import { ResourceQuota } from '../constructs/kubernetes/resource-quota';
import { RoleBinding } from '../constructs/kubernetes/role-binding';
import type { Access } from '../model/derived/access';
import type { Cluster } from '../model/derived/clusters';
import { aggregatedRoles } from '../model/derived/roles';
import { AccessStack } from './access-stack';
import type { ClusterStack } from './cluster-stack';
import { kubernetesProvider } from './kubernetes-provider';

export interface RbacStackProps {
  readonly access: Access;
  readonly cluster: Cluster;
  /** @default - none: the cluster is outside EKS */
  readonly clusterStack?: ClusterStack;
}

/**
 * The namespaces, roles, and bindings of a cluster. They are a separate stack because a Kubernetes provider cannot be
 * configured from a cluster that the same apply creates.
 */
export class RbacStack extends AccessStack {
  constructor(scope: Construct, id: string, props: RbacStackProps) {
    super(scope, id, props.access.backend);
    kubernetesProvider(this, props.cluster, props.access);
    if (props.clusterStack !== undefined) this.addDependency(props.clusterStack);

    const namespaces = this.namespaces(props);
    this.roles(props, namespaces);
    this.bindings(props, namespaces);
  }

  private namespaces({ access, cluster }: RbacStackProps): ReadonlyMap<string, INamespace> {
    const scope = new Construct(this, 'Namespace');
    // A namespace that is handed over may leave the cluster in the same step.
    forgetNamespaces(scope, access, cluster.namespaces);
    return new Map(
      cluster.namespaces.map((name) => {
        const settings = Object.hasOwn(access.namespaces, name) ? access.namespaces[name] : undefined;
        const { create, handOver, podSecurity, denyIngress, allowIngressFrom = [], quota } = settings ?? {};
        const place = new Construct(scope, name);
        const namespace = create
          ? new Namespace(place, 'Namespace', { name, podSecurity })
          : Namespace.fromName(place, 'Namespace', name, { podSecurity, handOver });
        if (denyIngress) new DenyIngress(place, 'DenyIngress', { namespace });
        const policies = new Construct(place, 'AllowIngress');
        for (const source of allowIngressFrom) {
          const policy = ingressPolicyName(source);
          const { namespace: fromNamespace, podLabels: fromPodLabels, port } = source;
          new AllowIngress(policies, policy, { name: policy, namespace, fromNamespace, fromPodLabels, port });
        }
        if (quota !== undefined) new ResourceQuota(place, 'Quota', { namespace, hard: quota });
        return [name, namespace];
      }),
    );
  }

  /**
   * The presets and roles of the file that are granted here: ClusterRoles, and Roles in their namespaces. And the
   * ClusterRoles that widen Kubernetes' own, which need no grant.
   */
  private roles({ access, cluster }: RbacStackProps, namespaces: ReadonlyMap<string, INamespace>): void {
    const clusterRoles = new Construct(this, 'ClusterRole');
    const roles = new Construct(this, 'Role');
    const widening = aggregatedRoles(access).map((role) => ({ role, namespace: null }));
    for (const { role, namespace } of [...cluster.bindings, ...widening]) {
      const { kind, kubernetesName: name, rules, aggregateTo } = role;
      if (rules === undefined) continue;
      if (kind === 'ClusterRole') {
        if (clusterRoles.node.tryFindChild(name) !== undefined) continue;
        new ClusterRole(clusterRoles, name, { name, rules, aggregateTo });
      } else if (namespace !== null) {
        new NamespacedRole(scopeOf(roles, namespace), name, {
          name,
          namespace: namespaceOf(namespaces, namespace),
          rules,
        });
      }
    }
  }

  private bindings({ cluster }: RbacStackProps, namespaces: ReadonlyMap<string, INamespace>): void {
    const ofCluster = new Construct(this, 'ClusterRoleBinding');
    const ofNamespaces = new Construct(this, 'RoleBinding');
    for (const { name, role, namespace, groups } of cluster.bindings) {
      const { kind, kubernetesName } = role;
      const subjects = groups.map((group) => new GroupSubject(group, cluster.identityProvider.prefix.groups));
      if (namespace === null) {
        new ClusterRoleBinding(ofCluster, name, { name, role: kubernetesName, subjects });
      } else {
        new RoleBinding(scopeOf(ofNamespaces, namespace), name, {
          name,
          namespace: namespaceOf(namespaces, namespace),
          role: kubernetesName,
          roleKind: kind,
          subjects,
        });
      }
    }
  }
}

/** Makes Terraform forget the namespaces that are handed over, in a stack that has nothing else. */
export function handOverNamespaces(stack: AccessStack, access: Access): void {
  forgetNamespaces(new Construct(stack, 'Namespace'), access, []);
}

/** Makes Terraform forget the namespaces that are handed over, except those that the stack has. */
function forgetNamespaces(scope: Construct, { namespaces }: Access, present: readonly string[]): void {
  for (const [name, { handOver }] of Object.entries(namespaces)) {
    if (!handOver || present.includes(name)) continue;
    Namespace.fromName(new Construct(scope, name), 'Namespace', name, { handOver });
  }
}

/** The construct scope of a namespace, created on first use. */
function scopeOf(scope: Construct, namespace: string): Construct {
  return (scope.node.tryFindChild(namespace) as Construct | undefined) ?? new Construct(scope, namespace);
}

function namespaceOf(namespaces: ReadonlyMap<string, INamespace>, name: string): INamespace {
  return namespaces.get(name) as INamespace;
}
