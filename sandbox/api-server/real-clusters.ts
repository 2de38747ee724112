import type { Access } from '../../model';
import type { Stacks } from '../synthesized/read-stacks';
import type { Resolver } from '../synthesized/resolve';
import { iamSessions } from './iam-access';
import { type KubernetesObject, kubernetesObjects } from './kubernetes-objects';
import type { ResolvedResources } from './rbac-policy';
import type { RealCluster } from './real';
import { resolvedResources, synthesizedClusters } from './synthesized-clusters';

/** Role session name of all IAM sessions. */
const SESSION = 'sandbox';

/**
 * Clusters of synthesized stacks with the Kubernetes objects, guards and IAM access of their stacks.
 * @param keys the clusters to return.
 * @param resolver resolves values that Okta computes.
 * @param access has the identity provider of self-managed clusters, which no stack contains.
 */
export function realClusters(
  keys: readonly string[],
  { stacks, resolver, access }: { stacks: Stacks; resolver: Resolver; access: Access },
): readonly RealCluster[] {
  const objects = (stack: string): readonly KubernetesObject[] =>
    Object.hasOwn(stacks, stack) ? kubernetesObjects(resolvedResources(stack, stacks, resolver)) : [];
  return synthesizedClusters(stacks, resolver, access)
    .filter(({ key }) => keys.includes(key))
    .map((cluster) => ({
      ...cluster,
      objects: objects(`rbac-${cluster.key}`),
      guards: objects(`guards-${cluster.key}`),
      iamSessions: iamSessions(accessEntries(`cluster-${cluster.key}`, stacks, resolver), SESSION),
    }));
}

/** The access entries of a stack. The other resources have values that only AWS can compute. */
function accessEntries(stack: string, stacks: Stacks, resolver: Resolver): ResolvedResources {
  const { resource = {} } = stacks[stack] ?? {};
  const { aws_eks_access_entry = {}, aws_eks_access_policy_association = {} } = resource;
  const entries = { resource: { aws_eks_access_entry, aws_eks_access_policy_association } };
  return Object.hasOwn(stacks, stack) ? resolvedResources(stack, { [stack]: entries }, resolver) : {};
}
