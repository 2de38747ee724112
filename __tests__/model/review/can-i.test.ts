import { answersOf, canI } from '../../../model/review/can-i';
import type { AccessRequest } from '../../../rbac';
import { accessWith, clusterOf } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const ADMINS = { group: 'eks-admins', role: 'cluster-admin', clusters: '*' };
const GROUPS = { 'eks-admins': {}, 'eks-devs': {}, 'eks-ops': {} };
const READER = { rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }] };

const FILE = {
  groups: GROUPS,
  roles: { reader: READER, local: { ...READER, scope: 'namespace' } },
  clusters: { prod: EKS, test: EKS },
  grants: [
    ADMINS,
    { group: 'eks-devs', role: 'view', clusters: ['prod'], namespaces: ['team-a'] },
    { group: 'eks-ops', role: 'reader', clusters: ['prod'] },
    { group: 'eks-ops', role: 'local', clusters: ['test'], namespaces: ['team-a'] },
    { group: 'eks-devs', role: 'edit', clusters: ['prod'], expires: '2026-06-14' },
  ],
};
const POD = { verb: 'get', apiGroup: '', resource: 'pods', name: 'web' };
const DELETE_SECRET = { verb: 'delete', apiGroup: '', resource: 'secrets', namespace: 'team-a', name: 'tls' };
const EVERYTHING =
  'okta:eks-admins has the ClusterRole cluster-admin (ClusterRoleBinding oidc-cluster-admin, by grants[0])';

const ACCESS = accessWith(FILE);

/** The answer about one group on the cluster prod. */
function ask(group: string, request: AccessRequest, changes: Record<string, unknown> = {}) {
  const access = accessWith({ ...FILE, ...changes });
  return canI(access, { cluster: clusterOf(access, 'prod'), groups: [group], request });
}

describe('canI', () => {
  test('allows what a role on the whole cluster gives, and names the grant', () => {
    expect(ask('eks-ops', { ...POD, namespace: 'any' })).toEqual({
      allowed: true,
      because: 'okta:eks-ops has the ClusterRole reader (ClusterRoleBinding oidc-reader, by grants[2]): get pods',
    });
  });

  test('allows what a role in a namespace gives, only there', () => {
    expect(ask('eks-devs', { ...POD, namespace: 'team-a' })).toEqual({
      allowed: true,
      because: expect.stringMatching(
        /^okta:eks-devs has the ClusterRole view in team-a \(RoleBinding oidc-view, by grants\[1\]\): get, list, watch .*pods/,
      ),
    });
    expect(ask('eks-devs', { ...POD, namespace: 'team-b' })).toEqual({
      allowed: false,
      because: 'No rule allows get pods named "web" in namespace team-b',
    });
    expect(ask('eks-devs', { verb: 'list', apiGroup: '', resource: 'pods' }).allowed).toBe(false);
  });

  test('allows what a role of scope namespace gives, and names the Role', () => {
    const question = { groups: ['eks-ops'], request: { ...POD, namespace: 'team-a' } };

    expect(canI(ACCESS, { ...question, cluster: clusterOf(ACCESS, 'test') })).toEqual({
      allowed: true,
      because: 'okta:eks-ops has the Role local in team-a (RoleBinding oidc-local, by grants[3]): get pods',
    });
  });

  test('denies on a cluster that no grant of the group names', () => {
    const question = { groups: ['eks-devs'], request: { ...POD, namespace: 'team-a' } };

    expect(canI(ACCESS, { ...question, cluster: clusterOf(ACCESS, 'test') }).allowed).toBe(false);
  });

  test('denies what an expired grant would give', () => {
    expect(ask('eks-devs', { ...POD, verb: 'delete', namespace: 'team-a' }).allowed).toBe(false);
  });

  test.each(['EKS-ADMINS', 'eks-admin', 'okta:eks-admins', ''])(
    'denies the group %j: Kubernetes does not ignore case',
    (group) => {
      expect(ask(group, { ...POD, namespace: 'team-a' }).allowed).toBe(false);
    },
  );

  test('uses the prefix of groups, not that of user names', () => {
    const identityProvider = { prefix: { username: 'a:', groups: 'b:' } };

    expect(ask('eks-ops', { ...POD, namespace: 'x' }, { identityProvider }).because).toMatch(/^b:eks-ops has /);
  });

  test('considers all groups of a user together', () => {
    const access = accessWith(FILE);
    const groups = ['eks-devs', 'eks-ops'];

    expect(
      canI(access, { cluster: clusterOf(access, 'prod'), groups, request: { ...POD, namespace: 'any' } }).allowed,
    ).toBe(true);
    expect(
      canI(access, {
        cluster: clusterOf(access, 'prod'),
        groups,
        request: { ...POD, verb: 'list', namespace: 'team-a' },
      }).allowed,
    ).toBe(true);
  });

  test('allows every user what Kubernetes gives to system:authenticated, and names no grant', () => {
    const request = { verb: 'create', apiGroup: 'authorization.k8s.io', resource: 'selfsubjectaccessreviews' };

    expect(canI(ACCESS, { cluster: clusterOf(ACCESS, 'prod'), groups: [], request })).toEqual({
      allowed: true,
      because: expect.stringMatching(
        /^system:authenticated has the ClusterRole system:basic-user \(ClusterRoleBinding system:basic-user\): create .*selfsubjectaccessreviews/,
      ),
    });
  });

  test('answers about URLs', () => {
    expect(ask('eks-devs', { verb: 'get', path: '/healthz' }).allowed).toBe(true);
    expect(ask('eks-devs', { verb: 'get', path: '/metrics' })).toEqual({
      allowed: false,
      because: 'No rule allows get /metrics',
    });
    expect(ask('eks-admins', { verb: 'get', path: '/metrics' })).toEqual({
      allowed: true,
      because: `${EVERYTHING}: any verb on all URLs`,
    });
  });

  test('names every grant that gives a role in a place', () => {
    const access = accessWith(FILE);
    const placements = access.placements.flatMap((placement) =>
      placement.role === 'reader'
        ? [placement, { ...placement, grant: { ...placement.grant, path: 'grants[9]' } }]
        : [placement],
    );

    const answer = canI(
      { ...access, placements },
      { cluster: clusterOf(access, 'prod'), groups: ['eks-ops'], request: { ...POD, namespace: 'x' } },
    );

    expect(answer.because).toContain('(ClusterRoleBinding oidc-reader, by grants[2] and grants[9])');
  });

  test('does not name a grant that gives the role on another cluster', () => {
    const elsewhere = { group: 'eks-ops', role: 'reader', clusters: ['test'] };

    const answer = ask('eks-ops', { ...POD, namespace: 'x' }, { grants: [...FILE.grants, elsewhere] });

    expect(answer.because).toContain('(ClusterRoleBinding oidc-reader, by grants[2])');
  });

  test('uses the Kubernetes version of the cluster', () => {
    const request = { verb: 'get', apiGroup: 'resource.k8s.io', resource: 'resourceclaims', namespace: 'team-a' };
    const allowed = (version: string) =>
      ask('eks-devs', request, { clusters: { prod: { ...EKS, version }, test: EKS } }).allowed;

    expect([allowed('1.33'), allowed('1.34')]).toEqual([false, true]);
  });
});

