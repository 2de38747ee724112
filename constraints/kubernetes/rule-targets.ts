import {
  type ApiResource,
  anyKnownResources,
  apiResources,
  isBuiltInRule,
  type KnownResources,
  NEWEST_KUBERNETES,
  REQUEST_VERBS,
} from '../../rbac';
import type { PolicyRule } from '../../rbac/policy-rule';
import { type Finding, shown } from '../finding';
import { nameList, nearestName } from '../nearest-name';

/** A finding about one text of a rule. */
export interface TargetFinding {
  /** The list of the rule and the index in it. */
  readonly place: readonly [keyof PolicyRule, number];
  /** `error`: the text matches nothing. `warning`: it may, but Kubernetes itself has no such thing. */
  readonly severity: 'error' | 'warning';
  readonly finding: Finding;
}

/** A rule for resources, as far as it is well formed. */
interface Target {
  /** The API groups that can exist. */
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  /** Whether an API group may have resources that Kubernetes does not know: `*`, or one of custom resources. */
  readonly isOpen: boolean;
}

/**
 * Finds what a rule names and Kubernetes does not have: patterns that RBAC does not know, API groups with a version,
 * resources that none of the groups has, and verbs that work on none of the resources. A rule is the product of its
 * lists, so one match is enough. Resources of other API groups than Kubernetes' own are not known, and not judged.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
export function targetFindings(rule: PolicyRule): readonly TargetFinding[] {
  const { apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs } = rule;
  const groups = apiGroups.filter((group) => canHaveResources(group));
  const known = anyKnownResources();
  const target = { groups, resources, isOpen: groups.some((group) => !known.has(group)) };
  return [
    ...inList('apiGroups', apiGroups, groupFinding),
    ...inList('resources', resources, (resource) => resourceFinding(resource, target)),
    ...inList('resourceNames', resourceNames, (name) =>
      isPatternOfSigners(name, rule) ? undefined : nameFinding(name),
    ),
    ...(nonResourceURLs.length > 0
      ? inList('verbs', verbs, urlVerbFinding)
      : inList('verbs', verbs, (verb) => verbFinding(verb, verbs, target))),
  ];
}

/** The resources of a rule that Kubernetes has in other versions, but in none of these. */
export function missingResources(rule: PolicyRule, versions: KnownResources): readonly TargetFinding[] {
  const { apiGroups = [], resources = [] } = rule;
  const any = anyKnownResources();
  if (apiGroups.some((group) => !any.has(group)) || isBuiltInRule(rule)) return [];
  return inList('resources', resources, (resource) => {
    const has = (known: KnownResources) => apiGroups.some((group) => known.get(group)?.has(resource) === true);
    return has(any) && !has(versions)
      ? error({
          message: `The clusters on which the role is granted have no ${shown(resource)}: other Kubernetes versions have it.`,
          given: shown(resource),
          allowed: 'resources of the version of the cluster',
          fix: 'Remove the resource, or grant the role where it exists.',
        })
      : undefined;
  });
}

/** Whether a group can have resources: not a text that is no group, and not a group of the past. */
function canHaveResources(group: string): boolean {
  return groupFinding(group)?.severity !== 'error' && !PAST_GROUPS.includes(group);
}

type Judged = Omit<TargetFinding, 'place'>;

function inList(
  key: keyof PolicyRule,
  texts: readonly string[],
  find: (text: string) => Judged | undefined,
): readonly TargetFinding[] {
  return texts.flatMap((text, index) => {
    const found = find(text);
    return found === undefined ? [] : [{ place: [key, index] as const, ...found }];
  });
}

const error = (finding: Finding): Judged => ({ severity: 'error', finding });
const warning = (finding: Finding): Judged => ({ severity: 'warning', finding });

