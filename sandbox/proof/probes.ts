import { KUBERNETES_NAMESPACES } from '../../constraints/kubernetes/initial-namespaces';
import type { Binding, Cluster } from '../../model';
import { rulesOfRole } from '../../model/derived/rules-of-role';
import { type AccessRequest, type PolicyRule, requestText } from '../../rbac';

/** A question that tells what somebody may do. */
export interface TellingQuestion {
  readonly request: AccessRequest;
  /** The namespace that it is about; null for the whole cluster. */
  readonly namespace: string | null;
  /** A few words for a table; undefined for what is asked to be sure and told only where the answer is wrong. */
  readonly words?: string;
}

/** The questions about a cluster, and how many of its namespaces they leave out. */
export interface TellingQuestions {
  readonly questions: readonly TellingQuestion[];
  readonly namespacesLeftOut: number;
}

/** Each namespace is as many questions as the cluster itself. */
const MOST_NAMESPACES = 6;

/** Namespaces that a wrong grant could reach, the one with the most to lose first. */
const NEIGHBOURS = ['kube-system', ...KUBERNETES_NAMESPACES];

/** What is asked on the whole cluster and in each namespace. */
const ANYWHERE = [
  { words: 'see pods', verb: 'list', resource: 'pods' },
  { words: 'read logs', verb: 'get', resource: 'pods', subresource: 'log' },
  { words: 'exec', verb: 'create', resource: 'pods', subresource: 'exec' },
  { words: 'delete pods', verb: 'delete', resource: 'pods' },
  { words: 'deploy', verb: 'create', apiGroup: 'apps', resource: 'deployments' },
  { words: 'write config', verb: 'update', resource: 'configmaps' },
  { words: 'read secrets', verb: 'get', resource: 'secrets' },
  { words: 'delete secrets', verb: 'delete', resource: 'secrets' },
  { words: 'grant roles', verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'rolebindings' },
] as const;

/** What is in no namespace. */
const CLUSTER_WIDE: readonly TellingQuestion[] = [
  { words: 'see nodes', request: { verb: 'list', apiGroup: '', resource: 'nodes' } },
  { words: 'make namespaces', request: { verb: 'create', apiGroup: '', resource: 'namespaces' } },
  {
    words: 'grant cluster roles',
    request: { verb: 'create', apiGroup: 'rbac.authorization.k8s.io', resource: 'clusterrolebindings' },
  },
  { words: 'impersonate', request: { verb: 'impersonate', apiGroup: '', resource: 'users' } },
  { words: 'read metrics', request: { verb: 'get', path: '/metrics' } },
].map((question) => ({ ...question, namespace: null }));

/** What to ask about a cluster: the same of everyone, and for each role something that it allows with its neighbours. */
export function tellingQuestions({ bindings, kubernetesVersion }: Cluster): TellingQuestions {
  const bound = [...new Set(bindings.flatMap(({ namespace }) => namespace ?? []))];
  const neighbour = NEIGHBOURS.find((name) => !bound.includes(name)) ?? 'nobodys-namespace';
  const namespaces = [...bound.slice(0, MOST_NAMESPACES), neighbour];
  const questions = [
    ...[null, ...namespaces].flatMap(generalQuestions),
    ...CLUSTER_WIDE,
    ...bindings
      .filter(({ namespace }) => namespace === null || namespaces.includes(namespace))
      .flatMap((binding) => roleQuestions(binding, rulesOfRole(binding.role, kubernetesVersion), neighbour)),
  ];
  return {
    questions: eachOnce(questions),
    namespacesLeftOut: bound.length - Math.min(bound.length, MOST_NAMESPACES),
  };
}

function generalQuestions(namespace: string | null): readonly TellingQuestion[] {
  return ANYWHERE.map(({ words, ...asked }) => ({
    words,
    namespace,
    request: { apiGroup: '', ...asked, ...(namespace !== null && { namespace }) },
  }));
}

/** Of questions that ask the same, the first: the one with words. */
function eachOnce(questions: readonly TellingQuestion[]): readonly TellingQuestion[] {
  const first = new Map<string, TellingQuestion>();
  for (const question of questions) {
    const text = requestText(question.request);
    if (!first.has(text)) first.set(text, question);
  }
  return [...first.values()];
}

/** Something that each rule of a role allows, then the same with another verb, another subresource and elsewhere. */
function roleQuestions(
  { namespace }: Binding,
  rules: readonly PolicyRule[],
  neighbour: string,
): readonly TellingQuestion[] {
  const place = namespace === null ? {} : { namespace };
  return rules.flatMap((rule): readonly TellingQuestion[] => {
    const [verb = 'get'] = concrete(rule.verbs, 'patch');
    const [path] = rule.nonResourceURLs ?? [];
    if (path !== undefined) return [{ namespace: null, request: { verb, path: path.replace(/\*$/, 'x') } }];
    const [apiGroup = ''] = concrete(rule.apiGroups, 'batch');
    const [resources = 'jobs'] = concrete(rule.resources, 'jobs');
    const [resource = '', subresource] = resources.split('/');
    const [name] = rule.resourceNames ?? [];
    const allowed = {
      verb,
      apiGroup,
      resource,
      ...(subresource !== undefined && { subresource }),
      ...(name !== undefined && { name }),
    };
    return [
      { namespace, request: { ...allowed, ...place } },
      { namespace, request: { ...allowed, ...place, verb: 'deletecollection' } },
      { namespace, request: { ...allowed, ...place, subresource: 'ephemeralcontainers' } },
      { namespace: neighbour, request: { ...allowed, namespace: neighbour } },
    ];
  });
}

/** A list of a rule with something in place of `*`. */
function concrete(list: readonly string[] = [], instead: string): readonly string[] {
  return list.map((item) => item.replaceAll('*', instead));
}