describe('answersOf', () => {
  test('answers many questions about a cluster', () => {
    const answer = answersOf(ACCESS, clusterOf(ACCESS, 'prod'));

    expect(answer(['eks-admins'], DELETE_SECRET)).toEqual({
      allowed: true,
      because: `${EVERYTHING}: any verb on all resources in all API groups`,
    });
    expect(answer(['eks-ops'], DELETE_SECRET).allowed).toBe(false);
  });
});

describe('a guard', () => {
  const allowed = `${EVERYTHING}: any verb on all resources in all API groups`;
  const because = (guards: Record<string, unknown>, request: Parameters<typeof canI>[1]['request']) =>
    ask('eks-admins', request, { guards }).because;
  const inNamespace = (members: readonly string[]) => ({ namespaces: { 'team-a': members } });

  test('is named if it denies what RBAC allows', () => {
    expect(ask('eks-admins', DELETE_SECRET, { guards: { secretDeletion: ['eks-ops', 'eks-devs'] } })).toEqual({
      allowed: true,
      because: `${allowed}. But the guard secretDeletion allows it only to eks-ops, eks-devs`,
      guard: 'secretDeletion',
    });
  });

  test('denies it to everyone if its list is empty', () => {
    expect(because({ secretDeletion: [] }, { ...DELETE_SECRET, verb: 'deletecollection' })).toBe(
      `${allowed}. But the guard secretDeletion denies it to everyone`,
    );
  });

  test.each(['create', 'update', 'patch', 'delete', 'deletecollection'])('of a namespace denies %s in it', (verb) => {
    const request = { verb, apiGroup: 'apps', resource: 'deployments', namespace: 'team-a' };

    expect(because(inNamespace(['eks-ops']), request)).toBe(
      `${allowed}. But the guard namespaces.team-a allows it only to eks-ops`,
    );
  });

  test.each(['exec', 'attach', 'portforward', 'proxy'])(
    'of a namespace denies %s, which can start with GET',
    (subresource) => {
      const request = { ...POD, subresource, namespace: 'team-a' };

      expect(because(inNamespace(['eks-ops']), request)).toContain(
        '. But the guard namespaces.team-a allows it only to eks-ops',
      );
    },
  );

  test('of a namespace denies changing the namespace itself', () => {
    const request = { verb: 'delete', apiGroup: '', resource: 'namespaces', name: 'team-a' };

    expect(because(inNamespace([]), request)).toContain('. But the guard namespaces.team-a denies it to everyone');
  });

  test.each([
    ['creates a pod in kube-system', { verb: 'create', apiGroup: '', resource: 'pods', namespace: 'kube-system' }],
    ['deletes a lease of a node', { ...POD, verb: 'delete', namespace: 'kube-node-lease' }],
    ['runs a command there', { ...POD, subresource: 'exec', namespace: 'kube-system' }],
    ['patches kube-public', { verb: 'patch', apiGroup: '', resource: 'namespaces', name: 'kube-public' }],
    [
      'creates a token there',
      { ...POD, verb: 'create', resource: 'serviceaccounts', subresource: 'token', namespace: 'kube-system' },
    ],
  ])('of the system namespaces denies whoever %s', (_, request) => {
    expect(because({ systemNamespaces: ['eks-ops'] }, request)).toContain(
      '. But the guard systemNamespaces allows it only to eks-ops',
    );
    expect(because({ systemNamespaces: ['eks-admins'] }, request)).not.toContain('But the guard');
  });

  test('of the cluster overrides that of the file', () => {
    const answer = ask('eks-admins', DELETE_SECRET, {
      guards: { secretDeletion: ['eks-admins'] },
      clusters: { prod: { ...EKS, guards: { secretDeletion: ['eks-ops'] } }, test: EKS },
    });

    expect(answer.because).toContain('. But the guard secretDeletion allows it only to eks-ops');
  });

  test.each<readonly [string, Record<string, unknown>, Parameters<typeof canI>[1]['request']]>([
    ['a group that it exempts', { secretDeletion: ['eks-admins'] }, DELETE_SECRET],
    ['reading a Secret', { secretDeletion: [] }, { ...DELETE_SECRET, verb: 'get' }],
    ['deleting a Pod', { secretDeletion: [] }, { ...DELETE_SECRET, resource: 'pods' }],
    ['a part of a Secret', { secretDeletion: [] }, { ...DELETE_SECRET, subresource: 'status' }],
    ['Secrets of another API group', { secretDeletion: [] }, { ...DELETE_SECRET, apiGroup: 'example.com' }],
    ['reading in a guarded namespace', inNamespace([]), { ...POD, namespace: 'team-a' }],
    ['reading in kube-system', { systemNamespaces: [] }, { ...POD, namespace: 'kube-system' }],
    ['changing default', { systemNamespaces: [] }, { ...DELETE_SECRET, namespace: 'default' }],
    [
      'impersonating in kube-system',
      { systemNamespaces: [] },
      { ...POD, resource: 'serviceaccounts', verb: 'impersonate', namespace: 'kube-system' },
    ],
    ['changing another namespace', inNamespace([]), { ...DELETE_SECRET, namespace: 'team-b' }],
    [
      'a namespace with the name of a property of every object',
      inNamespace([]),
      { ...DELETE_SECRET, namespace: 'constructor' },
    ],
    [
      'deleting a cluster-scoped object',
      inNamespace([]),
      { verb: 'delete', apiGroup: '', resource: 'nodes', name: 'team-a' },
    ],
    ['a URL', { secretDeletion: [], ...inNamespace([]) }, { verb: 'delete', path: '/metrics' }],
  ])('is silent on %s', (_, guards, request) => {
    expect(because(guards, request)).not.toContain('But the guard');
  });

  test('is silent on what RBAC already denies', () => {
    expect(ask('eks-ops', DELETE_SECRET, { guards: { secretDeletion: [] } })).toEqual({
      allowed: false,
      because: 'No rule allows delete secrets named "tls" in namespace team-a',
    });
  });
});

