import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { nameList, nearestNames } from '../../constraints/nearest-name';
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
 * Finds the resource that a word refers to, as kubectl does: by name, singular, kind, or short name in any case,
 * optionally with an API group or the start of one (`deployments.apps`, `deployments.v1.apps`, `pods.v1.`), and with a
 * subresource after `/`.
 * @param apiGroup the API group, if it is given separately.
 * @param rules the rules of the file's roles, which name custom resources.
 * @param acceptsUnknown whether a resource that nobody knows is taken for a custom one.
 * @throws AccessError for a word that nobody knows, with the nearest names.
 */
export function requestedResource(
  word: string,
  apiGroup: string | undefined,
  rules: readonly PolicyRule[],
  acceptsUnknown = false,
): RequestedResource {
  const { head, subresource } = splitWord(word);
  const readings = readingsOf(head, apiGroup);
  const [first] = readings as readonly [Reading];
  if (first.name === '*') return named(first.group ?? '', '*', subresource);
  const known = [...KUBERNETES_RESOURCES, ...customResources(rules)];
  for (const reading of readings) {
    const match = known.find(({ words, apiGroup: its }) => words.includes(lower(reading.name)) && isIn(its, reading));
    if (match !== undefined)
      return named(match.apiGroup, match.name, subresource && knownSubresource(match, subresource));
  }
  const { name, group } = first;
  if (acceptsUnknown && group !== undefined && isCustomGroup(group)) {
    // Names are in lowercase; an uppercase letter means a kind, whose plural nobody knows.
    if (name !== '' && name === lower(name)) return named(group, name, subresource);
    throw new AccessError(`'${escaped(name)}' is not the name of a custom resource: the plural, in lowercase.`);
  }
  throw new AccessError(unknownResource(first, known));
}

/** A way to read a word: a resource, and its API group. */
interface Reading {
  /** As it is written. */
  readonly name: string;
  /** Undefined for any group. */
  readonly group?: string;
  /** Whether the start of the group is enough, as for kubectl. */
  readonly isStart?: boolean;
}

const VERSION = /^v\d+((alpha|beta)\d+)?$/i;

function splitWord(word: string): { readonly head: string; readonly subresource?: string } {
  const [, head = word, subresource] = /^([^/]+)\/(.+)$/s.exec(word) ?? [];
  return subresource === undefined ? { head } : { head, subresource };
}

/** How kubectl reads a word: as `resource.version.group`, and then as `resource.group`. */
function readingsOf(head: string, apiGroup: string | undefined): readonly Reading[] {
  const [name = '', ...rest] = head.split('.');
  const [version = '', ...group] = rest;
  const inWord: readonly Reading[] = [
    ...(group.length > 0 && VERSION.test(version) ? [{ name, group: lower(group.join('.')) }] : []),
    ...(rest.length > 0 ? [{ name, group: lower(rest.join('.')), isStart: true }] : []),
  ];
  if (apiGroup === undefined) return inWord.length > 0 ? inWord : [{ name }];
  const given = { name, group: lower(apiGroup) };
  if (inWord.length > 0 && !inWord.some((reading) => isIn(given.group, reading))) {
    throw new AccessError(
      `'${escaped(head)}' names another API group than '${escaped(apiGroup)}'. Give one of the two.`,
    );
  }
  return [given];
}

function isIn(apiGroup: string, { group, isStart = false }: Reading): boolean {
  return group === undefined || apiGroup === group || (isStart && group !== '' && apiGroup.startsWith(group));
}

function lower(text: string): string {
  return text.toLowerCase();
}

