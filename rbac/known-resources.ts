import { apiResources } from './api-resources';
import { builtInRoles } from './built-in-roles';
import { KUBERNETES_VERSIONS } from './kubernetes/versions';
import type { PolicyRule } from './policy-rule';

/** The verbs that work on each resource, with its subresource after `/`, by API group. */
export type KnownResources = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;

/** The verbs of requests for objects. Other verbs are checked for what a request does, such as `bind`. */
export const REQUEST_VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

const KUBELET = ['get', 'create', 'update', 'patch', 'delete'];

/**
 * What Kubernetes checks permissions for, and does not list among its resources: what the kubelet serves, whom somebody
 * can impersonate, and verbs for a part of a request.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
 * @see https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/
 * @see https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping
 */
const VIRTUAL: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  '': {
    ...Object.fromEntries(
      ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'spec', 'stats'].map((name) => [
        `nodes/${name}`,
        KUBELET,
      ]),
    ),
    groups: ['impersonate'],
    serviceaccounts: ['impersonate'],
    users: ['impersonate'],
  },
  'authentication.k8s.io': {
    groups: ['impersonate'],
    nodes: [],
    serviceaccounts: [],
    uids: ['impersonate'],
    userextras: ['impersonate'],
    users: ['impersonate'],
  },
  'certificates.k8s.io': { signers: ['approve', 'attest', 'sign'] },
  'rbac.authorization.k8s.io': { clusterroles: ['bind', 'escalate'], roles: ['bind', 'escalate'] },
};

/** The resources of Kubernetes' own API groups that versions such as `1.34` know, each if one of them knows it. */
export function knownResources(versions: readonly string[]): KnownResources {
  const [version, ...more] = versions;
  if (version !== undefined && more.length === 0) {
    const known = ofVersion.get(version) ?? resourcesOf(version);
    ofVersion.set(version, known);
    return known;
  }
  return merged(versions.map((each) => knownResources([each])));
}

const ofVersion = new Map<string, KnownResources>();

/** The resources of Kubernetes' own API groups that any supported version knows. */
export function anyKnownResources(): KnownResources {
  ofAnyVersion ??= knownResources(Object.keys(KUBERNETES_VERSIONS));
  return ofAnyVersion;
}

let ofAnyVersion: KnownResources | undefined;

/** Whether a role that Kubernetes creates has the same rule. */
export function isBuiltInRule(rule: PolicyRule): boolean {
  builtInRules ??= new Set(Object.keys(KUBERNETES_VERSIONS).flatMap(rulesOfBuiltIns).map(identity));
  return builtInRules.has(identity(rule));
}

let builtInRules: ReadonlySet<string> | undefined;

function identity({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs }: PolicyRule) {
  return JSON.stringify([apiGroups, resources, resourceNames, nonResourceURLs, verbs].map((list) => [...list].sort()));
}

function rulesOfBuiltIns(version: string): readonly PolicyRule[] {
  const { clusterRoles, roles } = builtInRoles(version);
  return [...clusterRoles, ...roles].flatMap(({ rules }) => rules);
}

function resourcesOf(version: string): KnownResources {
  const known = new Map<string, Map<string, Set<string>>>();
  const add = (apiGroup: string, name: string, verbs: readonly string[]) => {
    const group = known.get(apiGroup) ?? new Map<string, Set<string>>();
    known.set(apiGroup, group.set(name, new Set([...(group.get(name) ?? []), ...verbs])));
  };
  for (const { apiGroup, name, verbs, subresources } of apiResources(version)) {
    if (apiGroup === 'metrics.k8s.io') continue;
    add(apiGroup, name, verbs);
    for (const [subresource, own] of Object.entries(subresources)) add(apiGroup, `${name}/${subresource}`, own);
    // Whoever sets an owner that blocks its deletion needs it. https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#ownerreferencespermissionenforcement
    add(apiGroup, `${name}/finalizers`, ['update']);
  }
  for (const [apiGroup, resources] of Object.entries(VIRTUAL)) {
    for (const [name, verbs] of Object.entries(resources)) add(apiGroup, name, verbs);
  }
  // Kubernetes' own roles name what only the authorizer of the API server knows, such as endpoints/restricted.
  for (const { apiGroups = [], resources = [], verbs } of rulesOfBuiltIns(version)) {
    for (const apiGroup of apiGroups.filter((group) => known.has(group))) {
      for (const name of resources.filter((resource) => !resource.includes('*'))) {
        const isNew = known.get(apiGroup)?.has(name) !== true;
        add(apiGroup, name, isNew ? verbs : verbs.filter((verb) => !REQUEST_VERBS.includes(verb)));
      }
    }
  }
  return known;
}

function merged(all: readonly KnownResources[]): KnownResources {
  const result = new Map<string, Map<string, Set<string>>>();
  for (const [apiGroup, resources] of all.flatMap((known) => [...known])) {
    const group = result.get(apiGroup) ?? new Map<string, Set<string>>();
    for (const [name, verbs] of resources) group.set(name, new Set([...(group.get(name) ?? []), ...verbs]));
    result.set(apiGroup, group);
  }
  return result;
}