/** API groups that Kubernetes once had. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const PAST_GROUPS = ['extensions', 'auditregistration.k8s.io', 'settings.k8s.io'];

function groupFinding(group: string): Judged | undefined {
  if (group === '' || group === '*') return undefined;
  const known = [...anyKnownResources().keys()];
  const wrong = (message: string, instead: string | undefined) =>
    error({
      message,
      given: shown(group),
      allowed: "'*', '' for the core group, or the name of an API group, such as apps",
      fix: instead === undefined ? 'Write the name of the API group.' : `Write ${shown(instead)}.`,
    });
  if (group.includes('*')) return wrong('RBAC takes * only as every API group, not as a part of a name.', undefined);
  const [name = '', version] = group.split('/');
  if (group === 'core' || /^v\d\w*$/.test(group)) return wrong('The core group has no name.', '');
  if (version !== undefined) {
    return wrong('An API group in a rule has no version.', name === 'core' ? '' : name.toLowerCase());
  }
  if (group !== group.toLowerCase()) return wrong('API groups are in lower case.', group.toLowerCase());
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(group)) return wrong('This is not the name of an API group.', undefined);
  if (known.includes(group)) return undefined;
  if (PAST_GROUPS.includes(group)) {
    return warning({
      message: 'Kubernetes no longer has this API group, so it gives nothing.',
      given: shown(group),
      allowed: 'API groups of the supported versions, such as apps, networking.k8s.io, or policy',
      fix: 'Name the API group that has the resources today.',
    });
  }
  if (group.includes('.')) return undefined;
  const nearest = known.find((other) => other.startsWith(`${group}.`)) ?? nearestName(group, known.filter(Boolean));
  return warning({
    message: `Kubernetes has no API group of this name, and those of custom resources have a dot.${didYouMean(nearest)}`,
    given: shown(group),
    allowed: nameList(known),
    fix: nearest === undefined ? 'Correct the API group.' : `Write ${shown(nearest)}.`,
  });
}

function didYouMean(name: string | undefined): string {
  return name === undefined ? '' : ` Did you mean ${shown(name)}?`;
}

function resourceFinding(resource: string, target: Target): Judged | undefined {
  if (resource === '*') return undefined;
  const [base = '', ...below] = resource.split('/');
  if (base === '*' && below.length === 1 && below[0] !== '' && !below[0]?.includes('*')) {
    return subresourcePatternFinding(resource, target);
  }
  if (resource.includes('*')) {
    return error({
      message: 'RBAC has no such pattern: * is every resource, and */<subresource> a subresource of every resource.',
      given: shown(resource),
      allowed: `'*', such as '*/log', or names, such as '${base.replaceAll('*', '') || 'pods'}/log'`,
      fix: 'Name the resources and the subresources.',
    });
  }
  const lower = base === 'userextras' ? resource : resource.toLowerCase();
  if (!/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?(\/.+)?$/.test(lower) || /\s/.test(resource)) {
    return error({
      message: 'This is not the name of a resource.',
      given: shown(resource),
      allowed: "names in the plural, such as 'pods', with a subresource after /, such as 'pods/log'",
      fix: 'Write the name of the resource.',
    });
  }
  const isKnown = target.groups.some((group) => anyKnownResources().get(group)?.has(nameIn(resource)) === true);
  if (isKnown) return undefined;
  if (!target.isOpen && target.groups.length > 0)
    return PAST_RESOURCES.includes(base) ? past(resource) : unknown(resource, target);
  // A kind in the place of a resource is wrong in every API group; another name can be that of a custom resource.
  const isKind = resource !== lower;
  const plural = meantBy(base, target.groups.includes('*') ? undefined : target.groups);
  if (isKind)
    return wrongName(resource, plural === undefined ? lower : plural.name, 'Resources are in lower case.', error);
  return target.groups.includes('*') && plural !== undefined && plural.name !== base
    ? wrongName(resource, plural.name, 'Kubernetes has no such resource.', warning)
    : undefined;
}

