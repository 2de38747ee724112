import { builtInRoles, effectiveRules } from '../../../../rbac';
import type { SeenBinding } from '../../../../sign-in/doctor/api-server-answers';
import { accessWith } from '../../../access-files';
import { lineOf } from '../context-with';

const access = accessWith({
  groups: { 'eks-admins': {}, 'eks-developers': {}, 'eks-others': {} },
  roles: {
    logs: { rules: [{ apiGroups: [''], resources: ['pods/log'], verbs: ['get'] }] },
    theirs: { existing: true },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-developers', role: 'logs', clusters: ['prod'], namespaces: ['shop'] },
    { group: 'eks-developers', role: 'view', clusters: ['prod'], namespaces: ['shop'] },
    { group: 'eks-others', role: 'theirs', clusters: ['prod'] },
  ],
});
const token = (...groups: string[]) => ({ groups });
const subject = (name: string) => ({ kind: 'Group', name });
const binding = (role: string, ...subjects: string[]): SeenBinding => ({
  ...{
    metadata: { name: `oidc-${role}` },
    roleRef: { kind: 'ClusterRole', name: role },
    subjects: subjects.map(subject),
  },
});

describe('rbac-bindings', () => {
  const line = (...found: SeenBinding[]) =>
    lineOf('rbac-bindings', { access, token: token('eks-admins'), apiServer: { bindingsIn: async () => found } });

  test.each([
    ['the binding', [binding('cluster-admin', 'okta:eks-admins')], 'ok: 1 as in the access file'],
    [
      'a binding of another name, for the same role',
      [{ ...binding('cluster-admin', 'okta:eks-admins'), metadata: { name: 'other' } }],
      'ok: 1 as in the access file',
    ],
    ['none', [], 'problem: The cluster has no binding oidc-cluster-admin for okta:eks-admins.'],
    [
      'a subject without prefix',
      [binding('cluster-admin', 'eks-admins')],
      'problem: The binding oidc-cluster-admin has the subjects eks-admins, without okta:eks-admins. eks-admins is another group for Kubernetes.',
    ],
    [
      'a subject of another kind',
      [{ ...binding('cluster-admin'), subjects: [{ kind: 'User', name: 'okta:eks-admins' }] }],
      /^problem: The binding oidc-cluster-admin has the subjects okta:eks-admins, without okta:eks-admins\./,
    ],
    [
      'another role',
      [{ ...binding('view', 'okta:eks-admins'), metadata: { name: 'oidc-cluster-admin' } }],
      'problem: The binding oidc-cluster-admin is for the role view, and should be for cluster-admin.',
    ],
  ])('%s', async (_, found, text) => {
    expect(await line(...found)).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  test('could not check for somebody without a group of the cluster', async () => {
    expect(await lineOf('rbac-bindings', { access, token: token('other') })).toBe(
      'could not check: No group of the token has a role on the cluster (see token-granted-group).',
    );
  });
});

describe('rbac-rules', () => {
  const LOGS = { apiGroups: [''], resources: ['pods/log'], verbs: ['get'] };
  /** Without the rule for the logs of pods, which is in another rule of the role. */
  const VIEW = effectiveRules(builtInRoles('1.34').clusterRoles, 'view').filter(
    ({ resources = [] }) => !resources.includes('pods/log'),
  );
  const PODS = { apiGroups: [''], resources: ['pods'], verbs: ['get', 'list', 'watch'] };
  const line = (rules: readonly object[], allowed: boolean, group = 'eks-developers') =>
    lineOf('rbac-rules', {
      ...{ access, token: token(group) },
      apiServer: {
        kubernetes: async () => ({ text: 'v1.34.4', minor: 34 }),
        rulesIn: async () => ({ rules: rules as never, incomplete: '' }),
        allows: async () => allowed,
      },
    });

  test('is ok where the rules cover the roles, and where the answers about single requests do', async () => {
    expect(await line([{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }], false)).toBe(
      'ok: logs in shop, view in shop',
    );
    expect(await line([], true)).toBe('ok: logs in shop, view in shop');
  });

  test('finds a role of the file that is missing', async () => {
    expect(await line([...VIEW, PODS], false)).toBe(
      'problem: grants[1] gives eks-developers logs in shop, and the API server does not allow get pods/log.',
    );
  });

  test('finds a Kubernetes role that is missing as a whole, but not one that differs a little', async () => {
    expect(await line([LOGS], false)).toMatch(/^problem: grants\[2\] gives eks-developers view in shop, /);
    expect(await line([LOGS, ...VIEW.slice(1)], false)).toBe('ok: logs in shop, view in shop');
  });

  test('could not check a role that somebody else defines', async () => {
    expect(await line([], false, 'eks-others')).toBe(
      'could not check: Nobody knows what the role theirs allows: somebody else defines it.',
    );
  });
});
