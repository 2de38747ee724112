import type { PolicyRule } from './policy-rule';
import type { AccessRequest } from './request';

/** A rule that is prepared to answer many requests. */
export interface CompiledRule {
  readonly rule: PolicyRule;
  /** Whether the rule allows a request. */
  readonly allows: (request: AccessRequest) => boolean;
}

/** Prepares a rule for many requests. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
export function compileRule(rule: PolicyRule): CompiledRule {
  const verbs = oneOf(rule.verbs);
  const apiGroups = oneOf(rule.apiGroups);
  const resources = new Set(rule.resources);
  const allResources = resources.has('*');
  // Unlike in the other lists, `*` is a literal name here, and an empty list matches every name.
  const names = new Set(rule.resourceNames);
  const urls = new Set(rule.nonResourceURLs);
  const urlPrefixes = [...urls].filter((url) => url.endsWith('*')).map((url) => url.replace(/\*+$/, ''));

  const allows = (request: AccessRequest) => {
    if (!verbs(request.verb)) return false;
    if ('path' in request) {
      return urls.has(request.path) || urlPrefixes.some((prefix) => request.path.startsWith(prefix));
    }
    return (
      apiGroups(request.apiGroup) &&
      (allResources || resourceIn(resources, request.resource, request.subresource)) &&
      (names.size === 0 || names.has(request.name ?? ''))
    );
  };
  return { rule, allows };
}

function resourceIn(resources: ReadonlySet<string>, resource: string, subresource: string | undefined): boolean {
  if (!subresource) return resources.has(resource);
  return resources.has(`${resource}/${subresource}`) || resources.has(`*/${subresource}`);
}

function oneOf(allowed: readonly string[] | undefined): (value: string) => boolean {
  const values = new Set(allowed);
  return values.has('*') ? () => true : (value) => values.has(value);
}
