import { Construct } from 'constructs';
import { isServiceAccountGroup } from '../constraints/kubernetes/service-account-group';
import { GroupSubject } from '../constructs/kubernetes/group-subject';
import { NamespaceGuard } from '../constructs/kubernetes/namespace-guard';
import { RunAsRootGuard } from '../constructs/kubernetes/run-as-root-guard';
import { SecretDeletionGuard } from '../constructs/kubernetes/secret-deletion-guard';
import { SystemNamespacesGuard } from '../constructs/kubernetes/system-namespaces-guard';
import type { Access } from '../model/derived/access';
import type { Cluster } from '../model/derived/clusters';
import { sessionUserPrefix, terraformRoles } from '../model/derived/terraform-roles';
import { AccessStack } from './access-stack';
import { kubernetesProvider } from './kubernetes-provider';
import type { RbacStack } from './rbac-stack';

export interface GuardsStackProps {
  readonly access: Access;
  readonly cluster: Cluster;
  readonly rbacStack: RbacStack;
}

/**
 * The guards of a cluster. They are a separate stack because planning an admission policy needs the API server, and
 * planning the rest of the cluster's RBAC does not.
 */
export class GuardsStack extends AccessStack {
  constructor(scope: Construct, id: string, { access, cluster, rbacStack }: GuardsStackProps) {
    super(scope, id, access.backend);
    kubernetesProvider(this, cluster, access);
    // After the bindings, so that exempt groups have their roles when a guard is in force.
    this.addDependency(rbacStack);

    const prefix = cluster.identityProvider.prefix.groups;
    const usersStartingWith = terraformRoles(cluster).map(sessionUserPrefix);
    const { mode, allowPrivilegeEscalation, exemptServiceAccounts } = cluster.guards;
    const exempt = (members: readonly string[]) => ({
      ...{ mode, exemptServiceAccounts, kubernetesVersion: cluster.kubernetesVersion },
      subjects: members
        .filter((member) => !isServiceAccountGroup(member))
        .map((group) => new GroupSubject(group, prefix)),
      serviceAccountGroups: members.filter(isServiceAccountGroup),
    });
    const { secretDeletion, runAsRoot, systemNamespaces, namespaces } = cluster.guards;
    if (secretDeletion !== undefined) {
      new SecretDeletionGuard(this, 'SecretDeletion', { usersStartingWith, ...exempt(secretDeletion) });
    }
    if (runAsRoot !== undefined) {
      new RunAsRootGuard(this, 'RunAsRoot', { allowPrivilegeEscalation, ...exempt(runAsRoot) });
    }
    if (systemNamespaces !== undefined) {
      new SystemNamespacesGuard(this, 'SystemNamespaces', { usersStartingWith, ...exempt(systemNamespaces) });
    }
    const scopeOfNamespaces = new Construct(this, 'Namespace');
    for (const [namespace, members] of Object.entries(namespaces)) {
      new NamespaceGuard(scopeOfNamespaces, namespace, { namespace, usersStartingWith, ...exempt(members) });
    }
  }
}
