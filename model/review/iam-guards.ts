import type { Cluster } from '../derived/clusters';
import type { GuardLists, Guards } from '../derived/guards';
import type { IamAdministrator } from '../derived/iam-administrators';
import { terraformRoles } from '../derived/terraform-roles';

/**
 * The guards of a cluster that apply to an administrator by IAM. Every guard lets break-glass access pass; those of
 * namespaces also let the roles of Terraform pass, which creates bindings there, and deletes namespaces that it created.
 */
export function guardsForIam({ kind, roleArn }: IamAdministrator, cluster: Cluster): Guards {
  const { guards } = cluster;
  if (kind === 'break-glass') return { ...guards, ...NONE };
  const isTerraform = roleArn !== null && terraformRoles(cluster).includes(roleArn);
  return isTerraform ? { ...guards, namespaces: {}, systemNamespaces: undefined, letsDeleteNamespaces: true } : guards;
}

const NONE: GuardLists = {
  ...{ secretDeletion: undefined, runAsRoot: undefined, systemNamespaces: undefined },
  namespaces: {},
};
