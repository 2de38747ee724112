import fc from 'fast-check';
import type { AccessRequest, PolicyRule, RbacPolicy, Requester, RoleRef, Subject } from '../../../rbac';

/** A random policy and questions about it. All names are unique, so that one server can contain many policies. */
export interface PolicyCase {
  readonly policy: RbacPolicy;
  readonly questions: readonly Question[];
}

/** A user with groups, and their request. */
export interface Question {
  readonly who: Requester;
  readonly request: AccessRequest;
}

/** The namespaces of the policies. Some questions are about a namespace that does not exist. */
export const NAMESPACES = ['team-a', 'team-b'] as const;
const VERBS = ['get', 'list', 'watch', 'create', 'delete', 'deletecollection', 'update', 'impersonate', '*'];
const API_GROUPS = ['', 'apps', 'rbac.authorization.k8s.io', 'example.com', '*'];
const RESOURCES = [
  'pods',
  'pods/log',
  'pods/*',
  '*',
  '*/log',
  'deployments',
  'deployments/scale',
  '*/scale',
  'secrets',
  'nodes',
];
const NAMES = ['a', 'b', '*'];
const URLS = ['*', '/healthz', '/healthz/*', '/api*', '/metrics', '/api/*', '/x'];

const some = (values: readonly string[], minLength = 1, maxLength = 3) =>
  fc.uniqueArray(fc.constantFrom(...values), { minLength, maxLength });
const oneOf = <Value>(values: readonly Value[]) => fc.constantFrom(...values);

const resourceRule: fc.Arbitrary<PolicyRule> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ verbs: some(VERBS), apiGroups: some(API_GROUPS), resources: some(RESOURCES) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      verbs: some(VERBS),
      apiGroups: some(API_GROUPS),
      resources: some(RESOURCES),
      resourceNames: some(NAMES, 1, 2),
    }),
  },
);
const urlRule: fc.Arbitrary<PolicyRule> = fc.record({
  verbs: some(['get', 'post', '*'], 1, 2),
  nonResourceURLs: some(URLS, 1, 2),
});
const clusterRules = fc.array(fc.oneof({ weight: 4, arbitrary: resourceRule }, { weight: 1, arbitrary: urlRule }), {
  minLength: 1,
  maxLength: 3,
});
const roleRules = fc.array(resourceRule, { minLength: 1, maxLength: 2 });

/** Policies and questions whose names end with this suffix. */
export function policyCase(own: string, questions: number): fc.Arbitrary<PolicyCase> {
  const groups = ['eks-a', 'EKS-a', 'eks-b', 'ana'].map((name) => `${name}-${own}`);
  const users = ['ana', 'Ana', 'eks-a'].map((name) => `${name}-${own}`);
  const bot = `bot-${own}`;
  const label = `to-${own}`;
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    oneOf(groups).map((name): Subject => ({ kind: 'Group', name })),
    oneOf(users).map((name): Subject => ({ kind: 'User', name })),
    oneOf(NAMESPACES).map((namespace): Subject => ({ kind: 'ServiceAccount', name: bot, namespace })),
  );
  const subjects = fc.array(subject, { minLength: 1, maxLength: 2 });
  const clusterRoleNames = ['c0', 'c1', 'c2', 'aggregate'].map((name) => `${name}-${own}`);
  // The last role does not exist, so a binding to it grants nothing.
  const bindable = [...clusterRoleNames, 'view', 'edit', 'admin', `missing-${own}`];
  const roleNames = ['r0', 'r1'].map((name) => `${name}-${own}`);
  const roleRef: fc.Arbitrary<RoleRef> = fc.oneof(
    oneOf(bindable).map((name): RoleRef => ({ kind: 'ClusterRole', name })),
    oneOf([...roleNames, `missing-${own}`]).map((name): RoleRef => ({ kind: 'Role', name })),
  );
  const policy: fc.Arbitrary<RbacPolicy> = fc
    .record({
      rules: fc.tuple(clusterRules, clusterRules, clusterRules),
      labelled: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      roles: fc.array(fc.record({ name: oneOf(roleNames), namespace: oneOf(NAMESPACES), rules: roleRules }), {
        maxLength: 3,
      }),
      clusterRoleBindings: fc.array(fc.record({ role: oneOf(bindable), subjects }), { maxLength: 2 }),
      roleBindings: fc.array(fc.record({ namespace: oneOf(NAMESPACES), roleRef, subjects }), { maxLength: 4 }),
    })
    .map(({ rules, labelled, roles, clusterRoleBindings, roleBindings }) => ({
      clusterRoles: [
        ...rules.map((own3, index) => ({
          name: clusterRoleNames[index] as string,
          rules: own3,
          ...(labelled[index] && { labels: { [label]: 'x' } }),
        })),
        {
          name: clusterRoleNames[3] as string,
          rules: [],
          aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'x' } }] },
        },
      ],
      roles: [...new Map(roles.map((role) => [`${role.namespace}/${role.name}`, role])).values()],
      clusterRoleBindings: clusterRoleBindings.map((binding, index) => ({ name: `cb${index}-${own}`, ...binding })),
      roleBindings: roleBindings.map((binding, index) => ({ name: `rb${index}-${own}`, ...binding })),
    }));
  const who: fc.Arbitrary<Requester> = fc.record({
    user: oneOf([
      ...users,
      `nobody-${own}`,
      ...NAMESPACES.map((namespace) => `system:serviceaccount:${namespace}:${bot}`),
    ]),
    groups: fc.uniqueArray(oneOf([...groups, 'system:authenticated']), { maxLength: 3 }),
  });
  const request: fc.Arbitrary<AccessRequest> = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record(
        {
          verb: oneOf([...VERBS, 'patch', 'bind']),
          apiGroup: oneOf(API_GROUPS),
          resource: oneOf(['pods', 'deployments', 'secrets', 'nodes', 'roles', 'configmaps', '*']),
          subresource: oneOf(['log', 'scale', 'status', '*']),
          name: oneOf(NAMES),
          namespace: oneOf([...NAMESPACES, 'elsewhere']),
        },
        { requiredKeys: ['verb', 'apiGroup', 'resource'] },
      ),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        verb: oneOf(['get', 'post']),
        path: oneOf([
          '/healthz',
          '/healthz/etcd',
          '/version',
          '/api',
          '/api/v1',
          '/metrics',
          '/x',
          '/x/y',
          '/openid/v1/jwks',
        ]),
      }),
    },
  );
  return fc.record({
    policy,
    questions: fc.array(fc.record({ who, request }), { minLength: questions, maxLength: questions }),
  });
}
