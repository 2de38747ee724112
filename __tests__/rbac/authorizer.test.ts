import {
  type AccessRequest,
  authorizer,
  type Decision,
  type PolicyRule,
  type RbacPolicy,
  type Requester,
  type ResourceRequest,
  type Subject,
} from '../../rbac';

const GET_PODS: PolicyRule = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const GET_URLS: PolicyRule = { verbs: ['get'], nonResourceURLs: ['*'] };
const ANA: Requester = { user: 'ana', groups: ['eks-a'] };
const GROUP: Subject = { kind: 'Group', name: 'eks-a' };
const NOTHING: RbacPolicy = { clusterRoles: [], roles: [], clusterRoleBindings: [], roleBindings: [] };
const READER = { name: 'reader', rules: [GET_PODS, GET_URLS] };
const CLUSTER_ROLE_REF = { kind: 'ClusterRole', name: 'reader' } as const;
const ROLE_REF = { kind: 'Role', name: 'reader' } as const;

function getPods(namespace?: string): ResourceRequest {
  return { verb: 'get', apiGroup: '', resource: 'pods', namespace };
}

function decide(policy: Partial<RbacPolicy>, request: AccessRequest, who = ANA): Decision {
  return authorizer({ ...NOTHING, ...policy })(who, request);
}

/** Whether a cluster role binding with this subject lets somebody get pods. */
function everywhere(subject: Subject, who: Requester): boolean {
  const binding = { name: 'b', role: 'reader', subjects: [subject] };
  return decide({ clusterRoles: [READER], clusterRoleBindings: [binding] }, getPods(), who).allowed;
}

/** Whether a role binding in team-a with this subject lets somebody get pods there. */
function inTeamA(subject: Subject, who: Requester): boolean {
  const binding = { name: 'b', namespace: 'team-a', roleRef: CLUSTER_ROLE_REF, subjects: [subject] };
  return decide({ clusterRoles: [READER], roleBindings: [binding] }, getPods('team-a'), who).allowed;
}

describe('a cluster role binding', () => {
  const policy = {
    clusterRoles: [READER],
    clusterRoleBindings: [{ name: 'readers', role: 'reader', subjects: [GROUP] }],
  };

  test.each([
    ['in a namespace', getPods('team-a')],
    ['in all namespaces', getPods()],
  ])('holds %s', (_, request) => {
    expect(decide(policy, request)).toEqual({
      allowed: true,
      binding: { kind: 'ClusterRoleBinding', name: 'readers' },
      role: { kind: 'ClusterRole', name: 'reader' },
      rule: GET_PODS,
      subject: 'eks-a',
    });
  });

  test('holds for URLs', () => {
    expect(decide(policy, { verb: 'get', path: '/metrics' })).toMatchObject({ allowed: true, rule: GET_URLS });
  });

  test('gives nothing that its role does not', () => {
    const decision = decide(policy, { ...getPods('team-a'), resource: 'secrets' });

    expect(decision).toEqual({ allowed: false, reason: 'No rule allows get secrets in namespace team-a' });
  });

  test('gives nothing by a role that does not exist', () => {
    expect(decide({ ...policy, clusterRoles: [] }, getPods()).allowed).toBe(false);
  });

  test('gives nothing by a role of a namespace of that name', () => {
    const roles = [{ ...READER, namespace: 'team-a' }];

    expect(decide({ ...policy, clusterRoles: [], roles }, getPods('team-a')).allowed).toBe(false);
  });
});

