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

/** The answer to a question of one group about the cluster prod. */
function ask(group: string, request: AccessRequest, changes: Record<string, unknown> = {}) {
  const access = accessWith({ ...FILE, ...changes });
  return canI(access, { cluster: clusterOf(access, 'prod'), groups: [group], request });
}

describe('canI', () => {
  test('allows what a role on the whole cluster gives, and names the line of the file', () => {
    expect(ask('eks-ops', { ...POD, namespace: 'any' })).toEqual({
      allowed: true,
      because: 'okta:eks-ops has the ClusterRole reader (ClusterRoleBinding oidc-reader, by grants[2]): get pods',
    });
  });

  test('allows what a role in a namespace gives, there only', () => {
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

  test('allows what a role of scope namespace gives, as the Role that it is', () => {
    const question = { groups: ['eks-ops'], request: { ...POD, namespace: 'team-a' } };

    expect(canI(ACCESS, { ...question, cluster: clusterOf(ACCESS, 'test') })).toEqual({
      allowed: true,
      because: 'okta:eks-ops has the Role local in team-a (RoleBinding oidc-local, by grants[3]): get pods',
    });
  });

  test('refuses on a cluster that no grant of the group reaches', () => {
    const question = { groups: ['eks-devs'], request: { ...POD, namespace: 'team-a' } };

    expect(canI(ACCESS, { ...question, cluster: clusterOf(ACCESS, 'test') }).allowed).toBe(false);
  });

  test('refuses what an expired grant would give', () => {
    expect(ask('eks-devs', { ...POD, verb: 'delete', namespace: 'team-a' }).allowed).toBe(false);
  });

  test.each(['EKS-ADMINS', 'eks-admin', 'okta:eks-admins', ''])(
    'refuses the group %j: Kubernetes compares case',
    (group) => {
      expect(ask(group, { ...POD, namespace: 'team-a' }).allowed).toBe(false);
    },
  );

  test('takes the prefix of groups, not that of user names', () => {
    const identityProvider = { prefix: { username: 'a:', groups: 'b:' } };

    expect(ask('eks-ops', { ...POD, namespace: 'x' }, { identityProvider }).because).toMatch(/^b:eks-ops has /);
  });

  test('asks for all groups of a person together', () => {
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

  test('allows everyone who is signed in what Kubernetes gives to system:authenticated, by no line of the file', () => {
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

  test('names every line that gives a role in a place', () => {
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

  test('does not name a line that gives the role on another cluster', () => {
    const elsewhere = { group: 'eks-ops', role: 'reader', clusters: ['test'] };

    const answer = ask('eks-ops', { ...POD, namespace: 'x' }, { grants: [...FILE.grants, elsewhere] });

    expect(answer.because).toContain('(ClusterRoleBinding oidc-reader, by grants[2])');
  });

  test('takes the Kubernetes version of the cluster', () => {
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

  test('is named where it refuses what RBAC allows', () => {
    expect(ask('eks-admins', DELETE_SECRET, { guards: { secretDeletion: ['eks-ops', 'eks-devs'] } })).toEqual({
      allowed: true,
      because: `${allowed}. But the guard secretDeletion refuses it to all but eks-ops, eks-devs`,
    });
  });

  test('refuses it to all where its list is empty', () => {
    expect(because({ secretDeletion: [] }, { ...DELETE_SECRET, verb: 'deletecollection' })).toBe(
      `${allowed}. But the guard secretDeletion refuses it to all but nobody`,
    );
  });

  test.each(['create', 'update', 'patch', 'delete', 'deletecollection'])(
    'of a namespace refuses to %s in it',
    (verb) => {
      const request = { verb, apiGroup: 'apps', resource: 'deployments', namespace: 'team-a' };

      expect(because(inNamespace(['eks-ops']), request)).toBe(
        `${allowed}. But the guard namespaces.team-a refuses it to all but eks-ops`,
      );
    },
  );

  test.each(['exec', 'attach', 'portforward', 'proxy'])(
    'of a namespace refuses %s, which can start with GET',
    (subresource) => {
      const request = { ...POD, subresource, namespace: 'team-a' };

      expect(because(inNamespace(['eks-ops']), request)).toContain('. But the guard namespaces.team-a refuses');
    },
  );

  test('of a namespace refuses to change the namespace itself', () => {
    const request = { verb: 'delete', apiGroup: '', resource: 'namespaces', name: 'team-a' };

    expect(because(inNamespace([]), request)).toContain(
      '. But the guard namespaces.team-a refuses it to all but nobody',
    );
  });

  test("is the cluster's own over that of the file", () => {
    const answer = ask('eks-admins', DELETE_SECRET, {
      guards: { secretDeletion: ['eks-admins'] },
      clusters: { prod: { ...EKS, guards: { secretDeletion: ['eks-ops'] } }, test: EKS },
    });

    expect(answer.because).toContain('. But the guard secretDeletion refuses it to all but eks-ops');
  });

  test.each<readonly [string, Record<string, unknown>, Parameters<typeof canI>[1]['request']]>([
    ['a group that it spares', { secretDeletion: ['eks-admins'] }, DELETE_SECRET],
    ['reading a Secret', { secretDeletion: [] }, { ...DELETE_SECRET, verb: 'get' }],
    ['deleting a Pod', { secretDeletion: [] }, { ...DELETE_SECRET, resource: 'pods' }],
    ['a part of a Secret', { secretDeletion: [] }, { ...DELETE_SECRET, subresource: 'status' }],
    ['Secrets of another API group', { secretDeletion: [] }, { ...DELETE_SECRET, apiGroup: 'example.com' }],
    ['reading in a guarded namespace', inNamespace([]), { ...POD, namespace: 'team-a' }],
    ['changing another namespace', inNamespace([]), { ...DELETE_SECRET, namespace: 'team-b' }],
    ['a namespace named like a part of every object', inNamespace([]), { ...DELETE_SECRET, namespace: 'constructor' }],
    [
      'deleting what is in no namespace',
      inNamespace([]),
      { verb: 'delete', apiGroup: '', resource: 'nodes', name: 'team-a' },
    ],
    ['a URL', { secretDeletion: [], ...inNamespace([]) }, { verb: 'delete', path: '/metrics' }],
  ])('is silent on %s', (_, guards, request) => {
    expect(because(guards, request)).not.toContain('But the guard');
  });

  test('is silent on what RBAC refuses already', () => {
    expect(ask('eks-ops', DELETE_SECRET, { guards: { secretDeletion: [] } })).toEqual({
      allowed: false,
      because: 'No rule allows delete secrets named "tls" in namespace team-a',
    });
  });
});
