import { isBuiltInRule } from '../../rbac';
import type { PolicyRule } from '../../rbac/policy-rule';
import { type Finding, shown } from '../finding';
import { targetFindings } from './rule-targets';

/** A finding for one rule of a role, or for the whole role. */
export interface RuleFinding {
  /** Index of the rule, and where in it; empty for the whole role. */
  readonly place: readonly (string | number)[];
  /** `error`: Kubernetes refuses the rule, or it matches nothing. `warning`: a part of it may match nothing. */
  readonly severity: 'error' | 'warning';
  readonly finding: Finding;
}

/** Checks that Kubernetes accepts the rules of a role, that they can match requests, and that Terraform can change them. */
export function ruleFindings(rules: readonly PolicyRule[], scope: 'cluster' | 'namespace'): readonly RuleFinding[] {
  if (rules.length === 0) return [{ place: [], severity: 'error', finding: noRules }];
  return rules.flatMap((rule, index) => {
    const ofRule = [
      verbsFinding(rule),
      ...(has(rule.nonResourceURLs) ? urlFindings(rule, scope) : [resourcesFinding(rule)]),
      unnamedFinding(rule),
    ].flatMap((finding): readonly RuleFinding[] =>
      finding === undefined ? [] : [{ place: [index], severity: 'error', finding }],
    );
    const doubtful = doubts(rule).map(({ place, ...found }) => ({ place: [index, ...place], ...found }));
    // Rules of Kubernetes' own roles are right, although some name what no longer exists. Few files need their list.
    return ofRule.length === 0 && doubtful.length > 0 && isBuiltInRule(rule) ? [] : [...ofRule, ...doubtful];
  });
}

function doubts(rule: PolicyRule): readonly RuleFinding[] {
  const ofNames = namelessVerbsFinding(rule);
  return [
    ...(ofNames === undefined ? [] : [{ place: ['resourceNames'], severity: 'warning' as const, finding: ofNames }]),
    ...targetFindings(rule),
  ];
}

const noRules: Finding = {
  message:
    'Without rules, the role would keep those that it has: Terraform plans no change when the last rule is removed.',
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
      message: 'The rule does not say what its verbs apply to.',
      given: 'no resources and no nonResourceURLs',
      allowed: 'apiGroups with resources, or nonResourceURLs',
      fix: 'Add resources, or remove the rule.',
    };
  }
  if (has(apiGroups)) return undefined;
  return {
    message: 'Kubernetes refuses resources without API groups.',
    given: 'no apiGroups',
    allowed: "at least one API group; '' is the core group, which has pods and services",
    fix: "Add apiGroups: [''] for the core group.",
  };
}

function urlFindings(rule: PolicyRule, scope: 'cluster' | 'namespace'): readonly Finding[] {
  const { apiGroups, nonResourceURLs = [], resourceNames, resources } = rule;
  if (scope === 'namespace') {
    return [
      {
        message: 'URLs are not in a namespace, so Kubernetes refuses them in a namespaced role.',
        given: nonResourceURLs.map(shown).join(', '),
        allowed: 'apiGroups with resources',
        fix: 'Move the URLs to a role for the whole cluster.',
      },
    ];
  }
  const both: Finding = {
    message: 'Kubernetes refuses a rule for both resources and URLs.',
    given: 'nonResourceURLs with apiGroups, resources or resourceNames',
    allowed: 'one or the other',
    fix: 'Split it into two rules.',
  };
  return [
    ...(has(apiGroups) || has(resources) || has(resourceNames) ? [both] : []),
    ...nonResourceURLs.filter((url) => !/^(\*|\/[^*]*\*?)$/.test(url)).map(urlFinding),
  ];
}

function urlFinding(url: string): Finding {
  return {
    message: 'A URL starts with /, and Kubernetes supports * only as its last character.',
    given: shown(url),
    allowed: "'*', or a path that starts with / and contains * only as its last character",
    fix: 'Write the path, such as /healthz or /metrics/*.',
  };
}

/** Requests with this verb never have the name of an object. */
const NEVER_NAMED = 'deletecollection';

function unnamedFinding({ resourceNames, verbs }: PolicyRule): Finding | undefined {
  if (!has(resourceNames) || verbs.length === 0 || verbs.some((verb) => verb !== NEVER_NAMED)) return undefined;
  return {
    message: 'Requests with these verbs carry no object name, so the rule would match nothing.',
    given: `resourceNames with ${verbs.join(', ')}`,
    allowed: 'resourceNames with verbs such as get, update or delete',
    fix: 'Remove resourceNames, or give these verbs a rule without them.',
  };
}

/**
 * A POST of a new object has its name only in the body. A server-side apply that creates the object has it in the URL, as
 * has a POST under a named object, such as pods/exec.
 * @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources
 */
function namelessVerbsFinding({ resourceNames, resources = [], verbs }: PolicyRule): Finding | undefined {
  if (!has(resourceNames)) return undefined;
  const isCreatedWithName = resources.some((resource) => resource === '*' || resource.includes('/'));
  const nameless = verbs.filter((verb) => verb === NEVER_NAMED || (verb === 'create' && !isCreatedWithName));
  if (nameless.length === 0 || verbs.every((verb) => verb === NEVER_NAMED)) return undefined;
  const why = {
    create: 'create matches only what server-side apply creates: other requests carry the name in their body',
    deletecollection: 'deletecollection never matches',
  };
  return {
    message: `With resourceNames, ${nameless.map((verb) => why[verb as keyof typeof why]).join(', and ')}.`,
    given: `resourceNames with ${verbs.join(', ')}`,
    allowed: 'resourceNames with verbs such as get, update or delete',
    fix: `Give ${nameless.join(' and ')} a rule without resourceNames, or remove ${nameless.length === 1 ? 'it' : 'them'}.`,
  };
}

function has(list: readonly string[] | undefined): boolean {
  return list !== undefined && list.length > 0;
}
