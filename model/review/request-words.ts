import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { nameList, nearestName } from '../../constraints/nearest-name';
import { apiResources, builtInRoles, NEWEST_KUBERNETES, type PolicyRule } from '../../rbac';

/** A resource as a request names it. */
export interface RequestedResource {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** A resource that a question can be about. */
interface KnownResource {
  readonly apiGroup: string;
  readonly name: string;
  /** All words for it, in lowercase. */
  readonly words: readonly string[];
  readonly subresources: readonly string[];
}

/** `deploy`, `deployments/scale`, `deployments.apps` or `deployments.v1.apps/scale`. */
const RESOURCE = /^([^./]+)(?:\.(?:v\d+(?:(?:alpha|beta)\d+)?\.)?([^/]+))?(?:\/(.+))?$/s;

/** Paths of a kubelet that are subresources of nodes. @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/ */
const KUBELET = ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'spec', 'stats'];

/** Resources that exist only in RBAC rules: whom a user can impersonate, and for which signers they can sign. */
const VIRTUAL: readonly KnownResource[] = [
  { apiGroup: '', name: 'users', words: ['users', 'user'], subresources: [] },
  { apiGroup: '', name: 'groups', words: ['groups', 'group'], subresources: [] },
  { apiGroup: 'authentication.k8s.io', name: 'uids', words: ['uids', 'uid'], subresources: [] },
  { apiGroup: 'authentication.k8s.io', name: 'userextras', words: ['userextras', 'userextra'], subresources: ['*'] },
  { apiGroup: 'certificates.k8s.io', name: 'signers', words: ['signers', 'signer'], subresources: [] },
];

const API_RESOURCES = apiResources(NEWEST_KUBERNETES);
const BUILT_IN_RULES = builtInRoles(NEWEST_KUBERNETES).clusterRoles.flatMap(({ rules }) => rules);

const KUBERNETES_RESOURCES: readonly KnownResource[] = [
  ...API_RESOURCES.map(({ apiGroup, name, kind, shortNames, subresources }) => ({
    apiGroup,
    name,
    words: [name, kind.toLowerCase(), ...shortNames],
    subresources: distinct([
      ...Object.keys(subresources),
      ...(apiGroup === '' && name === 'nodes' ? KUBELET : []),
      // Built-in roles also name subresources that no server serves, such as finalizers.
      ...namedIn(BUILT_IN_RULES, apiGroup, name),
    ]),
  })),
  ...VIRTUAL,
];
const KUBERNETES_API_GROUPS: ReadonlySet<string> = new Set(KUBERNETES_RESOURCES.map(({ apiGroup }) => apiGroup));

/**
 * Finds the resource that a word refers to, as kubectl does: by name, singular, kind, or short name, optionally with an
 * API group after a dot and a subresource after `/`. A custom resource that no rule names needs its API group.
 * @param apiGroup the API group, if it is given separately.
 * @param rules the rules of the file's roles.
 * @throws AccessError for a word that Kubernetes does not know, with the nearest name.
 */
export function requestedResource(
  word: string,
  apiGroup: string | undefined,
  rules: readonly PolicyRule[],
): RequestedResource {
  const [, head = word, groupInWord, subresource] = RESOURCE.exec(word) ?? [];
  const group = apiGroup ?? groupInWord;
  if (head === '*') return named(group ?? '', head, subresource);
  const known = [...KUBERNETES_RESOURCES, ...customResources(rules)];
  const found = known.filter(({ words }) => words.includes(head.toLowerCase()));
  const [match] = found.filter((candidate) => group === undefined || candidate.apiGroup === group);
  if (match !== undefined) {
    return named(match.apiGroup, match.name, subresource && knownSubresource(match, subresource));
  }
  if (group !== undefined && isCustomGroup(group, found)) {
    const names = known.filter(({ apiGroup: its }) => its === group).map(({ name }) => name);
    const nearest = nearestName(head, names);
    // A near name may be meant, and an uppercase letter means a kind: names are in lowercase.
    if (nearest === undefined && head === head.toLowerCase()) return named(group, head, subresource);
    throw new AccessError(
      `The file has no resource '${escaped(head)}' in the API group '${group}'.${didYouMean(nearest)} Use the name of a custom resource: the plural, in lowercase.`,
    );
  }
  if (group !== undefined && !KUBERNETES_API_GROUPS.has(group))
    throw unknown(`API group '${escaped(group)}'`, group, [...KUBERNETES_API_GROUPS]);
  if (group !== undefined && found.length > 0) {
    const groups = found.map((candidate) => candidate.apiGroup || "the core group ('')");
    throw new AccessError(
      `'${escaped(head)}' is not in the API group '${group}'. It is in ${groups.join(' and in ')}.`,
    );
  }
  const inGroup = known.filter((candidate) => group === undefined || candidate.apiGroup === group);
  const nearest = nearestName(
    head,
    inGroup.flatMap(({ words }) => words),
  );
  if (group !== undefined) {
    const meant = inGroup.find(({ words }) => nearest !== undefined && words.includes(nearest))?.name;
    throw new AccessError(`The API group '${group}' has no resource '${escaped(head)}'.${didYouMean(meant)}`);
  }
  const meant = known.find(({ words }) => nearest !== undefined && words.includes(nearest))?.name;
  throw new AccessError(
    `Kubernetes has no resource '${escaped(head)}'.${didYouMean(meant)} For a custom resource, also give its API group.`,
  );
}