describe('a role binding', () => {
  const policy = {
    clusterRoles: [READER],
    roleBindings: [{ name: 'readers', namespace: 'team-a', roleRef: CLUSTER_ROLE_REF, subjects: [GROUP] }],
  };

  test('gives a cluster role in its namespace', () => {
    expect(decide(policy, getPods('team-a'))).toEqual({
      allowed: true,
      binding: { kind: 'RoleBinding', name: 'readers', namespace: 'team-a' },
      role: { kind: 'ClusterRole', name: 'reader' },
      rule: GET_PODS,
      subject: 'eks-a',
    });
  });

  test.each([
    ['in another namespace', getPods('team-b')],
    ['in a namespace of another case', getPods('Team-a')],
    ['in all namespaces', getPods()],
    ['in all namespaces, by an empty text', getPods('')],
    ['for the URLs of its role', { verb: 'get', path: '/metrics' }],
  ])('gives nothing %s', (_, request) => {
    expect(decide(policy, request).allowed).toBe(false);
  });

  test('gives the role of its own namespace', () => {
    const roles = [
      { name: 'reader', namespace: 'team-b', rules: [] },
      { name: 'reader', namespace: 'team-a', rules: [GET_PODS] },
    ];
    const roleBindings = [{ name: 'readers', namespace: 'team-a', roleRef: ROLE_REF, subjects: [GROUP] }];

    expect(decide({ roles, roleBindings }, getPods('team-a'))).toEqual({
      allowed: true,
      binding: { kind: 'RoleBinding', name: 'readers', namespace: 'team-a' },
      role: { kind: 'Role', name: 'reader' },
      rule: GET_PODS,
      subject: 'eks-a',
    });
  });

  test('gives nothing by the role of another namespace', () => {
    const roles = [{ name: 'reader', namespace: 'team-b', rules: [GET_PODS] }];
    const roleBindings = [{ name: 'readers', namespace: 'team-a', roleRef: ROLE_REF, subjects: [GROUP] }];

    expect(decide({ roles, roleBindings }, getPods('team-a')).allowed).toBe(false);
    expect(decide({ roles, roleBindings }, getPods('team-b')).allowed).toBe(false);
  });

  test('gives nothing if only a cluster role has the name of its role, or the other way round', () => {
    const roleBinding = { name: 'readers', namespace: 'team-a', subjects: [GROUP] };
    const roles = [{ ...READER, namespace: 'team-a' }];

    const byRole = { clusterRoles: [READER], roleBindings: [{ ...roleBinding, roleRef: ROLE_REF }] };
    const byClusterRole = { roles, roleBindings: [{ ...roleBinding, roleRef: CLUSTER_ROLE_REF }] };
    expect(decide(byRole, getPods('team-a')).allowed).toBe(false);
    expect(decide(byClusterRole, getPods('team-a')).allowed).toBe(false);
  });
});

describe('the order', () => {
  test('is cluster role bindings, then role bindings', () => {
    const policy = {
      clusterRoles: [READER],
      clusterRoleBindings: [{ name: 'everywhere', role: 'reader', subjects: [GROUP] }],
      roleBindings: [{ name: 'here', namespace: 'team-a', roleRef: CLUSTER_ROLE_REF, subjects: [GROUP] }],
    };

    expect(decide(policy, getPods('team-a'))).toMatchObject({ binding: { name: 'everywhere' } });
  });

  test('goes on to the next binding, role and rule until one allows it', () => {
    const policy = {
      clusterRoles: [
        { name: 'urls', rules: [GET_URLS] },
        { name: 'both', rules: [GET_URLS, GET_PODS] },
      ],
      clusterRoleBindings: [{ name: 'urls', role: 'urls', subjects: [GROUP] }],
      roleBindings: [
        { name: 'missing', namespace: 'team-a', roleRef: CLUSTER_ROLE_REF, subjects: [GROUP] },
        {
          name: 'both',
          namespace: 'team-a',
          roleRef: { kind: 'ClusterRole', name: 'both' } as const,
          subjects: [GROUP],
        },
      ],
    };

    expect(decide(policy, getPods('team-a'))).toMatchObject({ binding: { name: 'both' }, rule: GET_PODS });
  });
});

describe('a subject', () => {
  test.each<[string, Subject, Requester, boolean]>([
    ['that is the group', GROUP, { user: '', groups: ['x', 'eks-a'] }, true],
    ['that is another group', GROUP, { user: '', groups: ['eks-b'] }, false],
    ['that is the group in another case', GROUP, { user: '', groups: ['EKS-a'] }, false],
    ['that is the group, for a user of that name', GROUP, { user: 'eks-a', groups: [] }, false],
    ['that is the user', { kind: 'User', name: 'ana' }, ANA, true],
    ['that is the user in another case', { kind: 'User', name: 'Ana' }, ANA, false],
    ['that is the user, for a group of that name', { kind: 'User', name: 'eks-a' }, ANA, false],
    ['that is the group * as a wildcard', { kind: 'Group', name: '*' }, ANA, false],
    ['that is system:authenticated, which nobody added', { kind: 'Group', name: 'system:authenticated' }, ANA, false],
  ])('%s', (_, subject, who, expected) => {
    expect(everywhere(subject, who)).toBe(expected);
    expect(inTeamA(subject, who)).toBe(expected);
  });

  test('that is one of several', () => {
    const subjects: readonly Subject[] = [
      { kind: 'Group', name: 'eks-b' },
      { kind: 'User', name: 'ana' },
    ];
    const policy = { clusterRoles: [READER], clusterRoleBindings: [{ name: 'b', role: 'reader', subjects }] };

    expect(decide(policy, getPods())).toMatchObject({ allowed: true, subject: 'ana' });
  });
});

