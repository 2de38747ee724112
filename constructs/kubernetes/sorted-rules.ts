import { compare } from '../../constraints/compare';
import type { PolicyRule } from '../../rbac/policy-rule';

/** A rule in the shape of the provider's arguments. */
interface SortedRule {
  readonly apiGroups?: string[];
  readonly resources?: string[];
  readonly verbs: string[];
  readonly resourceNames?: string[];
  readonly nonResourceUrls?: string[];
}

/** Rules, sorted: the provider keeps the order that it is given, so another order would be an update. */
export function sortedRules(rules: readonly PolicyRule[]): SortedRule[] {
  return rules
    .map((rule) => ({
      apiGroups: sorted(rule.apiGroups),
      resources: sorted(rule.resources),
      verbs: sorted(rule.verbs) ?? [],
      resourceNames: sorted(rule.resourceNames),
      nonResourceUrls: sorted(rule.nonResourceURLs),
    }))
    .map((rule) => ({ rule, text: JSON.stringify(rule) }))
    .sort((a, b) => compare(a.text, b.text))
    .map(({ rule }) => rule);
}

function sorted(list: readonly string[] | undefined): string[] | undefined {
  return list && list.length > 0 ? [...new Set(list)].sort() : undefined;
}