/** The verbs of requests for resources. @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs of Kubernetes that are not requests. */
const SPECIAL_VERBS = ['impersonate', 'bind', 'escalate', 'approve', 'sign', 'attest', 'use'];
/** Constrained impersonation, such as `impersonate-on:user-info:list`. */
const CONSTRAINED = /^impersonate(-on)?:./;
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

/**
 * Checks the verb of a request for a resource: Kubernetes or the rules must know it.
 * @throws AccessError for an unknown verb, with the nearest one.
 */
export function requestedVerb(word: string, rules: readonly PolicyRule[]): string {
  const custom = rules.filter(isOfCustomResources).flatMap(({ verbs }) => verbs);
  if (CONSTRAINED.test(word)) return word;
  return knownVerb(word, [...VERBS, ...SPECIAL_VERBS, ...custom]);
}

/** Whether a resource of Kubernetes is cluster-scoped. */
export function isClusterScoped(apiGroup: string, resource: string): boolean {
  return API_RESOURCES.some((known) => known.apiGroup === apiGroup && known.name === resource && !known.isNamespaced);
}

/**
 * Checks the path of a request for a URL.
 * @throws AccessError if it does not start with `/`.
 */
export function requestedPath(path: string): string {
  if (path.startsWith('/')) return path;
  throw new AccessError(`'${escaped(path)}' is not a path of the API server. A path starts with /, such as /healthz.`);
}

/**
 * Checks the verb of a request for a URL: an HTTP method in lowercase.
 * @throws AccessError for an unknown verb, with the nearest one.
 */
export function requestedMethod(word: string): string {
  return knownVerb(word, METHODS);
}

function knownVerb(word: string, verbs: readonly string[]): string {
  if (word === '*' || verbs.includes(word)) return word;
  throw unknown(`verb '${escaped(word)}'`, word, verbs);
}

function knownSubresource({ name, subresources }: KnownResource, subresource: string): string {
  if (subresource === '*' || subresources.includes('*') || subresources.includes(subresource)) return subresource;
  const has = subresources.length === 0 ? 'It has none.' : `It has ${nameList(subresources)}.`;
  throw new AccessError(
    `${name} has no subresource '${escaped(subresource)}'.${didYouMean(nearestName(subresource, subresources))} ${has}`,
  );
}

/** The distinct custom resources of the rules, with the subresources that custom resources can have. */
function customResources(rules: readonly PolicyRule[]): readonly KnownResource[] {
  const all = [...BUILT_IN_RULES, ...rules];
  const custom = all.flatMap(({ apiGroups = [], resources = [] }) =>
    apiGroups.filter(isOutsideKubernetes).flatMap((apiGroup) =>
      resources
        .map((resource) => resource.split('/')[0] as string)
        .filter((name) => name !== '*')
        .map((name) => [`${name}.${apiGroup}`, { apiGroup, name }] as const),
    ),
  );
  return [...new Map(custom).values()].map(({ apiGroup, name }) => ({
    apiGroup,
    name,
    words: [name],
    subresources: distinct(['scale', 'status', ...namedIn(all, apiGroup, name)]),
  }));
}

/** The subresources of a resource that rules name. */
function namedIn(rules: readonly PolicyRule[], apiGroup: string, name: string): readonly string[] {
  return rules
    .filter(({ apiGroups = [] }) => apiGroups.includes(apiGroup))
    .flatMap(({ resources = [] }) => resources)
    .filter((resource) => resource.startsWith(`${name}/`))
    .map((resource) => resource.slice(name.length + 1));
}

function distinct(names: readonly string[]): readonly string[] {
  return [...new Set(names)].sort();
}

function isOutsideKubernetes(apiGroup: string): boolean {
  return apiGroup !== '*' && !KUBERNETES_API_GROUPS.has(apiGroup);
}

function isOfCustomResources({ apiGroups = [] }: PolicyRule): boolean {
  return apiGroups.some(isOutsideKubernetes);
}

/**
 * Whether an API group can be one of custom resources, which always has a dot. It cannot if it resembles one of
 * Kubernetes, and the resource is one of Kubernetes too.
 */
function isCustomGroup(group: string, found: readonly KnownResource[]): boolean {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group) || KUBERNETES_API_GROUPS.has(group)) return false;
  return found.length === 0 || nearestName(group, [...KUBERNETES_API_GROUPS]) === undefined;
}

function named(apiGroup: string, resource: string, subresource: string | undefined): RequestedResource {
  return { apiGroup, resource, ...(subresource !== undefined && { subresource }) };
}

function unknown(what: string, word: string, names: readonly string[]): AccessError {
  const nearest = didYouMean(nearestName(word, names));
  return new AccessError(
    `Kubernetes has no ${what}.${nearest} It has ${nameList(names.filter((name) => name !== ''))}.`,
  );
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean '${escaped(name)}'?`;
}
