import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { ApiResource } from '../api-resources';
import { byCodeUnits } from '../by-code-units';
import type { KubernetesData } from '../kubernetes/kubernetes-data';
import type { ClusterRole, ClusterRoleBinding, Labels, Role, RoleBinding, RoleRef, Subject } from '../policy';
import type { PolicyRule } from '../policy-rule';
import type { KubernetesSource } from './kubernetes-source';

/**
 * Where Kubernetes' own tests keep the bootstrap policy that they expect with default feature gates. Files with
 * `featuregates` in their names have all of them enabled, and are not read.
 */
const BOOTSTRAP_POLICY = 'plugin/pkg/auth/authorizer/rbac/bootstrappolicy/testdata';
/** Where Kubernetes keeps the discovery documents of an API server with every API version enabled. */
const DISCOVERY = 'api/discovery';

/** A role or a binding, as in a manifest. */
interface RbacObject {
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Labels };
}

interface RoleObject extends RbacObject {
  readonly rules: readonly PolicyRule[] | null;
  readonly aggregationRule?: ClusterRole['aggregationRule'];
}

interface BindingObject extends RbacObject {
  readonly roleRef: RoleRef;
  readonly subjects?: readonly Subject[];
}

/** The discovery document of one API version, if its kind is `APIResourceList`. */
interface ApiResourceList {
  readonly kind: string;
  readonly groupVersion: string;
  readonly resources: readonly {
    /** Resource, with its subresource after `/`. */
    readonly name: string;
    readonly kind: string;
    readonly namespaced: boolean;
    readonly shortNames?: readonly string[];
    readonly verbs: readonly string[];
  }[];
}

/** Reads the roles, bindings, and resources of a Kubernetes release from its source. */
export function readKubernetes({ release, folder }: KubernetesSource): KubernetesData {
  const roles = (file: string) => objects<RoleObject>(folder, file);
  const bindings = (file: string) => objects<BindingObject>(folder, file);
  return {
    release,
    rbac: {
      clusterRoles: [...roles('cluster-roles.yaml'), ...roles('controller-roles.yaml')].sort(byName).map(clusterRole),
      roles: [...roles('namespace-roles.yaml')].sort(byName).map(role),
      clusterRoleBindings: [...bindings('cluster-role-bindings.yaml'), ...bindings('controller-role-bindings.yaml')]
        .sort(byName)
        .map(clusterRoleBinding),
      roleBindings: [...bindings('namespace-role-bindings.yaml')].sort(byName).map(roleBinding),
    },
    apiResources: apiResources(folder),
  };
}

function objects<Kind extends RbacObject>(folder: string, file: string): readonly Kind[] {
  return (parse(readFileSync(join(folder, BOOTSTRAP_POLICY, file), 'utf8')) as { readonly items: readonly Kind[] })
    .items;
}

function byName({ metadata: a }: RbacObject, { metadata: b }: RbacObject): number {
  return byCodeUnits(a.namespace ?? '', b.namespace ?? '') || byCodeUnits(a.name, b.name);
}

function clusterRole({ metadata: { name, labels }, aggregationRule, rules }: RoleObject): ClusterRole {
  return { name, ...(labels && { labels }), ...(aggregationRule && { aggregationRule }), rules: policyRules(rules) };
}

function role({ metadata: { name, namespace = '' }, rules }: RoleObject): Role {
  return { name, namespace, rules: policyRules(rules) };
}

function policyRules(rules: RoleObject['rules']): readonly PolicyRule[] {
  return (rules ?? []).map(({ apiGroups, resources, resourceNames, nonResourceURLs, verbs }) => ({
    ...(apiGroups && { apiGroups }),
    ...(resources && { resources }),
    ...(resourceNames && { resourceNames }),
    ...(nonResourceURLs && { nonResourceURLs }),
    verbs,
  }));
}

function clusterRoleBinding({ metadata: { name }, roleRef, subjects = [] }: BindingObject): ClusterRoleBinding {
  return { name, role: roleRef.name, subjects: subjects.map(subject) };
}

function roleBinding({ metadata: { name, namespace = '' }, roleRef, subjects = [] }: BindingObject): RoleBinding {
  return { name, namespace, roleRef: { kind: roleRef.kind, name: roleRef.name }, subjects: subjects.map(subject) };
}

function subject({ kind, name, namespace }: Subject): Subject {
  return { kind, name, ...(namespace && { namespace }) };
}

function apiResources(folder: string): readonly ApiResource[] {
  const discovery = join(folder, DISCOVERY);
  // In an order in which v1 follows v1beta1, because the last version of a resource below wins.
  const files = readdirSync(discovery).sort().reverse();
  const lists = files
    .map((file) => JSON.parse(readFileSync(join(discovery, file), 'utf8')) as ApiResourceList)
    .filter(({ kind }) => kind === 'APIResourceList');
  const versions = lists.flatMap(({ groupVersion, resources }) => {
    const [version = '', apiGroup = ''] = groupVersion.split('/').reverse();
    return resources.map((resource) => ({ ...resource, apiGroup, isStable: /^v\d+$/.test(version) }));
  });
  const wholes = versions.filter(({ name }) => !name.includes('/'));
  const distinct = new Map(wholes.map((resource) => [`${resource.apiGroup}/${resource.name}`, resource]));
  return [...distinct.values()]
    .map(({ apiGroup, name, kind, shortNames = [], namespaced, verbs }) => {
      const same = versions.filter((other) => other.apiGroup === apiGroup);
      return {
        apiGroup,
        name,
        kind,
        shortNames,
        isNamespaced: namespaced,
        isServedByDefault: same.some((other) => other.name === name && other.isStable),
        verbs,
        subresources: Object.fromEntries(
          same
            .filter((other) => other.name.startsWith(`${name}/`))
            .map((other): [string, readonly string[]] => [other.name.slice(name.length + 1), other.verbs])
            .sort(([a], [b]) => byCodeUnits(a, b)),
        ),
      };
    })
    .sort((a, b) => byCodeUnits(a.apiGroup, b.apiGroup) || byCodeUnits(a.name, b.name));
}
