import { canI } from '../../model/review/can-i';
import { accessDiff, sensitiveGains } from '../../model/review/diff';
import { explainGroup } from '../../model/review/explain';
import { accessMatrix } from '../../model/review/matrix';
import { pathsOf } from '../../model/review/paths';
import { whoCan } from '../../model/review/who-can';
import { explanationText } from '../../report/explanation-text';
import { proveSynthesized } from '../../sandbox/proof/prove-synthesized';
import { accessWith, clusterOf, problemsWith } from '../access-files';
import { synthesizedAccess } from '../synthesized';

const ACCEPT = { 'unknown-rules': 'the Argo team reviews them' };
const RULES = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
const GET_SECRETS = { verb: 'get', apiGroup: '', resource: 'secrets' };

function granting(role: Record<string, unknown>, name = 'argo-viewer') {
  return accessWith({
    groups: { 'eks-admins': {}, 'eks-argo': {} },
    roles: { [name]: role },
    grants: [
      { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
      { group: 'eks-argo', role: name, clusters: '*', namespaces: ['argo'] },
    ],
  });
}

const EXISTING = granting({ existing: true, accept: ACCEPT });

describe('a role that somebody else makes', () => {
  test('is bound and not created', () => {
    const { kubernetes_cluster_role_v1, kubernetes_role_binding_v1 = {} } =
      synthesizedAccess(EXISTING)['rbac-prod']?.resource ?? {};

    expect(kubernetes_cluster_role_v1).toBeUndefined();
    expect(
      Object.values(kubernetes_role_binding_v1).map(({ metadata, role_ref }) => [metadata.name, role_ref]),
    ).toEqual([
      ['oidc-argo-viewer', { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'argo-viewer' }],
    ]);
  });

  test('cannot be checked by can-i, unless another role decides', () => {
    const ask = (groups: readonly string[], namespace: string) =>
      canI(EXISTING, { cluster: clusterOf(EXISTING, 'prod'), groups, request: { ...GET_SECRETS, namespace } }).allowed;

    expect(ask(['eks-argo'], 'argo')).toBeNull();
    expect(ask(['eks-argo'], 'other')).toBe(false);
    expect(ask(['eks-argo', 'eks-admins'], 'argo')).toBe(true);
  });

  test('is unknown-rules in the matrix and in explain', () => {
    const row = accessMatrix(EXISTING).find(({ name }) => name === 'eks-argo');

    expect(row).toMatchObject({
      role: 'argo-viewer',
      sensitive: ['unknown-rules'],
      becomes: [{ to: 'whatever argo-viewer allows in argo', certain: false }],
    });
    expect(explanationText(explainGroup(EXISTING, 'eks-argo'))).toContain(
      'argo-viewer on prod allows:\n  unknown\n  note: somebody else makes the role',
    );
  });

  test('leads by an uncertain path to whatever it allows', () => {
    expect(pathsOf(EXISTING).filter(({ from }) => from.name === 'eks-argo')).toEqual([
      {
        from: { kind: 'group', name: 'eks-argo' },
        cluster: 'prod',
        to: 'whatever argo-viewer allows in argo',
        certain: false,
        steps: [
          {
            permission: 'the ClusterRole argo-viewer in argo',
            does: 'has rules that the file does not know',
            gives: 'whatever argo-viewer allows in argo',
            certain: false,
          },
        ],
      },
    ]);
  });

  test('is listed by who-can as one that may allow it, in its namespace only', () => {
    const rows = (namespace: string) =>
      whoCan(EXISTING, [clusterOf(EXISTING, 'prod')], { ...GET_SECRETS, namespace }).filter(
        ({ name }) => name === 'eks-argo',
      );

    expect(rows('argo')).toEqual([expect.objectContaining({ role: 'argo-viewer', unknownRules: true, objects: null })]);
    expect(rows('other')).toEqual([]);
  });

  test('is a gain of unknown rules if it is granted', () => {
    const before = accessWith({ groups: { 'eks-admins': {}, 'eks-argo': {} } });
    const diff = accessDiff(before, EXISTING);

    expect(diff.gains.map(({ group, role, sensitive }) => [group, role, sensitive])).toEqual([
      ['eks-argo', 'argo-viewer', ['unknown-rules']],
    ]);
    expect(sensitiveGains(before, EXISTING, diff)).toEqual(['unknown-rules']);
  });

  test('widens if the file defined it before, and loses nothing that anybody knows', () => {
    const before = granting({ rules: RULES });
    const { gains, losses, changes } = accessDiff(before, EXISTING);

    expect([gains, losses]).toEqual([[], []]);
    expect(changes.map(({ path, effect }) => [path, effect])).toContainEqual(['roles.argo-viewer.existing', 'widens']);
    expect(accessDiff(EXISTING, before).changes.map(({ path, effect }) => [path, effect])).toContainEqual([
      'roles.argo-viewer.existing',
      'replaces',
    ]);
  });

  test('has known rules if Kubernetes itself has it', () => {
    const access = granting({ existing: true }, 'system:node');
    const ask = (resource: string) =>
      canI(access, {
        cluster: clusterOf(access, 'prod'),
        groups: ['eks-argo'],
        request: { verb: 'get', apiGroup: '', resource, namespace: 'argo' },
      }).allowed;

    expect([ask('pods'), ask('resourcequotas')]).toEqual([true, false]);
  });

  test('differs in no answer from the proof of its stacks', async () => {
    expect((await proveSynthesized(EXISTING, synthesizedAccess(EXISTING))).differences).toEqual([]);
  });

  test('fails with the name of a role that a grant can name without it', () => {
    const [problem] = problemsWith({ roles: { view: { existing: true } } });

    expect(problem).toMatchObject({
      path: 'roles.view',
      check: 'role-names',
      fix: 'Remove the role: a grant can name it without it.',
    });
  });
});
