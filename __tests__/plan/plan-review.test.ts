import { isGravePlan, planReview } from '../../plan/plan-review';
import { change, planByHand, plansOf } from './plans';

const review = (name: string) => planReview(plansOf(name));
const row = ({
  group,
  role,
  namespace,
  who,
}: {
  group: string;
  role: string;
  namespace: string | null;
  who?: string;
}) => [who ?? group, group, role, namespace].join(' ');
const byHand = (stack: string, ...changes: unknown[]) => planReview([planByHand(stack, { resource_changes: changes })]);
const binding = (role: string, ...groups: string[]) => ({
  metadata: [{ name: `oidc-${role}` }],
  role_ref: [{ kind: 'ClusterRole', name: role }],
  subject: groups.map((name) => ({ kind: 'Group', name })),
});

describe('a review of plans', () => {
  test('tells a cluster that is replaced, with its price, and what has to be planned again', () => {
    const { consequences, later } = review('role-name');

    expect(consequences.find(({ kind }) => kind === 'cluster')).toEqual({
      stack: 'cluster-one',
      address: 'aws_eks_cluster.Cluster_EB0386A7',
      kind: 'cluster',
      name: 'one',
      action: 'replace',
      because: ['role_arn changes'],
      effect: 'replaces',
      what: 'Terraform destroys the cluster with everything that runs on it, and creates a new one, without bindings and guards until their stacks are applied again',
    });
    expect(later).toEqual([
      {
        stack: 'rbac-one',
        after: 'cluster-one',
        effect: 'replaces',
        what: 'It is planned on the cluster that cluster-one destroys: plan it again',
      },
    ]);
    expect(isGravePlan(review('role-name'))).toBe(true);
  });

  test('finds nothing in plans without changes', () => {
    const { consequences, access, later, unknown } = review('same');

    expect({ consequences, later, unknown }).toEqual({ consequences: [], later: [], unknown: [] });
    expect([...access.gains, ...access.losses, ...access.joins, ...access.leaves]).toEqual([]);
    expect(isGravePlan(review('same'))).toBe(false);
  });

  test('tells who gains and loses what, with logins instead of ids', () => {
    const { access } = review('access');

    expect(access.gains.map(row)).toEqual(
      expect.arrayContaining([
        'eva@example.com eks-admins cluster-admin ',
        'eks-viewers eks-viewers edit shop',
        'eks-auditors eks-auditors view ',
      ]),
    );
    expect(access.gains).toHaveLength(5);
    expect(access.losses.map(row)).toEqual(expect.arrayContaining(['ben@example.com eks-viewers pod-reader ']));
    expect(access.losses).toHaveLength(2);
    expect(access.sensitive).toEqual(expect.arrayContaining(['read-secrets', 'wildcards']));
    expect(isGravePlan(review('access'))).toBe(true);
  });

  test('lists what is only known after apply', () => {
    expect(review('access').unknown.map(({ address, argument }) => `${address.split('.')[0]} ${argument}`)).toEqual([
      'okta_app_group_assignments group',
      'okta_group_memberships group_id',
    ]);
  });

  // On a world that was applied, except where Terraform does the same without a refresh.
  test.each([
    ['applied/no-changes', [], false],
    ['applied/group-removed', ['destroy group eks-viewers'], true],
    ['applied/group-renamed', ['update group eks-admins → eks-chiefs', 'update group eks-developers → eks-devs'], true],
    ['applied/last-guard', [], true],
    ['applied/absent-eks', ['destroy cluster two', 'destroy association two', 'destroy namespace shop'], true],
    ['applied/absent-existing', ['destroy association old', 'destroy namespace shop'], true],
    ['applied/role-name-replaceable', ['replace cluster two', 'replace association two'], true],
    ['applied/hand-over-cluster', ['forget cluster two'], false],
    ['applied/hand-over-group', ['forget group eks-admins', 'forget group eks-developers'], false],
    ['applied/hand-over-namespace', ['forget namespace shop'], false],
    ['applied/region', ['create cluster two', 'create association two'], true],
    ['applied/left-out', ['destroy app two'], true],
    ['applied/put-back', ['create app two'], true],
    ['applied/put-back-after-okta', ['replace association two'], true],
    ['namespace', ['destroy namespace shop'], true],
    ['app', ['create app Shop', 'destroy app one'], true],
    ['role-name', ['replace cluster one', 'replace association one'], true],
    ['same', [], false],
  ])('tells what %s does to what people sign in with: %j', (name, expected, isGrave) => {
    const kinds = ['cluster', 'association', 'app', 'authorization server', 'namespace', 'group'];
    const told = review(name).consequences.filter(({ kind }) => kinds.includes(kind));

    expect(told.map(({ action, kind, name: object }) => `${action} ${kind} ${object}`)).toEqual(expected);
    expect(isGravePlan(review(name))).toBe(isGrave);
  });

  test('takes no access from a group that is renamed', () => {
    const { gains, losses, joins, leaves } = review('applied/group-renamed').access;

    expect([...gains, ...losses, ...joins, ...leaves]).toEqual([]);
  });

  test('tells the access that a removed group loses', () => {
    expect(review('applied/group-removed').access.losses.map(row)).toEqual(['eks-viewers eks-viewers pod-reader ']);
  });

  test('tells the access that groups lose with a cluster', () => {
    const { access, later } = review('applied/absent-eks');

    expect(access.losses.map(row)).toEqual([
      'eks-admins eks-admins cluster-admin ',
      'eks-viewers eks-viewers pod-reader ',
      'eks-viewers eks-viewers developer-restricted shop',
      'eks-developers eks-developers edit shop',
    ]);
    expect(access.gains).toEqual([]);
    expect(access.people).toEqual([
      { group: 'eks-admins', people: [] },
      { group: 'eks-developers', people: [] },
      { group: 'eks-viewers', people: [] },
    ]);
    // The stack of the bindings is empty before its cluster goes.
    expect(later).toEqual([]);
    expect(planReview(plansOf('applied/hand-over-group')).access.losses).toEqual([]);
  });

  test('takes nothing that providers read otherwise after an apply for a change by hand', () => {
    const { consequences, byHand } = review('applied/no-changes');

    expect([consequences, byHand.consequences, byHand.access.gains, byHand.access.losses]).toEqual([[], [], [], []]);
  });

  test('tells a binding that was changed by hand, and that the apply takes it back', () => {
    const { access, byHand } = review('applied/drift-binding');

    expect(byHand.access.gains.map(row)).toEqual(['eks-developers eks-developers pod-reader ']);
    expect(byHand.access.losses.map(row)).toEqual(['eks-viewers eks-viewers pod-reader ']);
    expect(access.gains.map(row)).toEqual(['eks-viewers eks-viewers pod-reader ']);
    expect(access.losses.map(row)).toEqual(['eks-developers eks-developers pod-reader ']);
  });

  test('tells a cluster that is made while another one vanishes from view', () => {
    const { consequences, byHand } = review('applied/region');

    expect(consequences.filter(({ kind }) => kind === 'cluster')).toEqual([
      expect.objectContaining({
        action: 'create',
        name: 'two',
        effect: 'moves',
        what: 'The one of the last apply is no longer found with this region, account, or organization. Terraform creates another one. If the old one still exists, it goes on without Terraform',
      }),
    ]);
    expect(byHand.consequences.find(({ kind }) => kind === 'cluster')?.what).toBe(
      'Somebody has deleted it, or the region, the account, or the organization is another one',
    );
  });

  test('tells that a cluster that is put back trusts the client ID of an app that is lost', () => {
    expect(review('applied/put-back').later).toEqual([
      {
        stack: 'cluster-two',
        after: 'okta',
        effect: 'replaces',
        what: 'It was applied with an older client_id_two, and okta creates a new one: the next plan replaces its association, and sign-in to the cluster is unavailable for 20 minutes or more',
      },
    ]);
  });

  describe('written by hand', () => {
    const mayNot = (reviewed: ReturnType<typeof planReview>) => isGravePlan(reviewed);

    test.each([
      ['aws_eks_cluster', 'cluster'],
      ['aws_eks_identity_provider_config', 'association'],
      ['okta_app_oauth', 'app'],
      ['okta_auth_server', 'authorization server'],
      ['kubernetes_namespace_v1', 'namespace'],
      ['okta_group', 'group'],
    ])('a destroyed or replaced %s is a finding', (type, kind) => {
      for (const actions of [['delete'], ['delete', 'create'], ['create', 'delete']]) {
        const reviewed = byHand('x', change(type, actions, { name: 'a' }, actions.length > 1 ? { name: 'a' } : null));

        expect(reviewed.consequences.map((one) => [one.kind, one.effect])).toEqual([[kind, 'replaces']]);
        expect(mayNot(reviewed)).toBe(true);
      }
    });

    test('a forgotten cluster is told, and is no finding', () => {
      const reviewed = byHand('cluster-one', change('aws_eks_cluster', ['forget'], { name: 'one' }, null));

      expect(reviewed.consequences.map(({ what }) => what)).toEqual([
        'It stays as it is, and Terraform no longer manages it',
      ]);
      expect(mayNot(reviewed)).toBe(false);
    });

    test('a forgotten binding takes no access', () => {
      const forgotten = change('kubernetes_cluster_role_binding_v1', ['forget'], binding('view', 'okta:a'), null);

      expect(byHand('rbac-one', forgotten).access.losses).toEqual([]);
    });

    test('a cluster that is made while another vanishes from view is a finding', () => {
      const made = planByHand('cluster-one', {
        resource_drift: [change('aws_eks_cluster', ['delete'], { name: 'one' }, null)],
        resource_changes: [change('aws_eks_cluster', ['create'], null, { name: 'one' })],
      });
      const { consequences } = planReview([made]);

      expect(consequences.map(({ effect }) => effect)).toEqual(['moves']);
    });

    test('a renamed group keeps its access, and is told', () => {
      const okta = planByHand('okta', {
        resource_changes: [change('okta_group', ['update'], { id: '1', name: 'old' }, { id: '1', name: 'new' })],
      });
      const rbac = planByHand('rbac-one', {
        resource_changes: [
          change(
            'kubernetes_cluster_role_binding_v1',
            ['update'],
            binding('cluster-admin', 'okta:old'),
            binding('cluster-admin', 'okta:new'),
          ),
        ],
      });
      const { access, consequences } = planReview([okta, rbac]);

      expect([...access.gains, ...access.losses]).toEqual([]);
      expect(consequences[0]?.what).toContain(
        'Until the bindings of the clusters have the new name too, the group has no',
      );
      // Without the rename, the whole group changes.
      expect(planReview([rbac]).access.gains.map(row)).toEqual(['new new cluster-admin ']);
    });

    test('a client ID that is new says nothing about a cluster without an association', () => {
      const okta = planByHand('okta', { output_changes: { client_id_one: { actions: ['create'] } } });
      const resources = [
        {
          address: 'aws_eks_identity_provider_config.x',
          expressions: {
            oidc: [{ client_id: { references: ['data.terraform_remote_state.okta.outputs.client_id_one'] } }],
          },
        },
      ];
      const cluster = planByHand('cluster-one', { configuration: { root_module: { resources } } });

      expect(planReview([okta, cluster]).later).toEqual([]);
    });

    test('a client ID that changes replaces the association of a cluster later', () => {
      const okta = planByHand('okta', { output_changes: { client_id_one: { actions: ['update'] } } });
      const association = { cluster_name: 'one' };
      const cluster = planByHand('cluster-one', {
        resource_changes: [change('aws_eks_identity_provider_config', ['no-op'], association, association)],
        configuration: {
          root_module: {
            resources: [
              {
                address: 'aws_eks_identity_provider_config.x',
                expressions: {
                  oidc: [{ client_id: { references: ['data.terraform_remote_state.okta.outputs.client_id_one'] } }],
                },
              },
            ],
          },
        },
      });
      const reviewed = planReview([okta, cluster]);

      expect(reviewed.later.map(({ stack, after, effect }) => [stack, after, effect])).toEqual([
        ['cluster-one', 'okta', 'replaces'],
      ]);
      expect(mayNot(reviewed)).toBe(true);
      expect(planReview([cluster]).later).toEqual([]);
    });

    test('a member who was added by hand is told, and that the next apply removes them', () => {
      const [now, last] = [
        { group_id: '1', users: ['u1', 'u2'] },
        { group_id: '1', users: ['u1'] },
      ];
      const okta = planByHand('okta', {
        prior_state: {
          values: {
            root_module: {
              resources: [
                { address: 'data.okta_user.x', mode: 'data', type: 'okta_user', values: { id: 'u2', login: 'eva' } },
                { address: 'data.okta_group.x', mode: 'data', type: 'okta_group', values: { id: '1', name: 'ops' } },
              ],
            },
          },
        },
        resource_drift: [change('okta_group_memberships', ['update'], last, now)],
        resource_changes: [change('okta_group_memberships', ['update'], now, last)],
      });
      const { access, byHand } = planReview([okta]);

      expect(byHand.access.joins).toEqual([{ group: 'ops', who: 'eva' }]);
      expect(access.leaves).toEqual([{ group: 'ops', who: 'eva' }]);
    });

    test.each([
      [
        'aws_cloudwatch_metric_alarm',
        { alarm_name: 'a', tags: { team: 'a' } },
        { alarm_name: 'a', tags: { team: 'b' } },
      ],
      [
        'kubernetes_network_policy_v1',
        { metadata: [{ name: 'a', labels: { team: 'a' } }], spec: [{ ingress: [{ from: [] }] }] },
        { metadata: [{ name: 'a', labels: { team: 'b' } }], spec: [{ ingress: [{ from: [] }] }] },
      ],
      [
        'kubernetes_resource_quota_v1',
        { metadata: [{ name: 'a', labels: { team: 'a' } }], spec: [{ hard: { pods: '1' } }] },
        { metadata: [{ name: 'a', labels: { team: 'b' } }], spec: [{ hard: { pods: '1' } }] },
      ],
    ])('other tags and labels of %s change no access', (type, before, after) => {
      const reviewed = byHand('x', change(type, ['update'], before, after));

      expect(reviewed.consequences.map(({ effect }) => effect)).toEqual(['neutral']);
      expect(mayNot(reviewed)).toBe(false);
    });

    test('an empty block of a network policy allows everything, and is no empty value', () => {
      const policy = (ingress: unknown) => ({ metadata: [{ name: 'a' }], spec: [{ ingress }] });
      const reviewed = byHand(
        'x',
        change('kubernetes_network_policy_v1', ['create'], null, policy([{ from: [], ports: [] }])),
        { ...change('kubernetes_network_policy_v1', ['create'], null, policy([])), address: 'closed' },
      );

      expect(reviewed.consequences.map(({ effect }) => effect)).toEqual(['widens', 'narrows']);
    });

    test('what an API server counts is no change by hand', () => {
      const policy = (version: string) => ({ metadata: [{ name: 'a', resource_version: version }], spec: [{}] });
      const drift = change('kubernetes_network_policy_v1', ['update'], policy('1'), policy('2'));

      expect(planReview([planByHand('x', { resource_drift: [drift] })]).byHand.consequences).toEqual([]);
    });

    test('a plan with another name has the cluster that it looks up', () => {
      const bound = change('kubernetes_cluster_role_binding_v1', ['create'], null, binding('view', 'okta:a'));
      const found = { address: 'data.aws_eks_cluster.Cluster', mode: 'data', type: 'aws_eks_cluster' };
      const { access } = planReview([
        planByHand('standard input', {
          prior_state: { values: { root_module: { resources: [{ ...found, values: { name: 'prod' } }] } } },
          resource_changes: [bound],
        }),
      ]);

      expect(access.gains.map(({ cluster }) => cluster)).toEqual(['prod']);
    });

    test('a role that no plan defines could not be checked, and is a finding', () => {
      const bound = change('kubernetes_cluster_role_binding_v1', ['create'], null, binding('theirs', 'okta:a'));
      const reviewed = byHand('rbac-one', bound);

      expect(reviewed.access.unknownRoles).toEqual(['theirs on one']);
      expect(mayNot(reviewed)).toBe(true);
    });

    test.each([
      ['kubernetes_manifest', ['delete'], true],
      ['kubernetes_manifest', ['update'], true],
      ['kubernetes_manifest', ['create'], false],
      ['kubernetes_network_policy_v1', ['delete'], true],
      ['kubernetes_network_policy_v1', ['create'], false],
      ['aws_cloudwatch_metric_alarm', ['delete'], true],
      ['aws_eks_access_policy_association', ['create'], true],
      ['aws_eks_access_policy_association', ['delete'], false],
      ['vault_policy', ['update'], true],
      ['vault_policy', ['create'], false],
    ])('%s with %j: a finding is %s', (type, actions, finding) => {
      const [action] = actions;
      const object = { name: 'a' };
      const reviewed = byHand(
        'x',
        change(type, actions, action === 'create' ? null : object, action === 'delete' ? null : { ...object, spec: 1 }),
      );

      expect(mayNot(reviewed)).toBe(finding);
    });
  });
});