/** Resources that Kubernetes once had. @see https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
const PAST_RESOURCES = ['podsecuritypolicies', 'podpresets'];

function past(resource: string): Judged {
  return warning({
    message: 'Kubernetes no longer has this resource, so it gives nothing.',
    given: shown(resource),
    allowed: 'resources of the supported versions',
    fix: 'Remove it.',
  });
}

/** The name by which facts know a resource: the keys of extra fields of users are free. */
function nameIn(resource: string): string {
  return resource.startsWith('userextras/') ? 'userextras' : resource;
}

function wrongName(resource: string, instead: string, message: string, as: (finding: Finding) => Judged): Judged {
  return as({
    message: `${message}${didYouMean(instead)}`,
    given: shown(resource),
    allowed: 'names of resources, which are plural and in lower case, such as deployments',
    fix: `Write ${shown(instead)}.`,
  });
}

function subresourcePatternFinding(resource: string, { isOpen }: Target): Judged | undefined {
  const name = resource.slice('*/'.length);
  const known = subresources();
  if (isOpen || known.includes(name)) return undefined;
  const nearest = nearestName(name, known);
  return error({
    message: `No resource of Kubernetes has this subresource.${didYouMean(nearest && `*/${nearest}`)}`,
    given: shown(resource),
    allowed: nameList(known.map((each) => `*/${each}`)),
    fix: nearest === undefined ? 'Correct the subresource.' : `Write ${shown(`*/${nearest}`)}.`,
  });
}

/** The names of all subresources, sorted. */
function subresources(): readonly string[] {
  const names = [...anyKnownResources().values()].flatMap((group) => [...group.keys()]);
  return [
    ...new Set(names.filter((name) => name.includes('/')).map((name) => name.slice(name.indexOf('/') + 1))),
  ].sort();
}

function unknown(resource: string, { groups }: Target): Judged {
  const known = anyKnownResources();
  const lower = resource.toLowerCase();
  const [base = '', ...below] = lower.split('/');
  const having = [...known].filter(([, resources]) => resources.has(lower)).map(([group]) => group);
  if (having.length > 0 && lower === resource) return inOtherGroup(resource, groups, having);
  const plural = meantBy(base, groups) ?? meantBy(base);
  const subresource = below.join('/');
  if (plural !== undefined && subresource !== '') {
    const own = subresourcesOf(plural);
    const nearest = own.includes(subresource) ? subresource : nearestName(subresource, own);
    const instead = nearest === undefined ? undefined : `${plural.name}/${nearest}`;
    return error({
      message: `${plural.name} has no subresource ${shown(subresource)}.${didYouMean(instead)}`,
      given: shown(resource),
      allowed: nameList(own.map((each) => `${plural.name}/${each}`)),
      fix: instead === undefined ? 'Correct the subresource.' : `Write ${shown(instead)}${groupHint(plural, groups)}.`,
    });
  }
  return error({
    message: `Kubernetes has no resource ${shown(resource)}.${didYouMean(plural?.name)}`,
    given: `${shown(resource)} in ${groups.map(shown).join(', ')}`,
    allowed: nameList(
      groups.flatMap((group) => [...(known.get(group)?.keys() ?? [])].filter((name) => !name.includes('/'))),
    ),
    fix:
      plural === undefined
        ? 'Correct the resource or its API group.'
        : `Write ${shown(plural.name)}${groupHint(plural, groups)}.`,
  });
}

function inOtherGroup(resource: string, groups: readonly string[], having: readonly string[]): Judged {
  const names = having.map((group) => (group === '' ? "the core group, ''" : group)).join(' and ');
  return error({
    message: `${shown(resource)} is in ${names}, and in no API group of the rule.`,
    given: `apiGroups ${groups.map(shown).join(', ')}`,
    allowed: having.map(shown).join(' or '),
    fix: `Add ${shown(having[0])} to apiGroups, or give ${resource} a rule of its own.`,
  });
}

