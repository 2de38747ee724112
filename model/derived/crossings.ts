import type { Boundary } from '../../rbac/boundary';
import type { Chain } from '../../rbac/paths/find-paths';
import type { Access } from './access';
import { becoming } from './becoming';
import { groupBy } from './group-by';
import { refusingLists } from './guards';
import type { Placement } from './placements';
import { roleDefinition } from './roles';

/** A boundary that a group crosses for certain on a cluster. */
export interface Crossing {
  readonly boundary: Boundary;
  readonly group: string;
  /** Key of the cluster. */
  readonly cluster: string;
  readonly chain: Chain;
  /** The placements that give the permissions of the chain. */
  readonly causes: readonly Placement[];
}

/**
 * The boundaries that the groups of a file cross for certain. Whoever becomes cluster-admin crosses every other boundary
 * with it, and whoever is cluster-admin by a role crosses none.
 */
export function crossings(access: Access): readonly Crossing[] {
  const found = known.get(access.placements) ?? crossingsOf(access);
  known.set(access.placements, found);
  return found;
}

const known = new WeakMap<readonly Placement[], readonly Crossing[]>();

function crossingsOf(access: Access): readonly Crossing[] {
  const chainsOf = becoming(access);
  const byCluster = [...groupBy(access.placements, ({ cluster }) => cluster).values()];
  const byGroup = byCluster.flatMap((placements) => [...groupBy(placements, ({ group }) => group).values()]);
  return byGroup.flatMap((placements) => {
    const { group, cluster } = placements[0] as Placement;
    return crossed(placements, chainsOf(group, cluster), access).map(({ boundary, chain }) => ({
      boundary,
      group,
      cluster,
      chain,
      causes: placements.filter(({ role, namespace }) => {
        const { kubernetesName } = roleDefinition(role, access);
        return chain.roles.some((placed) => placed.role === kubernetesName && placed.namespace === namespace);
      }),
    }));
  });
}

function crossed(
  placements: readonly Placement[],
  chains: readonly Chain[],
  access: Pick<Access, 'clusters'>,
): readonly { readonly boundary: Boundary; readonly chain: Chain }[] {
  const certain = chains.filter((chain) => chain.certain);
  const toClusterAdmin = certain.find(({ target }) => target.kind === 'cluster-admin');
  if (toClusterAdmin !== undefined) {
    return toClusterAdmin.isByRole ? [] : [{ boundary: 'becomes-cluster-admin', chain: toClusterAdmin }];
  }
  return certain.flatMap((chain) => {
    const boundary = boundaryOf(chain, placements, access);
    return boundary === undefined ? [] : [{ boundary, chain }];
  });
}

function boundaryOf(
  { target }: Chain,
  placements: readonly Placement[],
  { clusters }: Pick<Access, 'clusters'>,
): Boundary | undefined {
  switch (target.kind) {
    case 'node':
      return 'becomes-node';
    case 'aws-role':
      return 'becomes-aws-role';
    case 'service-accounts': {
      const { group, cluster } = placements[0] as Placement;
      const { namespace: other } = target;
      const guards = clusters[cluster]?.guards;
      const members = guards && refusingLists(guards).namespaces;
      const isClosed = members !== undefined && Object.hasOwn(members, other) && !members[other]?.includes(group);
      const isGranted = placements.some(({ namespace }) => namespace === null || namespace === other);
      return isClosed || !isGranted ? 'becomes-other-namespace' : undefined;
    }
    case 'cluster-admin':
    case 'user':
    case 'group':
    case 'rules':
    case 'no-guards':
    case 'no-pod-security':
      return undefined;
  }
}
