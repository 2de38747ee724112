import { AccessError } from '../../constraints/access-error';
import { escaped } from '../../constraints/finding';
import { nameList, nearestName } from '../../constraints/nearest-name';
import { apiResources, builtInRoles, NEWEST_KUBERNETES, type PolicyRule } from '../../rbac';

/** What a question is about, as a request names it. */
export interface RequestedResource {
  readonly apiGroup: string;
  readonly resource: string;
  readonly subresource?: string;
}

/** A resource that can be asked for. */
interface Known {
  readonly apiGroup: string;
  readonly name: string;
  /** All words for it, in small letters. */
  readonly words: readonly string[];
  readonly subresources: readonly string[];
}

/** `deploy`, `deployments/scale`, `deployments.apps` or `deployments.v1.apps/scale`. */
const RESOURCE = /^([^./]+)(?:\.(?:v\d+(?:(?:alpha|beta)\d+)?\.)?([^/]+))?(?:\/(.+))?$/s;

/** Paths of a kubelet that are subresources of nodes. @see https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/ */
const KUBELET = ['checkpoint', 'configz', 'healthz', 'log', 'metrics', 'pods', 'spec', 'stats'];

/** What RBAC knows and no server serves: whom one can impersonate, and whose certificates one can sign. */
const VIRTUAL: readonly Known[] = [
  { apiGroup: '', name: 'users', words: ['users', 'user'], subresources: [] },
  { apiGroup: '', name: 'groups', words: ['groups', 'group'], subresources: [] },
  { apiGroup: 'authentication.k8s.io', name: 'uids', words: ['uids', 'uid'], subresources: [] },
  { apiGroup: 'authentication.k8s.io', name: 'userextras', words: ['userextras', 'userextra'], subresources: ['*'] },
  { apiGroup: 'certificates.k8s.io', name: 'signers', words: ['signers', 'signer'], subresources: [] },
];

const API_RESOURCES = apiResources(NEWEST_KUBERNETES);
const BUILT_IN_RULES = builtInRoles(NEWEST_KUBERNETES).clusterRoles.flatMap(({ rules }) => rules);

