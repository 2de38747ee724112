import {
  type AuthenticationConfig,
  authenticationOfEks,
  type EksIdentityProvider,
} from '../../authentication/authentication-config';
import { AccessError } from '../../constraints/access-error';
import { type Access, clientIdOutput } from '../../model';
import { isEks } from '../../model/derived/cluster-kinds';
import type { RbacPolicy } from '../../rbac';
import { clusterAuthentication } from '../../sign-in/cluster-authentication';
import type { Stacks } from '../synthesized/read-stacks';
import type { Resolver } from '../synthesized/resolve';
import { type ResolvedResources, rbacPolicy } from './rbac-policy';

/** A cluster according to the synthesized stacks. */
export interface SynthesizedCluster {
  /** Key in the access file. */
  readonly key: string;
  readonly authentication: AuthenticationConfig;
  readonly policy: RbacPolicy;
}

/**
 * The clusters of the access file for which there are stacks, with authentication and RBAC from these stacks.
 * @param resolver resolves values that Okta computes.
 * @param access has the identity provider of self-managed clusters, which no stack contains.
 */
export function synthesizedClusters(stacks: Stacks, resolver: Resolver, access: Access): readonly SynthesizedCluster[] {
  return Object.values(access.clusters).flatMap((declared) => {
    const { key } = declared;
    const [clusterStack, rbacStack] = [`cluster-${key}`, `rbac-${key}`];
    const needed = isEks(declared) ? [clusterStack, rbacStack] : [rbacStack];
    if (!needed.every((name) => Object.hasOwn(stacks, name))) return [];
    const version = versionOfEks(clusterStack, stacks, resolver) ?? declared.kubernetesVersion;
    return [
      {
        key,
        authentication: isEks(declared)
          ? eksAuthentication(clusterStack, resolver)
          : // Its owner sets the flags of its API server.
            clusterAuthentication(access, declared, {
              issuerUrl: String(resolver.output('okta', 'issuer_url')),
              clientId: String(resolver.output('okta', clientIdOutput(declared.app))),
            }),
        policy: rbacPolicy(resolvedResources(rbacStack, stacks, resolver), version),
      },
    ];
  });
}

/** The resources of a stack with resolved references. */
export function resolvedResources(stack: string, stacks: Stacks, resolver: Resolver): ResolvedResources {
  return Object.fromEntries(
    Object.keys(stacks[stack]?.resource ?? {}).map((type) => [
      type,
      Object.fromEntries(resolver.instances(stack, type).map(({ address, args }) => [address, args])),
    ]),
  );
}

function eksAuthentication(stack: string, resolver: Resolver): AuthenticationConfig {
  const [association, ...others] = resolver.instances(stack, 'aws_eks_identity_provider_config');
  if (association === undefined || others.length > 0) {
    throw new AccessError(
      `The stack ${stack} must have exactly one aws_eks_identity_provider_config, because EKS allows one.`,
    );
  }
  return authenticationOfEks(association.args.oidc as EksIdentityProvider);
}

/** The version that the stack sets; undefined if it leaves the version to EKS or does not create the cluster. */
function versionOfEks(stack: string, stacks: Stacks, resolver: Resolver): string | undefined {
  const [cluster] = Object.values(stacks[stack]?.resource?.aws_eks_cluster ?? {});
  if (cluster?.version === undefined) return undefined;
  return String(resolver.value(cluster.version, stack, 'aws_eks_cluster.version'));
}