/** Why nobody knows a resource, with the nearest names. */
function unknownResource({ name, group }: Reading, known: readonly KnownResource[]): string {
  const shownName = escaped(name);
  if (group === undefined) {
    return `Kubernetes has no resource '${shownName}'.${nearestResources(name, known)} For a custom resource, also give its API group, and --unknown if no role of the file names it.`;
  }
  const inGroup = known.filter(({ apiGroup }) => apiGroup === group);
  if (isCustomGroup(group)) {
    return `No role of the file names '${shownName}' in the API group '${group}'.${nearestResources(name, inGroup)}${didYouMean(nearestNames(group, [...KUBERNETES_API_GROUPS]))} Use the name of a custom resource, the plural in lowercase, and --unknown.`;
  }
  if (!KUBERNETES_API_GROUPS.has(group))
    return unknown(`API group '${escaped(group)}'`, group, [...KUBERNETES_API_GROUPS]);
  const elsewhere = known.filter(({ words }) => words.includes(lower(name)));
  if (elsewhere.length === 0) {
    return `The API group '${group}' has no resource '${shownName}'.${nearestResources(name, inGroup)}`;
  }
  const groups = elsewhere.map(({ apiGroup }) => apiGroup || "the core group ('')");
  return `'${shownName}' is not in the API group '${group}'. It is in ${groups.join(' and in ')}.`;
}

function nearestResources(name: string, known: readonly KnownResource[]): string {
  const near = nearestNames(
    name,
    known.flatMap(({ words }) => words),
  );
  const names = known.filter(({ words }) => words.some((word) => near.includes(word))).map((resource) => resource.name);
  return didYouMean([...new Set(names)]);
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
 * @param acceptsUnknown whether a verb that nobody knows is taken for one of a custom resource.
 * @throws AccessError for an unknown verb, with the nearest one.
 */
export function requestedVerb(word: string, rules: readonly PolicyRule[], acceptsUnknown = false): string {
  if (acceptsUnknown && /^[a-z][a-z0-9:_-]*$/.test(word)) return word;
  const custom = rules.filter(isOfCustomResources).flatMap(({ verbs }) => verbs);
  if (CONSTRAINED.test(word)) return word;
  return knownVerb(word, [...VERBS, ...SPECIAL_VERBS, ...custom]);
}

/** Whether a resource of Kubernetes is cluster-scoped. */
export function isClusterScoped(apiGroup: string, resource: string): boolean {
  return API_RESOURCES.some((known) => known.apiGroup === apiGroup && known.name === resource && !known.isNamespaced);
}

/**
 * Checks the namespace of a request.
 * @throws AccessError for a name that no namespace can have. An empty one would ask about the whole cluster.
 */
export function requestedNamespace(word: string): string {
  if (/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(word)) return word;
  throw new AccessError(
    `'${escaped(word)}' is not the name of a namespace: at most 63 characters from a-z, 0-9, and -. For the whole cluster, omit --namespace.`,
  );
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
  throw new AccessError(unknown(`verb '${escaped(word)}'`, word, verbs));
}

function knownSubresource({ name, subresources }: KnownResource, subresource: string): string {
  if (subresource === '*' || subresources.includes('*') || subresources.includes(subresource)) return subresource;
  const has = subresources.length === 0 ? 'It has none.' : `It has ${nameList(subresources)}.`;
  throw new AccessError(
    `${name} has no subresource '${escaped(subresource)}'.${didYouMean(nearestNames(subresource, subresources))} ${has}`,
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

/** Whether an API group can be one of custom resources, which always has a dot. */
function isCustomGroup(group: string): boolean {
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group) && !KUBERNETES_API_GROUPS.has(group);
}

function named(apiGroup: string, resource: string, subresource: string | undefined): RequestedResource {
  return { apiGroup, resource, ...(subresource !== undefined && { subresource }) };
}

function unknown(what: string, word: string, names: readonly string[]): string {
  const nearest = didYouMean(nearestNames(word, names));
  return `Kubernetes has no ${what}.${nearest} It has ${nameList(names.filter((name) => name !== ''))}.`;
}

function didYouMean(names: readonly string[]): string {
  const quoted = names.map((name) => `'${escaped(name)}'`);
  return quoted.length === 0 ? '' : ` Did you mean ${quoted.join(' or ')}?`;
}
