/** A rule of a Kubernetes role: it allows verbs on resources or on non-resource URLs. */
export interface PolicyRule {
  readonly verbs: readonly string[];
  /** API groups of the resources; `''` is the core group. */
  readonly apiGroups?: readonly string[];
  /** Resources, with their subresource after `/`. */
  readonly resources?: readonly string[];
  /** Names of the objects that the rule is limited to. @default - every object */
  readonly resourceNames?: readonly string[];
  /** Non-resource URLs; a trailing `*` matches any ending. */
  readonly nonResourceURLs?: readonly string[];
}

/** A rule in words, on one line, such as `get, list pods, pods/log in apps named "x"` or `get /healthz`. */
export function ruleText({
  verbs,
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
}: PolicyRule): string {
  const urls = nonResourceURLs.length === 0 ? [] : [listed(nonResourceURLs, 'all URLs')];
  const names = resourceNames.length === 0 ? '' : ` named ${resourceNames.map((name) => `"${name}"`).join(', ')}`;
  const things =
    resources.length === 0 ? [] : [`${listed(resources, 'all resources')}${groupsText(apiGroups)}${names}`];
  return `${listed(verbs, 'any verb on')} ${[...things, ...urls].join(' and ')}`;
}

function groupsText(apiGroups: readonly string[]): string {
  if (apiGroups.length === 1 && apiGroups[0] === '') return '';
  const names = apiGroups.map((group) => group || 'the core group');
  return ` in ${listed(names, 'all API groups')}`;
}

function listed(names: readonly string[], all: string): string {
  return names.includes('*') ? all : names.join(', ');
}
