import type { Chain, PathStep } from '../../rbac/paths/find-paths';
import type { Access } from '../derived/access';
import { becoming, becomingByIam } from '../derived/becoming';
import type { Cluster } from '../derived/clusters';
import { groupBy } from '../derived/group-by';
import { type IamAdministrator, iamAdministrators } from '../derived/iam-administrators';

/** The shortest chain of steps by which a group or an IAM role becomes somebody else on a cluster. */
export interface Path {
  readonly from: Principal;
  /** Key of the cluster. */
  readonly cluster: string;
  /** Who or what it becomes, such as `cluster-admin`, `node` or `service accounts of kube-system`. */
  readonly to: string;
  /** Whether every step is certain. */
  readonly certain: boolean;
  readonly steps: readonly PathStep[];
}

/** Who starts a path. */
export interface Principal {
  readonly kind: 'group' | 'iam-role';
  /** Name of the Okta group, or ARN of the IAM role; for a creator whom the file does not name, who that is in words. */
  readonly name: string;
}

/** The creator of a cluster, where the file does not name its IAM role. */
export const UNNAMED_CREATOR = 'whoever creates the cluster';

/** The paths of the groups and of the IAM administrators of each cluster, in the order of the clusters and grants. */
export function pathsOf(access: Access): readonly Path[] {
  const chainsOf = becoming(access);
  const chainsByIam = becomingByIam(access);
  const byCluster = groupBy(access.placements, ({ cluster }) => cluster);
  return Object.values(access.clusters).flatMap((cluster) => {
    const groups = new Set((byCluster.get(cluster.key) ?? []).map(({ group }) => group));
    return [
      ...[...groups].flatMap((name) => paths({ kind: 'group', name }, cluster, chainsOf(name, cluster.key))),
      ...iamAdministrators(cluster).flatMap((administrator) => iamPaths(administrator, cluster, chainsByIam(cluster))),
    ];
  });
}

function paths(from: Principal, { key }: Cluster, chains: readonly Chain[]): readonly Path[] {
  return chains.map(({ to, certain, steps }) => ({ from, cluster: key, to, certain, steps }));
}

function iamPaths({ roleArn, via }: IamAdministrator, cluster: Cluster, chains: readonly Chain[]): readonly Path[] {
  const from: Principal = { kind: 'iam-role', name: roleArn ?? UNNAMED_CREATOR };
  return paths(from, cluster, chains).map(({ steps: [, ...rest], ...path }) => ({
    ...path,
    steps: [{ permission: via, does: 'signs in by IAM', gives: 'cluster-admin', certain: true }, ...rest],
  }));
}
