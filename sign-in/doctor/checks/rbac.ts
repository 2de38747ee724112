import { escaped } from '../../../constraints/finding';
import { bindingName } from '../../../constraints/kubernetes/binding-name';
import { nameList } from '../../../constraints/nearest-name';
import type { Placement } from '../../../model/derived/placements';
import { roleDefinition } from '../../../model/derived/roles';
import { knownRulesOfRole } from '../../../model/derived/rules-of-role';
import { type PolicyRule, ruleText } from '../../../rbac/policy-rule';
import { rulesCover } from '../../../rbac/rules-cover';
import type { SeenBinding } from '../api-server-answers';
import { couldNotCheck, type DoctorCheck, type Finding, ok, problem } from '../doctor-check';
import type { DoctorContext } from '../doctor-context';
import { groupsOf } from './token';

const rbacBindings: DoctorCheck = {
  name: 'rbac-bindings',
  link: 'RBAC',
  level: 'own',
  title:
    'The bindings of the person’s groups are on the cluster, with subjects that are exactly prefix and group. Only people who may read bindings can see it.',
  fix: 'Deploy the stack `rbac-<cluster>`. Somebody has changed the bindings by hand, or they are of an older access file.',
  symptoms: ['forbidden'],
  async look(context) {
    const placements = await ownPlacements(context);
    if (typeof placements === 'string') return couldNotCheck(placements);
    const problems: string[] = [];
    for (const placement of placements) {
      const found = await context.apiServer.bindingsIn(placement.namespace);
      problems.push(...bindingProblems(placement, found, context));
    }
    return problems.length === 0 ? ok(`${placements.length} as in the access file`) : problem(problems.join(' '));
  },
};

const rbacRules: DoctorCheck = {
  name: 'rbac-rules',
  link: 'RBAC',
  level: 'own',
  title: 'The API server lets the person do what the access file gives to the groups of their token.',
  fix: 'Deploy the stack `rbac-<cluster>`: a role, a binding, or a namespace is missing or differs.',
  symptoms: ['forbidden'],
  async look(context) {
    const placements = await ownPlacements(context);
    if (typeof placements === 'string') return couldNotCheck(placements);
    const findings: Finding[] = [];
    for (const placement of placements) findings.push(await placementFinding(placement, context));
    const problems = findings.filter(({ status }) => status === 'problem');
    if (problems.length > 0) return problem(problems.map(({ evidence }) => evidence).join(' '));
    const unknown = findings.find(({ status }) => status === 'could not check');
    return unknown ?? ok(placements.map((placement) => placeText(placement)).join(', '));
  },
};

/** What the access file gives the person on the cluster; a sentence if there is nothing to compare. */
async function ownPlacements(context: DoctorContext): Promise<readonly Placement[] | string> {
  const { access, cluster, tokens } = context;
  const groups = groupsOf(await tokens.token(), context);
  const placements = access.placements.filter((one) => one.cluster === cluster.key && groups.includes(one.group));
  return placements.length === 0
    ? 'No group of the token has a role on the cluster (see token-granted-group).'
    : placements;
}

function placeText({ role, namespace }: Placement): string {
  return `${escaped(role)} ${namespace === null ? 'on the whole cluster' : `in ${escaped(namespace)}`}`;
}

function bindingProblems(
  placement: Placement,
  found: readonly SeenBinding[],
  { access, cluster }: DoctorContext,
): readonly string[] {
  const { kubernetesName } = roleDefinition(placement.role, access);
  const subject = `${cluster.identityProvider.prefix.groups}${placement.group}`;
  const hasSubject = ({ subjects }: SeenBinding) =>
    subjects.some(({ kind, name }) => kind === 'Group' && name === subject);
  const ofRole = found.filter(({ roleRef }) => roleRef.name === kubernetesName);
  if (ofRole.some(hasSubject)) return [];
  const place = placement.namespace === null ? 'The cluster' : `The namespace ${escaped(placement.namespace)}`;
  const own = found.find(({ metadata }) => metadata.name === bindingName(placement.role));
  if (own === undefined)
    return [`${place} has no binding ${escaped(bindingName(placement.role))} for ${escaped(subject)}.`];
  if (own.roleRef.name !== kubernetesName) {
    return [
      `The binding ${escaped(own.metadata.name)} is for the role ${escaped(own.roleRef.name)}, and should be for ${escaped(kubernetesName)}.`,
    ];
  }
  const names = own.subjects.map(({ name }) => name);
  const near = names.find((name) => loose(name) === loose(subject));
  const only = near === undefined ? '' : ` ${escaped(near)} is another group for Kubernetes.`;
  return [
    `The binding ${escaped(own.metadata.name)} has the subjects ${nameList(names) || 'nobody'}, without ${escaped(subject)}.${only}`,
  ];
}

/** A subject without its prefix and its case. */
function loose(name: string): string {
  return name.toLowerCase().replace(/^.*:/, '').trim();
}

/** No namespace has this name, so that only roles of the whole cluster count in it. */
const NO_NAMESPACE = 'eks-access-doctor-none';

async function placementFinding(placement: Placement, { access, apiServer }: DoctorContext): Promise<Finding> {
  const version = await apiServer.kubernetes();
  const definition = roleDefinition(placement.role, access);
  // The roles of Kubernetes differ between versions: those of the server count, not those of the file.
  const rules =
    version === undefined ? placement.rules : knownRulesOfRole(definition, `1.${version.minor}`, access.roles);
  if (rules === undefined || rules.length === 0) {
    return couldNotCheck(`Nobody knows what the role ${escaped(placement.role)} allows: somebody else defines it.`);
  }
  const namespace = placement.namespace ?? NO_NAMESPACE;
  const seen = await apiServer.rulesIn(namespace);
  const missing: PolicyRule[] = [];
  for (const rule of rules.filter((one) => !rulesCover(seen.rules, one))) {
    // The list of an API server can be incomplete, and the question about one request is not.
    if (!(await apiServer.allows(namespace, rule))) missing.push(rule);
  }
  const [first] = missing;
  if (first === undefined) return ok(placeText(placement));
  // Other distributions of Kubernetes have other rules in `view`, `edit`, and `admin`.
  if (definition.rules === undefined && missing.length < rules.length) return ok(placeText(placement));
  const more = missing.length === 1 ? '' : ` and ${missing.length - 1} more`;
  return problem(
    `${escaped(placement.grant.path)} gives ${escaped(placement.group)} ${placeText(placement)}, and the API server does not allow ${escaped(ruleText(first))}${more}.`,
  );
}

/** What RBAC makes of the person. */
export const RBAC_CHECKS: readonly DoctorCheck[] = [rbacBindings, rbacRules];
