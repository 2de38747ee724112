import type { PolicyRule } from '../../rbac/policy-rule';
import { type Finding, shown } from '../finding';

/** What is wrong with one rule of a role, or with the role as a whole. */
export interface RuleFinding {
  /** Position of the rule; undefined for what the role as a whole lacks. */
  readonly index?: number;
  readonly finding: Finding;
}

/** What is wrong with the rules of a role for Kubernetes, or for Terraform, which has to change them. */
export function ruleFindings(rules: readonly PolicyRule[], scope: 'cluster' | 'namespace'): readonly RuleFinding[] {
  if (rules.length === 0) return [{ finding: noRules }];
  return rules.flatMap((rule, index) =>
    [
      verbsFinding(rule),
      ...(has(rule.nonResourceURLs) ? urlFindings(rule, scope) : [resourcesFinding(rule)]),
      resourceNamesFinding(rule),
    ].flatMap((finding) => (finding === undefined ? [] : [{ index, finding }])),
  );
}

const noRules: Finding = {
  message: 'A role without rules would keep those that it has: Terraform plans no change when the last one goes.',
  given: 'no rules',
  allowed: 'at least one rule',
  fix: 'Add a rule, or remove the role.',
};

function verbsFinding({ verbs }: PolicyRule): Finding | undefined {
  if (verbs.length > 0) return undefined;
  return {
    message: 'Kubernetes refuses a rule without verbs.',
    given: 'no verbs',
    allowed: 'at least one verb, such as get',
    fix: 'Add verbs, or remove the rule.',
  };
}

function resourcesFinding({ apiGroups, resources }: PolicyRule): Finding | undefined {
  if (!has(resources)) {
    return {
      message: 'The rule says nothing of what its verbs are for.',
      given: 'neither resources nor nonResourceURLs',
      allowed: 'apiGroups with resources, or nonResourceURLs',
      fix: 'Add resources, or remove the rule.',
    };
  }
  if (has(apiGroups)) return undefined;
  return {
    message: 'Kubernetes refuses resources without API groups.',
    given: 'no apiGroups',
    allowed: "at least one API group; '' is the core group, that of pods and services",
    fix: "Add apiGroups: [''] for the core group.",
  };
}

function urlFindings(rule: PolicyRule, scope: 'cluster' | 'namespace'): readonly Finding[] {
  const { apiGroups, nonResourceURLs = [], resourceNames, resources } = rule;
  if (scope === 'namespace') {
    return [
      {
        message: 'URLs are in no namespace, and Kubernetes refuses them in the role of one.',
        given: nonResourceURLs.map(shown).join(', '),
        allowed: 'apiGroups with resources',
        fix: 'Put the URLs into a role for the whole cluster.',
      },
    ];
  }
  const both: Finding = {
    message: 'Kubernetes refuses a rule for both resources and URLs.',
    given: 'nonResourceURLs with apiGroups, resources or resourceNames',
    allowed: 'either',
    fix: 'Make two rules of it.',
  };
  return [
    ...(has(apiGroups) || has(resources) || has(resourceNames) ? [both] : []),
    ...nonResourceURLs.filter((url) => !/^(\*|\/[^*]*\*?)$/.test(url)).map(urlFinding),
  ];
}

function urlFinding(url: string): Finding {
  return {
    message: 'Kubernetes reads a * only as the last letter of a URL, and URLs start with /.',
    given: shown(url),
    allowed: "'*', or a path from / with at most one * as its last letter",
    fix: 'Write the path, such as /healthz or /metrics/*.',
  };
}

function resourceNamesFinding({ resourceNames, resources = [], verbs }: PolicyRule): Finding | undefined {
  if (!has(resourceNames) || verbs.length === 0) return undefined;
  // What is created has no name yet when Kubernetes decides, unless it is made under something that has one: pods/exec.
  const isCreatedWithName = resources.some((resource) => resource === '*' || resource.includes('/'));
  const isNamed = (verb: string) => verb !== 'deletecollection' && (verb !== 'create' || isCreatedWithName);
  if (verbs.some(isNamed)) return undefined;
  return {
    message: 'A request with these verbs carries no name, so the rule would match nothing.',
    given: `resourceNames with ${verbs.join(', ')}`,
    allowed: 'resourceNames with verbs such as get, update or delete',
    fix: 'Remove resourceNames, or give these verbs a rule without them.',
  };
}

function has(list: readonly string[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