describe('connections to pods', () => {
  const connecting = (verbs: readonly string[], verb: string, version?: string, subresource = 'exec') => {
    // No connection is a patch, which the status of pods needs.
    const resources = [`pods/${subresource}`, ...(verbs.includes('patch') ? ['pods/status'] : [])];
    const role = { rules: [{ apiGroups: [''], resources, verbs }] };
    const prod = { ...EKS, ...(version !== undefined && { version }) };
    return ask(
      'eks-ops',
      { verb, apiGroup: '', resource: 'pods', subresource, namespace: 'team-a' },
      { roles: { reader: role, local: { ...role, scope: 'namespace' } }, clusters: { prod, test: EKS } },
    );
  };
  const denied = 'No rule allows create pods/exec in namespace team-a';
  const allowed =
    'okta:eks-ops has the ClusterRole reader (ClusterRoleBinding oidc-reader, by grants[2]): get pods/exec';

  test.each([
    [
      '1.34',
      `${denied}. But before Kubernetes 1.35, get pods/exec alone is enough to connect over WebSocket, and they may do that`,
    ],
    ['1.35', denied],
    [
      undefined,
      `${denied}. But they may get pods/exec, and the file does not say which version the cluster has: before Kubernetes 1.35, get pods/exec alone is enough to connect over WebSocket`,
    ],
  ])('are denied create on version %s, and get alone is explained', (version, because) => {
    expect(connecting(['get'], 'create', version)).toEqual({ allowed: false, because });
  });

  test.each([
    [
      '1.34',
      `${allowed}. They may not create pods/exec, but before Kubernetes 1.35, get pods/exec alone is enough to connect over WebSocket`,
    ],
    ['1.35', `${allowed}. But from Kubernetes 1.35, a connection needs create pods/exec as well, which they may not`],
    [
      undefined,
      `${allowed}. They may not create pods/exec, which a connection needs from Kubernetes 1.35; before Kubernetes 1.35, get pods/exec alone is enough to connect over WebSocket`,
    ],
  ])('are allowed get alone on version %s, with what it is good for', (version, because) => {
    expect(connecting(['get'], 'get', version)).toEqual({ allowed: true, because });
  });

  test('are allowed create alone, which works over SPDY', () => {
    expect(connecting(['create'], 'create', '1.36').because).toMatch(
      /: create pods\/exec\. Clients that connect over WebSocket only also need get pods\/exec, which they may not$/,
    );
    expect(connecting(['create'], 'get', '1.36')).toEqual({
      allowed: false,
      because:
        'No rule allows get pods/exec in namespace team-a. But they may create pods/exec, which is enough to connect over SPDY',
    });
  });

  test.each(['exec', 'attach', 'portforward'])(
    'need no note if both verbs are allowed, or neither: %s',
    (subresource) => {
      expect(connecting(['get', 'create'], 'create', '1.34', subresource).because).toMatch(
        /: get, create pods\/[a-z]+$/,
      );
      expect(connecting(['patch'], 'create', '1.34', subresource).because).toMatch(/ in namespace team-a$/);
    },
  );

  test.each(['attach', 'portforward'])('follow the same rule for %s', (subresource) => {
    expect(connecting(['get'], 'create', '1.34', subresource).because).toContain(
      `get pods/${subresource} alone is enough`,
    );
  });

  test('have no such rule for other subresources', () => {
    expect(connecting(['get'], 'create', '1.34', 'log').because).toMatch(/ in namespace team-a$/);
  });
});