function groupHint({ apiGroup }: ApiResource, groups: readonly string[]): string {
  return groups.includes(apiGroup) ? '' : `, and apiGroups: [${shown(apiGroup)}]`;
}

function subresourcesOf({ apiGroup, name }: ApiResource): readonly string[] {
  const names = [...(anyKnownResources().get(apiGroup)?.keys() ?? [])];
  return names.filter((each) => each.startsWith(`${name}/`)).map((each) => each.slice(name.length + 1));
}

/** The resource that somebody means by its kind, singular, short name, or a typo, in some API groups or in any. */
function meantBy(text: string, groups?: readonly string[]): ApiResource | undefined {
  const name = text.toLowerCase();
  const candidates = apiResources(NEWEST_KUBERNETES).filter(
    ({ apiGroup }) => apiGroup !== 'metrics.k8s.io' && (groups === undefined || groups.includes(apiGroup)),
  );
  const exact =
    candidates.find((resource) => resource.name === name) ??
    candidates.find(({ kind, shortNames }) => kind.toLowerCase() === name || shortNames.includes(name));
  if (exact !== undefined) return exact;
  const nearest = nearestName(
    name,
    candidates.map((resource) => resource.name),
  );
  return candidates.find((resource) => resource.name === nearest);
}

function nameFinding(name: string): Judged | undefined {
  if (!name.includes('*')) return undefined;
  return error({
    message: 'Kubernetes compares names of objects whole: * is no pattern here.',
    given: shown(name),
    allowed: 'names of objects, or no resourceNames for every object',
    fix: 'List the names, or remove resourceNames.',
  });
}

/**
 * Whether a name stands for every signer of a domain, the only pattern of names that Kubernetes knows.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/#authorization
 */
function isPatternOfSigners(name: string, { apiGroups = [], resources = [] }: PolicyRule): boolean {
  const areSigners = resources.length > 0 && resources.every((resource) => resource === 'signers');
  return areSigners && apiGroups.includes('certificates.k8s.io') && /^[^*/]+\/\*$/.test(name);
}

/** What people write instead of a verb, with what they mean. */
const MEANT: Readonly<Record<string, string>> = {
  apply: 'patch, and create for new objects',
  attach: 'create on pods/attach',
  connect: 'create on pods/exec, pods/attach, or pods/portforward',
  describe: 'get, and list for events',
  drain: 'create on pods/eviction, and patch on nodes',
  edit: 'get, update and patch',
  evict: 'create on pods/eviction',
  exec: 'create on pods/exec',
  log: 'get on pods/log',
  logs: 'get on pods/log',
  'port-forward': 'create on pods/portforward',
  portforward: 'create on pods/portforward',
  post: 'create',
  put: 'update',
  read: 'get, list and watch',
  remove: 'delete',
  restart: 'patch',
  scale: 'update and patch on the subresource scale, such as deployments/scale',
  view: 'get, list and watch',
  write: 'create, update, patch and delete',
};

/** Verbs that Kubernetes checks on some resources only, and what these are. */
const SPECIAL: Readonly<Record<string, string>> = {
  approve: 'signers in certificates.k8s.io',
  attest: 'signers in certificates.k8s.io',
  bind: 'roles and clusterroles in rbac.authorization.k8s.io',
  escalate: 'roles and clusterroles in rbac.authorization.k8s.io',
  impersonate: "users, groups and serviceaccounts in '', and uids and userextras in authentication.k8s.io",
  sign: 'signers in certificates.k8s.io',
};