describe('a service account', () => {
  const BOT: Requester = { user: 'system:serviceaccount:team-a:bot', groups: [] };

  test.each<[string, Subject, Requester, boolean]>([
    ['matches its user name', { kind: 'ServiceAccount', name: 'bot', namespace: 'team-a' }, BOT, true],
    ['of another namespace', { kind: 'ServiceAccount', name: 'bot', namespace: 'team-b' }, BOT, false],
    ['of another name', { kind: 'ServiceAccount', name: 'robot', namespace: 'team-a' }, BOT, false],
    ['is no user of its plain name', { kind: 'ServiceAccount', name: 'ana', namespace: 'team-a' }, ANA, false],
    ['matches a user of its full name', { kind: 'User', name: 'system:serviceaccount:team-a:bot' }, BOT, true],
    ['is no group', { kind: 'Group', name: 'system:serviceaccount:team-a:bot' }, BOT, false],
  ])('%s', (_, subject, who, expected) => {
    expect(everywhere(subject, who)).toBe(expected);
    expect(inTeamA(subject, who)).toBe(expected);
  });

  test.each([undefined, ''])('with the namespace %j is of the namespace of the role binding', (namespace) => {
    expect(inTeamA({ kind: 'ServiceAccount', name: 'bot', namespace }, BOT)).toBe(true);
  });

  test('without a namespace is nobody in a cluster role binding', () => {
    const subject: Subject = { kind: 'ServiceAccount', name: 'bot' };

    expect(everywhere(subject, BOT)).toBe(false);
    expect(everywhere(subject, { user: 'system:serviceaccount::bot', groups: [] })).toBe(false);
    expect(everywhere(subject, { user: 'system:serviceaccount:undefined:bot', groups: [] })).toBe(false);
  });

  test('is named by its user name', () => {
    const subjects: readonly Subject[] = [{ kind: 'ServiceAccount', name: 'bot' }];
    const roleBindings = [{ name: 'b', namespace: 'team-a', roleRef: CLUSTER_ROLE_REF, subjects }];

    expect(decide({ clusterRoles: [READER], roleBindings }, getPods('team-a'), BOT)).toMatchObject({
      subject: 'system:serviceaccount:team-a:bot',
    });
  });
});

describe('an aggregated cluster role', () => {
  test('gives the rules of the roles that it is made of', () => {
    const aggregationRule = { clusterRoleSelectors: [{ matchLabels: { to: 'all' } }] };
    const policy = {
      clusterRoles: [
        { name: 'all', rules: [], aggregationRule },
        { ...READER, labels: { to: 'all' } },
      ],
      clusterRoleBindings: [{ name: 'b', role: 'all', subjects: [GROUP] }],
    };

    expect(decide(policy, getPods())).toMatchObject({ role: { name: 'all' }, rule: GET_PODS });
  });
});

describe('system:masters', () => {
  const MASTER: Requester = { user: 'ana', groups: ['eks-a', 'system:masters'] };

  test('may do everything on resources without a binding', () => {
    expect(decide({}, { ...getPods(), verb: 'delete' }, MASTER)).toEqual({
      allowed: true,
      binding: { kind: 'PrivilegedGroup', name: 'system:masters' },
      role: { kind: 'ClusterRole', name: 'cluster-admin' },
      rule: { verbs: ['*'], apiGroups: ['*'], resources: ['*'] },
      subject: 'system:masters',
    });
  });

  test('may do everything on URLs without a binding', () => {
    expect(decide({}, { verb: 'post', path: '/x' }, MASTER)).toMatchObject({
      allowed: true,
      rule: { verbs: ['*'], nonResourceURLs: ['*'] },
    });
  });

  test('is a group, not a user', () => {
    expect(decide({}, getPods(), { user: 'system:masters', groups: ['system:Masters'] }).allowed).toBe(false);
  });
});

test('nothing is allowed without bindings, and the reason names the request', () => {
  expect(decide({ clusterRoles: [READER] }, { verb: 'get', path: '/metrics' })).toEqual({
    allowed: false,
    reason: 'No rule allows get /metrics',
  });
});
