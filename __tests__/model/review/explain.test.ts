import { explainGroup, explainLogin, membershipsOf } from '../../../model/review/explain';
import { SENSITIVE_PERMISSIONS } from '../../../rbac/sensitive-permissions';
import { accessWith } from '../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const access = accessWith({
  groups: {
    'eks-admins': { logins: ['ben@example.com', 'ana@example.com'] },
    'eks ops': { logins: ['Ana@Example.com'] },
    'eks-rule': { rule: 'true' },
  },
  groupsClaim: { startsWith: 'eks' },
  clusters: { test: EKS, prod: EKS },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks ops', role: 'view', clusters: ['prod'], namespaces: ['b', 'a'], expires: '2026-12-31' },
    { group: 'eks ops', role: 'edit', clusters: ['prod'], expires: '2026-06-14' },
    { group: 'eks-rule', role: 'secret-reader', clusters: ['test'] },
  ],
});

const admin = (cluster: string, membership: string | null) => ({
  group: 'eks-admins',
  cluster,
  namespace: null,
  role: 'cluster-admin',
  sensitive: SENSITIVE_PERMISSIONS,
  binding: 'oidc-cluster-admin',
  grant: 'grants[0]',
  expires: null,
  allows: [{ verbs: ['*'], things: ['all URLs', 'all resources'] }],
  notes: [],
  membership,
});
const viewer = (namespace: string, membership: string | null) => ({
  group: 'eks ops',
  cluster: 'prod',
  namespace,
  role: 'view',
  sensitive: [],
  binding: 'oidc-view',
  grant: 'grants[1]',
  expires: '2026-12-31',
  allows: [{ verbs: ['get', 'list', 'watch'], things: expect.arrayContaining(['deployments.apps/scale', 'pods/log']) }],
  notes: ['add-ons may aggregate rules for their own resources into view'],
  membership,
});

describe('explainGroup', () => {
  test('lists each role in each place with its grant', () => {
    expect(explainGroup(access, 'eks-admins')).toEqual([admin('prod', null), admin('test', null)]);
    expect(explainGroup(access, 'eks ops')).toEqual([viewer('b', null), viewer('a', null)]);
  });

  test.each(['eks-nobody', 'EKS-ADMINS', 'toString'])('is empty for %s', (group) => {
    expect(explainGroup(access, group)).toEqual([]);
  });
});

describe('explainLogin', () => {
  test('lists the roles that a user has through each group, with the path of the login, ignoring case', () => {
    expect(explainLogin(access, 'ANA@example.com')).toEqual([
      admin('prod', 'groups.eks-admins.logins[1]'),
      admin('test', 'groups.eks-admins.logins[1]'),
      viewer('b', 'groups["eks ops"].logins[0]'),
      viewer('a', 'groups["eks ops"].logins[0]'),
    ]);
  });

  test('is empty for a user that no group lists', () => {
    expect(explainLogin(access, 'eve@example.com')).toEqual([]);
  });
});

describe('membershipsOf', () => {
  test('are the groups that list a login', () => {
    expect(membershipsOf(access, 'ben@example.com')).toEqual([
      { group: 'eks-admins', membership: 'groups.eks-admins.logins[0]' },
    ]);
    expect(membershipsOf(access, 'ben@example.co')).toEqual([]);
  });
});

describe('the notes about a role', () => {
  const notes = (version: string | undefined, verbs: readonly string[]) => {
    const prod = { ...EKS, ...(version !== undefined && { version }) };
    const file = accessWith({
      clusters: { prod },
      roles: { shell: { rules: [{ apiGroups: [''], resources: ['pods/exec'], verbs }] } },
      groups: { 'eks-admins': {}, 'eks-ops': {} },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
        { group: 'eks-ops', role: 'shell', clusters: '*' },
      ],
    });
    return explainGroup(file, 'eks-ops')[0]?.notes;
  };

  test.each([
    ['1.34', 'get pods/exec without create connects over WebSocket before Kubernetes 1.35'],
    ['1.35', 'get pods/exec without create does not connect from Kubernetes 1.35'],
    [undefined, 'get pods/exec without create connects over WebSocket if the cluster is older than Kubernetes 1.35'],
  ])('say what get alone is good for on version %s', (version, note) => {
    expect(notes(version, ['get'])).toEqual([note]);
  });

  test.each([[['get', 'create']], [['create']], [['*']]])('are none with the verbs %j', (verbs) => {
    expect(notes('1.34', verbs)).toEqual([]);
  });
});