function verbFinding(verb: string, verbs: readonly string[], target: Target): Judged | undefined {
  if (verb === '*') return undefined;
  const wrong = (message: string, fix: string) =>
    error({ message, given: shown(verb), allowed: `'*', or verbs such as ${REQUEST_VERBS.join(', ')}`, fix });
  if (verb.includes('*')) return wrong('RBAC takes * only as every verb, not as a part of one.', 'List the verbs.');
  if (/[\s,]/.test(verb) || verb === '') return wrong('This is not a verb.', 'Write one verb in each text.');
  if (verb !== verb.toLowerCase()) return wrong('Verbs are in lower case.', `Write ${shown(verb.toLowerCase())}.`);
  const works = verbsOf(target);
  // For a pattern or an unknown API group or resource, any verb may work. https://kubernetes.io/docs/reference/access-authn-authz/user-impersonation/#constrained-impersonation
  if (works === undefined || works.size === 0 || works.has(verb) || /^impersonate(-on)?:/.test(verb)) {
    return works === undefined && target.groups.includes('*') && Object.hasOwn(MEANT, verb)
      ? noVerb(verb, warning)
      : undefined;
  }
  if (Object.hasOwn(MEANT, verb)) return noVerb(verb, error);
  // Many roles read a subresource, such as pods/log, with the verbs of its resource.
  if (['list', 'watch'].includes(verb) && verbs.includes('get') && works.has('get')) return undefined;
  if (REQUEST_VERBS.includes(verb)) {
    const message = `The verb ${verb} works on none of the resources of the rule.`;
    const finding = {
      message,
      given: shown(verb),
      allowed: nameList([...works].sort()),
      fix: `Remove ${verb}, or name the resource on which it works.`,
    };
    return verbs.some((other) => other === '*' || works.has(other)) ? warning(finding) : error(finding);
  }
  if (Object.hasOwn(SPECIAL, verb)) {
    return wrong(
      `Kubernetes checks the verb ${verb} only for ${SPECIAL[verb]}.`,
      'Remove the verb, or name these resources.',
    );
  }
  const nearest = nearestName(verb, REQUEST_VERBS);
  if (nearest !== undefined)
    return wrong(`Kubernetes has no verb ${shown(verb)}.${didYouMean(nearest)}`, `Write ${shown(nearest)}.`);
  return warning({
    message: `Kubernetes does not check the verb ${shown(verb)} on these resources. Only an admission policy or another program can.`,
    given: shown(verb),
    allowed: nameList([...works].sort()),
    fix: 'Remove the verb, unless something on the cluster checks it.',
  });
}

function noVerb(verb: string, as: (finding: Finding) => Judged): Judged {
  return as({
    message: `${shown(verb)} is not a verb of Kubernetes, which authorizes this as ${MEANT[verb]}.`,
    given: shown(verb),
    allowed: `verbs such as ${REQUEST_VERBS.join(', ')}`,
    fix: `Allow ${MEANT[verb]}.`,
  });
}

/** The verbs that work on a resource of a rule; undefined if any may, because it is not known what the rule covers. */
function verbsOf({ groups, resources, isOpen }: Target): ReadonlySet<string> | undefined {
  const known = anyKnownResources();
  if (isOpen || resources.some((resource) => resource.includes('*'))) return undefined;
  return new Set(
    groups.flatMap((group) => resources.flatMap((resource) => [...(known.get(group)?.get(nameIn(resource)) ?? [])])),
  );
}

/** The verbs of requests for URLs: their HTTP methods. */
const METHODS = ['get', 'head', 'post', 'put', 'patch', 'delete', 'options'];
const METHOD_MEANT: Readonly<Record<string, string>> = { create: 'post', list: 'get', update: 'put', watch: 'get' };

function urlVerbFinding(verb: string): Judged | undefined {
  if (verb === '*' || METHODS.includes(verb)) return undefined;
  const instead = METHOD_MEANT[verb] ?? nearestName(verb, METHODS);
  return error({
    message: `A request for a URL has its HTTP method as verb, in lower case.${didYouMean(instead)}`,
    given: shown(verb),
    allowed: `'*', ${METHODS.join(', ')}`,
    fix: instead === undefined ? 'Write the method in lower case.' : `Write ${shown(instead)}.`,
  });
}
