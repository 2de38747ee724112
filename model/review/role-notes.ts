import { compileRule, type PolicyRule } from '../../rbac';
import type { Cluster } from '../derived/clusters';
import { hasUnknownRules, type Placement } from '../derived/placements';
import { AGGREGATED, CONNECTIONS, isGetEnough } from './can-i';

/** What is said of a role that somebody else makes. */
const UNKNOWN = 'somebody else makes the role, and the file does not know its rules: look at the cluster';

/**
 * What the rules of a role do not say by themselves: add-ons may extend the roles of Kubernetes; and a connection to a pod
 * is a `get` over WebSocket, and from Kubernetes 1.35 a `create` as well.
 * @param kubernetesName the name of the role in Kubernetes.
 */
export function roleNotes(kubernetesName: string, placement: Placement, cluster: Cluster): readonly string[] {
  if (hasUnknownRules(placement)) return [UNKNOWN];
  return [
    ...(AGGREGATED.includes(kubernetesName)
      ? [`add-ons may aggregate rules for their own resources into ${kubernetesName}`]
      : []),
    ...connectionNotes(placement.rules, cluster),
  ];
}

function connectionNotes(rules: readonly PolicyRule[], cluster: Cluster): readonly string[] {
  const compiled = rules.map(compileRule);
  const may = (verb: string, subresource: string) =>
    compiled.some(({ allows }) => allows({ verb, apiGroup: '', resource: 'pods', subresource }));
  const enough = isGetEnough(cluster);
  return CONNECTIONS.flatMap((subresource) => {
    if (!may('get', subresource) || may('create', subresource)) return [];
    const thing = `get pods/${subresource} without create`;
    if (enough === true) return [`${thing} connects over WebSocket before Kubernetes 1.35`];
    if (enough === false) return [`${thing} does not connect from Kubernetes 1.35`];
    return [`${thing} connects over WebSocket if the cluster is older than Kubernetes 1.35`];
  });
}
