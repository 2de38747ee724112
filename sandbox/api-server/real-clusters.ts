import type { Access } from '../../model';
import type { Stacks } from '../synthesized/read-stacks';
import type { Resolver } from '../synthesized/resolve';
import { iamSessions } from './iam-access';
import { type KubernetesObject, kubernetesObjects } from './kubernetes-objects';
import type { ResolvedResources } from './rbac-policy';
import type { RealCluster } from './real';
import { resolvedResources, synthesizedClusters } from './synthesized-clusters';

/** Name of each session of IAM in a run. */
const SESSION = 'sandbox';

/**
 * Some of the clusters of a synthesis, with all that the stacks make in them.
 * @param resolver knows what Okta computes.
 * @param access says how self-managed clusters know people, which no stack does.
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

/** What decides who gets in by IAM; the rest of the stack is known to AWS alone. */
function accessEntries(stack: string, stacks: Stacks, resolver: Resolver): ResolvedResources {
  const { resource = {} } = stacks[stack] ?? {};
  const { aws_eks_access_entry = {}, aws_eks_access_policy_association = {} } = resource;
  const entries = { resource: { aws_eks_access_entry, aws_eks_access_policy_association } };
  return Object.hasOwn(stacks, stack) ? resolvedResources(stack, { [stack]: entries }, resolver) : {};
}