const OWN: readonly Known[] = [
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
const OWN_GROUPS: ReadonlySet<string> = new Set(OWN.map(({ apiGroup }) => apiGroup));

/**
 * The resource that a word stands for, as kubectl takes it: its name, singular, kind or short name, with its API group
 * after a dot and its subresource after `/`. Custom resources are those of the rules; with their API group, all others too.
 * @param apiGroup from an option of its own.
 * @param rules of the roles of a file.
 * @throws AccessError for what Kubernetes does not know, with the name that was most likely meant.
 */
export function requestedResource(
  word: string,
  apiGroup: string | undefined,
  rules: readonly PolicyRule[],
): RequestedResource {
  const [, head = word, groupInWord, subresource] = RESOURCE.exec(word) ?? [];
  const group = apiGroup ?? groupInWord;
  if (head === '*') return named(group ?? '', head, subresource);
  const known = [...OWN, ...customResources(rules)];
  const found = known.filter(({ words }) => words.includes(head.toLowerCase()));
  const [match] = found.filter((candidate) => group === undefined || candidate.apiGroup === group);
  if (match !== undefined) {
    return named(match.apiGroup, match.name, subresource && knownSubresource(match, subresource));
  }
  if (group !== undefined && isCustomGroup(group, found)) {
    const names = known.filter(({ apiGroup: its }) => its === group).map(({ name }) => name);
    const nearest = nearestName(head, names);
    // Its kind, its singular or a typo; a resource's own name is in small letters.
    if (nearest === undefined && head === head.toLowerCase()) return named(group, head, subresource);
    throw new AccessError(
      `The file knows no resource '${escaped(head)}' of the API group '${group}'.${didYouMean(nearest)} A custom resource is asked for by its name, which is a plural in small letters.`,
    );
  }
  if (group !== undefined && !OWN_GROUPS.has(group))
    throw unknown(`API group '${escaped(group)}'`, group, [...OWN_GROUPS]);
  if (group !== undefined && found.length > 0) {
    const groups = found.map((candidate) => candidate.apiGroup || "the core group, ''");
    throw new AccessError(
      `${escaped(head)} is no resource of the API group '${group}'. It is one of ${groups.join(' and of ')}.`,
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
    `Kubernetes has no resource '${escaped(head)}'.${didYouMean(meant)} A custom resource is asked for with its API group.`,
  );
}

/** The verbs of requests for resources. @see https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
const VERBS = ['get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];
/** Verbs of Kubernetes' own that are no requests. */
const SPECIAL_VERBS = ['impersonate', 'bind', 'escalate', 'approve', 'sign', 'attest', 'use'];
/** Constrained impersonation, such as `impersonate-on:user-info:list`. */
const CONSTRAINED = /^impersonate(-on)?:./;
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];

/**
 * A verb of requests for resources, where Kubernetes or the rules know it.
 * @throws AccessError for another word, with the verb that was most likely meant.
 */
export function requestedVerb(word: string, rules: readonly PolicyRule[]): string {
  const custom = rules.filter(isOfCustomResources).flatMap(({ verbs }) => verbs);
  if (CONSTRAINED.test(word)) return word;
  return knownVerb(word, [...VERBS, ...SPECIAL_VERBS, ...custom]);
}

/** Whether a resource of Kubernetes is in no namespace. */
export function isClusterScoped(apiGroup: string, resource: string): boolean {
  return API_RESOURCES.some((known) => known.apiGroup === apiGroup && known.name === resource && !known.isNamespaced);
}

/**
 * The path of a request for a URL.
 * @throws AccessError where it does not start with `/`.
 */
export function requestedPath(path: string): string {
  if (path.startsWith('/')) return path;
  throw new AccessError(`'${escaped(path)}' is no path of the API server. It starts with /, as in /healthz.`);
}

/**
 * A verb of requests for URLs, an HTTP method in small letters.
 * @throws AccessError for another word, with the verb that was most likely meant.
 */
export function requestedMethod(word: string): string {
  return knownVerb(word, METHODS);
}

function knownVerb(word: string, verbs: readonly string[]): string {
  if (word === '*' || verbs.includes(word)) return word;
  throw unknown(`verb '${escaped(word)}'`, word, verbs);
}

function knownSubresource({ name, subresources }: Known, subresource: string): string {
  if (subresource === '*' || subresources.includes('*') || subresources.includes(subresource)) return subresource;
  const has = subresources.length === 0 ? 'It has none.' : `It has ${nameList(subresources)}.`;
  throw new AccessError(
    `${name} has no subresource '${escaped(subresource)}'.${didYouMean(nearestName(subresource, subresources))} ${has}`,
  );
}

/** The resources of the rules that are not Kubernetes' own, each once, with what servers have of custom ones. */
function customResources(rules: readonly PolicyRule[]): readonly Known[] {
  const all = [...BUILT_IN_RULES, ...rules];
  const custom = all.flatMap(({ apiGroups = [], resources = [] }) =>
    apiGroups.filter(isForeign).flatMap((apiGroup) =>
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

function isForeign(apiGroup: string): boolean {
  return apiGroup !== '*' && !OWN_GROUPS.has(apiGroup);
}

function isOfCustomResources({ apiGroups = [] }: PolicyRule): boolean {
  return apiGroups.some(isForeign);
}

/**
 * Whether a group can be one of custom resources, which always has a dot; not where it is nearly one of Kubernetes' own
 * and the resource is Kubernetes' own too.
 */
function isCustomGroup(group: string, found: readonly Known[]): boolean {
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(group) || OWN_GROUPS.has(group)) return false;
  return found.length === 0 || nearestName(group, [...OWN_GROUPS]) === undefined;
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
