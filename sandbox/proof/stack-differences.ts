import { loginKey } from '../../constraints/okta/login';
import type { Access, Cluster } from '../../model';
import { clusterPolicy } from '../../model/derived/cluster-policy';
import type { ProofDifference } from '../../model/review/access-proof';
import { builtInRoles, type PolicyRule, type RbacPolicy } from '../../rbac';
import { resolvedResources, type SynthesizedCluster } from '../api-server/synthesized-clusters';
import type { Organization } from '../okta/organization';
import type { Stacks } from '../synthesized/read-stacks';
import type { Resolver } from '../synthesized/resolve';

/** What the stacks made. */
export interface StackContents {
  readonly stacks: Stacks;
  readonly resolver: Resolver;
  /** Filled from the stacks, without demo users. */
  readonly organization: Organization;
  readonly clusters: readonly SynthesizedCluster[];
}

/** A part of the access in words, with the key of its cluster; null for a part in Okta. */
type Part = readonly [cluster: string | null, words: string];

const CLUSTER_STACK = /^(?:cluster|rbac|guards)-(.*)$/s;

/**
 * Groups, members, rules, apps, clusters, namespaces, roles, and grants that the file has and the stacks do not have, and
 * the reverse. A proof signs in as some people and asks some questions: what nobody asks for shows only here.
 */
export function stackDifferences(access: Access, contents: StackContents): readonly ProofDifference[] {
  const declared = [...declaredInOkta(access), ...Object.values(access.clusters).flatMap(declaredIn(access))];
  const given = [...givenInOkta(contents.organization), ...givenClusters(access, contents)];
  return [
    ...without(declared, given).map(differenceOf('in the stacks', 'missing in the stacks')),
    ...without(given, declared).map(differenceOf('not in the stacks', 'in the stacks')),
  ];
}

function without(parts: readonly Part[], others: readonly Part[]): readonly Part[] {
  const known = new Set(others.map((part) => JSON.stringify(part)));
  const missing = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...missing].flatMap(([identity, part]) => (known.has(identity) ? [] : [part]));
}

function differenceOf(expected: string, given: string): (part: Part) => ProofDifference {
  return ([cluster, question]) => ({ login: null, cluster, question, expected, given });
}

const EVERYONE = 'Everyone';

function declaredInOkta({ groups, apps, signIn }: Access): readonly Part[] {
  return [
    ...Object.entries(groups).flatMap(([name, { logins = [], rule }]) =>
      groupParts(name, { logins, rules: rule === undefined ? [] : [rule] }),
    ),
    ...apps.flatMap(({ name, groups: granted }) =>
      appParts(name, signIn.assignment === 'everyone' ? [EVERYONE] : granted),
    ),
  ];
}

function givenInOkta(organization: Organization): readonly Part[] {
  const rules = organization.activeRules();
  return [
    ...organization.allGroups().flatMap(({ id, name }) =>
      groupParts(name, {
        logins: organization.directMembersOf(id).map(({ login }) => login),
        rules: rules.filter(({ groupIds }) => groupIds.includes(id)).map(({ expression }) => expression),
      }),
    ),
    ...organization.allApps().flatMap(({ id, label }) =>
      appParts(
        label,
        organization.assignmentsOf(id).map(({ name }) => name),
      ),
    ),
  ];
}

function groupParts(
  name: string,
  { logins, rules }: { readonly logins: readonly string[]; readonly rules: readonly string[] },
): readonly Part[] {
  return [
    // Okta always has the group Everyone.
    ...(name === EVERYONE ? [] : [[null, `the group '${name}'`] as const]),
    ...logins.map((login): Part => [null, `the user '${loginKey(login)}' in the group '${name}'`]),
    ...rules.map((rule): Part => [null, `the rule '${rule}' of the group '${name}'`]),
  ];
}

function appParts(name: string, groups: readonly string[]): readonly Part[] {
  return [
    [null, `the app '${name}'`],
    ...groups.map((group): Part => [null, `the group '${group}' at the app '${name}'`]),
  ];
}

function declaredIn(access: Access): (cluster: Cluster) => readonly Part[] {
  return (cluster) =>
    clusterParts(cluster.key, cluster, {
      policy: clusterPolicy(access, cluster),
      namespaces: cluster.namespaces.filter(
        (name) => Object.hasOwn(access.namespaces, name) && access.namespaces[name]?.create,
      ),
    });
}

function givenClusters(access: Access, { stacks, resolver, clusters }: StackContents): readonly Part[] {
  const foreign = Object.entries(stacks).flatMap(([name, { resource = {} }]): readonly Part[] => {
    const [, key = ''] = CLUSTER_STACK.exec(name) ?? [];
    // The stacks of an absent cluster are there without resources.
    const isEmpty = Object.values(resource).every((ofType) => Object.keys(ofType).length === 0);
    return key === '' || Object.hasOwn(access.clusters, key) || isEmpty ? [] : [clusterPart(key)];
  });
  return [
    ...foreign,
    ...clusters.flatMap(({ key, policy }) => {
      const { kubernetes_namespace_v1 = {} } = resolvedResources(`rbac-${key}`, stacks, resolver);
      const namespaces = Object.values(kubernetes_namespace_v1) as { metadata: { name: string } }[];
      return clusterParts(key, access.clusters[key] as Cluster, {
        policy,
        namespaces: namespaces.map(({ metadata }) => metadata.name),
      });
    }),
  ];
}

function clusterPart(key: string): Part {
  return [key, 'the cluster'];
}

function clusterParts(
  key: string,
  { kubernetesVersion }: Pick<Cluster, 'kubernetesVersion'>,
  { policy, namespaces }: { readonly policy: RbacPolicy; readonly namespaces: readonly string[] },
): readonly Part[] {
  const builtIn = new Set(policyParts(builtInRoles(kubernetesVersion)));
  return [
    clusterPart(key),
    ...namespaces.map((name): Part => [key, `the namespace '${name}'`]),
    ...policyParts(policy)
      .filter((words) => !builtIn.has(words))
      .map((words): Part => [key, words]),
  ];
}

function policyParts({ clusterRoles, roles, clusterRoleBindings, roleBindings }: RbacPolicy): readonly string[] {
  return [
    ...clusterRoles.map(({ name, rules }) => `the role '${name}' with the rules ${rulesText(rules)}`),
    ...roles.map(
      ({ name, namespace, rules }) =>
        `the role '${name}' in the namespace '${namespace}' with the rules ${rulesText(rules)}`,
    ),
    ...clusterRoleBindings.flatMap(({ role, subjects }) =>
      subjects.map(({ name }) => `the role '${role}' for '${name}' on the whole cluster`),
    ),
    ...roleBindings.flatMap(({ namespace, roleRef, subjects }) =>
      subjects.map(({ name }) => `the role '${roleRef.name}' for '${name}' in the namespace '${namespace}'`),
    ),
  ];
}

/** Rules in one order, without empty lists. */
function rulesText(rules: readonly PolicyRule[]): string {
  const texts = rules.map((rule) =>
    Object.entries(rule)
      .filter(([, list]) => list.length > 0)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([name, list]) =>
          `${name}: ${[...list]
            .sort()
            .map((item) => `'${item}'`)
            .join(', ')}`,
      )
      .join('; '),
  );
  return texts.sort().join(' | ') || 'none';
}
