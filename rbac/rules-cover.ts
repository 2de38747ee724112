import type { PolicyRule } from './policy-rule';

/** One verb on one resource or URL, for one object name or for all. */
interface Part {
  readonly verb: string;
  readonly url?: string;
  readonly apiGroup?: string;
  readonly resource?: string;
  readonly name?: string;
}

/** Whether rules together allow everything that a rule allows. */
export function rulesCover(rules: readonly PolicyRule[], rule: PolicyRule): boolean {
  return parts(rule).every((part) => rules.some((other) => covers(other, part)));
}

function parts({
  verbs,
  apiGroups = [],
  resources = [],
  resourceNames = [],
  nonResourceURLs = [],
}: PolicyRule): Part[] {
  const names = resourceNames.length === 0 ? [undefined] : resourceNames;
  return verbs.flatMap((verb) => [
    ...nonResourceURLs.map((url) => ({ verb, url })),
    ...apiGroups.flatMap((apiGroup) =>
      resources.flatMap((resource) => names.map((name) => ({ verb, apiGroup, resource, name }))),
    ),
  ]);
}

function covers(rule: PolicyRule, { verb, url, apiGroup = '', resource = '', name }: Part): boolean {
  const { verbs, apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [] } = rule;
  const has = (names: readonly string[], wanted: string) => names.includes('*') || names.includes(wanted);
  if (!has(verbs, verb)) return false;
  if (url !== undefined) {
    return nonResourceURLs.some(
      (pattern) => pattern === url || (pattern.endsWith('*') && url.startsWith(pattern.slice(0, -1))),
    );
  }
  return (
    has(apiGroups, apiGroup) &&
    (has(resources, resource) || resources.includes(resource.replace(/^[^/]*\//, '*/'))) &&
    (resourceNames.length === 0 || (name !== undefined && resourceNames.includes(name)))
  );
}
