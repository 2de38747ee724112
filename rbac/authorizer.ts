import { allEffectiveRules } from './effective-rules';
import type { RbacPolicy, RoleRef, Subject } from './policy';
import type { PolicyRule } from './policy-rule';
import { type AccessRequest, requestText } from './request';
import { compiledRule } from './rule-allows';

/** Who asks, as the API server knows them: nothing is added, `system:authenticated` neither. */
export interface Requester {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Answers whether somebody may do something. */
export type Authorizer = (who: Requester, request: AccessRequest) => Decision;

export type Decision = Allowed | Denied;

/** The binding, role, rule and subject that allow a request. */
export interface Allowed {
  readonly allowed: true;
  /** `PrivilegedGroup` is `system:masters`, which Kubernetes lets do everything before it asks RBAC. */
  readonly binding: {
    readonly kind: 'ClusterRoleBinding' | 'RoleBinding' | 'PrivilegedGroup';
    readonly name: string;
    readonly namespace?: string;
  };
  readonly role: RoleRef;
  readonly rule: PolicyRule;
  /** The user or group that the binding names. */
  readonly subject: string;
}

export interface Denied {
  readonly allowed: false;
  readonly reason: string;
}

interface CompiledRule {
  readonly rule: PolicyRule;
  readonly allows: (request: AccessRequest) => boolean;
}

/** What a binding gives to one of its subjects. */
interface Grant extends Pick<Allowed, 'binding' | 'role' | 'subject'> {
  readonly rules: readonly CompiledRule[];
}

/** Grants by the name of their subject. */
interface Grants {
  readonly users: Map<string, Grant[]>;
  readonly groups: Map<string, Grant[]>;
}

const PRIVILEGED_GROUP = 'system:masters';

/** Answers as the RBAC authorizer of kube-apiserver does. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function authorizer(policy: RbacPolicy): Authorizer {
  const clusterRoles = new Map(
    [...allEffectiveRules(policy.clusterRoles)].map(([name, rules]) => [name, compiled(rules)]),
  );
  const roles = new Map(policy.roles.map(({ namespace, name, rules }) => [`${namespace}/${name}`, compiled(rules)]));
  const everywhere: Grants = { users: new Map(), groups: new Map() };
  const byNamespace = new Map<string, Grants>();

  for (const { name, role, subjects } of policy.clusterRoleBindings) {
    const binding = { kind: 'ClusterRoleBinding' as const, name };
    const grant = { binding, role: { kind: 'ClusterRole' as const, name: role }, rules: clusterRoles.get(role) ?? [] };
    for (const subject of subjects) addGrant(everywhere, subject, grant);
  }
  for (const { name, namespace, roleRef, subjects } of policy.roleBindings) {
    const { kind, name: role } = roleRef;
    const rules = kind === 'Role' ? roles.get(`${namespace}/${role}`) : clusterRoles.get(role);
    const grants = byNamespace.get(namespace) ?? { users: new Map(), groups: new Map() };
    byNamespace.set(namespace, grants);
    const grant = {
      binding: { kind: 'RoleBinding' as const, name, namespace },
      role: { kind, name: role },
      rules: rules ?? [],
    };
    for (const subject of subjects) addGrant(grants, subject, grant);
  }

  return (who, request) => {
    if (who.groups.includes(PRIVILEGED_GROUP)) return privileged(request);
    const local = 'path' in request || !request.namespace ? undefined : byNamespace.get(request.namespace);
    return (
      firstAllowed(everywhere, who, request) ??
      (local && firstAllowed(local, who, request)) ?? {
        allowed: false,
        reason: `No rule allows ${requestText(request)}`,
      }
    );
  };
}

function compiled(rules: readonly PolicyRule[]): readonly CompiledRule[] {
  return rules.map((rule) => ({ rule, allows: compiledRule(rule) }));
}

function addGrant({ users, groups }: Grants, subject: Subject, grant: Omit<Grant, 'subject'>): void {
  const { binding, role, rules } = grant;
  const name = subjectText(subject, binding.namespace);
  if (name === undefined) return;
  const byName = subject.kind === 'Group' ? groups : users;
  const grants = byName.get(name) ?? [];
  grants.push({ binding, role, rules, subject: name });
  byName.set(name, grants);
}

/** The user or group of a subject; undefined where it is nobody. */
function subjectText({ kind, name, namespace }: Subject, bindingNamespace: string | undefined): string | undefined {
  if (kind !== 'ServiceAccount') return name;
  const home = namespace || bindingNamespace;
  return home && `system:serviceaccount:${home}:${name}`;
}

function firstAllowed({ users, groups }: Grants, who: Requester, request: AccessRequest): Allowed | undefined {
  const grants = [users.get(who.user), ...who.groups.map((group) => groups.get(group))];
  for (const { binding, role, rules, subject } of grants.flatMap((some) => some ?? [])) {
    const match = rules.find(({ allows }) => allows(request));
    if (match !== undefined) return { allowed: true, binding, role, rule: match.rule, subject };
  }
  return undefined;
}

function privileged(request: AccessRequest): Allowed {
  return {
    allowed: true,
    binding: { kind: 'PrivilegedGroup', name: PRIVILEGED_GROUP },
    role: { kind: 'ClusterRole', name: 'cluster-admin' },
    rule:
      'path' in request
        ? { verbs: ['*'], nonResourceURLs: ['*'] }
        : { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
    subject: PRIVILEGED_GROUP,
  };
}
