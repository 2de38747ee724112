import { type CompiledRule, compileRule } from './compiled-rule';
import { allEffectiveRules } from './effective-rules';
import type { RbacPolicy, RoleRef, Subject } from './policy';
import type { PolicyRule } from './policy-rule';
import { type AccessRequest, requestText } from './request';

/** The authenticated user of a request. The groups are complete: `system:authenticated` is not added to them. */
export interface Requester {
  readonly user: string;
  readonly groups: readonly string[];
}

/** Decides whether a user may make a request. */
export type Authorizer = (who: Requester, request: AccessRequest) => Decision;

/** The answer to a request. */
export type Decision = Allowed | Denied;

/** The binding, role, rule and subject that allow a request. */
export interface Allowed {
  readonly allowed: true;
  /** `PrivilegedGroup` is `system:masters`, which Kubernetes allows everything without consulting RBAC. */
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

/** Why a request is denied. */
export interface Denied {
  readonly allowed: false;
  readonly reason: string;
}

/** The role that a binding gives to one of its subjects. */
interface BoundRole extends Pick<Allowed, 'binding' | 'role' | 'subject'> {
  readonly rules: readonly CompiledRule[];
}

/** Bound roles by the name of their subject. */
interface BoundRoles {
  readonly users: Map<string, BoundRole[]>;
  readonly groups: Map<string, BoundRole[]>;
}

const PRIVILEGED_GROUP = 'system:masters';

/** An authorizer that decides as the RBAC authorizer of kube-apiserver does. @see https://kubernetes.io/docs/reference/access-authn-authz/rbac/ */
export function authorizer(policy: RbacPolicy): Authorizer {
  const clusterRoles = new Map(
    [...allEffectiveRules(policy.clusterRoles)].map(([name, rules]) => [name, rules.map(compileRule)]),
  );
  const roles = new Map(
    policy.roles.map(({ namespace, name, rules }) => [`${namespace}/${name}`, rules.map(compileRule)]),
  );
  const everywhere: BoundRoles = { users: new Map(), groups: new Map() };
  const byNamespace = new Map<string, BoundRoles>();

  for (const { name, role, subjects } of policy.clusterRoleBindings) {
    const binding = { kind: 'ClusterRoleBinding' as const, name };
    const bound = { binding, role: { kind: 'ClusterRole' as const, name: role }, rules: clusterRoles.get(role) ?? [] };
    for (const subject of subjects) addBoundRole(everywhere, subject, bound);
  }
  for (const { name, namespace, roleRef, subjects } of policy.roleBindings) {
    const { kind, name: role } = roleRef;
    const rules = kind === 'Role' ? roles.get(`${namespace}/${role}`) : clusterRoles.get(role);
    const local = byNamespace.get(namespace) ?? { users: new Map(), groups: new Map() };
    byNamespace.set(namespace, local);
    const bound = {
      binding: { kind: 'RoleBinding' as const, name, namespace },
      role: { kind, name: role },
      rules: rules ?? [],
    };
    for (const subject of subjects) addBoundRole(local, subject, bound);
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

function addBoundRole({ users, groups }: BoundRoles, subject: Subject, bound: Omit<BoundRole, 'subject'>): void {
  const { binding, role, rules } = bound;
  const name = userOrGroup(subject, binding.namespace);
  if (name === undefined) return;
  const byName = subject.kind === 'Group' ? groups : users;
  const boundRoles = byName.get(name) ?? [];
  boundRoles.push({ binding, role, rules, subject: name });
  byName.set(name, boundRoles);
}

/** The user or group name of a subject; undefined for a service account without a namespace. */
function userOrGroup({ kind, name, namespace }: Subject, bindingNamespace: string | undefined): string | undefined {
  if (kind !== 'ServiceAccount') return name;
  const home = namespace || bindingNamespace;
  return home && `system:serviceaccount:${home}:${name}`;
}

function firstAllowed({ users, groups }: BoundRoles, who: Requester, request: AccessRequest): Allowed | undefined {
  const boundRoles = [users.get(who.user), ...who.groups.map((group) => groups.get(group))];
  for (const { binding, role, rules, subject } of boundRoles.flatMap((some) => some ?? [])) {
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
