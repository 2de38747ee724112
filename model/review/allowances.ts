import { compare } from '../../constraints/compare';
import type { PolicyRule } from '../../rbac';

/** Verbs, and everything that rules allow with exactly these verbs. */
export interface Allowance {
  /** Verbs, the common ones first; `*` is any verb. */
  readonly verbs: readonly string[];
  /** Resources such as `pods/log` or `deployments.apps/scale`, and URLs, as rules name them; sorted. */
  readonly things: readonly string[];
}

const VERBS = ['*', 'get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection'];

/** What rules allow together, by verbs: each resource and URL once, with all of its verbs. */
export function allowancesOf(rules: readonly PolicyRule[]): readonly Allowance[] {
  const verbsOf = new Map<string, Set<string>>();
  for (const rule of rules) {
    for (const thing of thingsOf(rule)) {
      const verbs = verbsOf.get(thing) ?? new Set();
      verbsOf.set(thing, verbs);
      for (const verb of rule.verbs) verbs.add(verb);
    }
  }
  const byVerbs = new Map<string, { readonly verbs: readonly string[]; readonly things: string[] }>();
  for (const [thing, verbs] of [...verbsOf].sort(([a], [b]) => compare(a, b))) {
    const sorted = verbs.has('*') ? ['*'] : [...verbs].sort((a, b) => rank(a) - rank(b) || compare(a, b));
    const allowance = byVerbs.get(sorted.join()) ?? { verbs: sorted, things: [] };
    byVerbs.set(sorted.join(), allowance);
    allowance.things.push(thing);
  }
  return [...byVerbs.values()];
}

function rank(verb: string): number {
  const index = VERBS.indexOf(verb);
  return index < 0 ? VERBS.length : index;
}

function thingsOf({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] }: PolicyRule): string[] {
  const only = resourceNames.length === 0 ? '' : ` (only ${resourceNames.join(', ')})`;
  return [
    ...resources.flatMap((resource) => apiGroups.map((apiGroup) => `${resourceText(resource, apiGroup)}${only}`)),
    ...nonResourceURLs.map((url) => (url === '*' ? 'all URLs' : url)),
  ];
}

/** A resource as kubectl writes it, such as `deployments.apps/scale`. */
function resourceText(resource: string, apiGroup: string): string {
  if (resource === '*') {
    if (apiGroup === '*') return 'all resources';
    return `all resources of ${apiGroup === '' ? 'the core group' : apiGroup}`;
  }
  if (apiGroup === '*') return `${resource} of all API groups`;
  const [name, ...subresource] = resource.split('/');
  const suffix = subresource.length === 0 ? '' : `/${subresource.join('/')}`;
  return `${name}${apiGroup === '' ? '' : `.${apiGroup}`}${suffix}`;
}