describe('a role whose rules nobody knows', () => {
  const cluster = clusterOf(ACCESS, 'prod');
  const bindings = cluster.bindings.map((binding) =>
    binding.role.name === 'reader'
      ? { ...binding, role: { ...binding.role, kubernetesName: 'theirs', rules: undefined } }
      : binding,
  );
  const answer = (group: string, request: AccessRequest) =>
    canI(ACCESS, { cluster: { ...cluster, bindings } as typeof cluster, groups: [group], request });

  test('leaves the answer open to the groups that have it', () => {
    expect(answer('eks-ops', POD)).toEqual({
      allowed: null,
      because:
        'Could not check: the file does not know the rules of the ClusterRole theirs, which eks-ops have. No other rule allows get',
    });
    expect(answer('eks-devs', POD).allowed).toBe(false);
  });

  test('leaves no answer open that another role gives', () => {
    expect(answer('eks-ops', { verb: 'get', path: '/healthz' }).allowed).toBe(true);
  });
});

describe('a resource of an add-on', () => {
  const WIDGET = { verb: 'get', apiGroup: 'example.com', resource: 'widgets', namespace: 'team-a' };
  const note =
    '. Add-ons may aggregate rules for example.com into view, edit, and admin, and the group has view: look at the cluster';

  test('is denied with a note to a group with a role that add-ons extend', () => {
    expect(ask('eks-devs', WIDGET)).toEqual({
      allowed: false,
      because: `No rule allows get widgets in example.com in namespace team-a${note}`,
    });
  });

  test('includes the metrics of pods, which metrics-server adds', () => {
    expect(ask('eks-devs', { ...WIDGET, apiGroup: 'metrics.k8s.io', resource: 'pods' }).because).toContain(
      'Add-ons may aggregate rules for metrics.k8s.io',
    );
  });

  test.each<readonly [string, string, AccessRequest]>([
    ['another role', 'eks-ops', WIDGET],
    ['the role in another namespace', 'eks-devs', { ...WIDGET, namespace: 'team-b' }],
    ['the role in a namespace, for the whole cluster', 'eks-devs', { ...WIDGET, namespace: undefined }],
    ['a resource of Kubernetes', 'eks-devs', { ...WIDGET, apiGroup: 'apps', resource: 'deployments', verb: 'delete' }],
  ])('has no note with %s', (_case, group, request) => {
    expect(ask(group, request).because).not.toContain('Add-ons');
  });
});
