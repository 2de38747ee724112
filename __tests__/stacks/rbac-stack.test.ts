import { accessWith } from '../access-files';
import { resources, type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';
import { FLEET, fleet, fleetStacks } from './fleet';

const TYPE = 'kubernetes_cluster_role_binding_v1';

const rbacOf = (key: string, stacks = fleetStacks()) => stacks[`rbac-${key}`] as StackJson;

/** The groups of each binding, by name. */
const subjects = (stack: StackJson) =>
  Object.fromEntries(
    resources(stack, TYPE).map(({ metadata, subject }) => [
      metadata.name,
      subject.map(({ name }: { name: string }) => name),
    ]),
  );

describe('the RBAC stack of a cluster', () => {
  test('binds a granted group to a Kubernetes role', () => {
    expect(theResource(rbacOf('prod'), TYPE)).toEqual({
      metadata: { name: 'oidc-cluster-admin' },
      role_ref: { api_group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
      subject: [{ kind: 'Group', name: 'okta:eks-admins', api_group: 'rbac.authorization.k8s.io', namespace: '' }],
    });
  });

  test.each([
    ['dev', { 'oidc-cluster-admin': ['okta:eks-admins'], 'oidc-edit': ['okta:eks-developers'] }],
    [
      'legacy',
      { 'oidc-cluster-admin': ['okta:eks-admins'], 'oidc-view': ['okta:eks-auditors', 'okta:eks-developers'] },
    ],
    ['prod', { 'oidc-cluster-admin': ['okta:eks-admins'] }],
    [
      'stage',
      {
        'oidc-cluster-admin': ['okta:eks-admins'],
        'oidc-edit': ['okta:eks-developers'],
        'oidc-view': ['okta:eks-auditors'],
      },
    ],
  ])('has one binding for each role on %s, with only its granted groups', (key, bindings) => {
    expect(subjects(rbacOf(key))).toEqual(bindings);
  });

  test('names each binding after its role', () => {
    const bindings = resources(rbacOf('stage'), TYPE);

    expect(bindings.map(({ metadata, role_ref }) => [metadata.name, role_ref.name])).toEqual([
      ['oidc-cluster-admin', 'cluster-admin'],
      ['oidc-edit', 'edit'],
      ['oidc-view', 'view'],
    ]);
  });

  test.each([
    ['', 'eks-admins'],
    ['corp:', 'corp:eks-admins'],
    [{ username: 'user:', groups: 'group:' }, 'group:eks-admins'],
  ])('names a group as the cluster does, with the group prefix of %j', (prefix, name) => {
    const stacks = synthesizedAccess(accessWith({ identityProvider: { prefix } }));

    const { subject } = theResource(stacks['rbac-prod'], TYPE);
    const { oidc } = theResource(stacks['cluster-prod'], 'aws_eks_identity_provider_config');
    expect(subject.map((each: { name: string }) => each.name)).toEqual([name]);
    expect(`${oidc.groups_prefix ?? ''}eks-admins`).toBe(name);
  });

  test('creates bindings and nothing else', () => {
    const stack = rbacOf('stage');

    expect(Object.keys(stack.resource ?? {})).toEqual([TYPE]);
    expect(Object.keys(stack.data ?? {})).toEqual(['aws_eks_cluster']);
    expect(stack.output).toBeUndefined();
  });

  test.each([
    ['prod', 'production'],
    ['stage', 'stage'],
    ['legacy', 'old-one'],
  ])('looks up %s by its name in EKS', (key, name) => {
    expect(theData(rbacOf(key), 'aws_eks_cluster')).toEqual({ name });
  });

  test('keeps a binding if another group is added, so that the plan is an update in place', () => {
    const grants = FLEET.grants.filter(({ group }) => group !== 'eks-auditors');

    const before = rbacOf('legacy', synthesizedAccess(fleet({ grants })));
    const after = rbacOf('legacy');

    expect(Object.keys(after.resource?.[TYPE] ?? {})).toEqual(Object.keys(before.resource?.[TYPE] ?? {}));
  });
});

describe('the Kubernetes provider of a cluster', () => {
  test('gets a token with the AWS CLI whenever it needs one, for the cluster that it looked up', () => {
    const stack = rbacOf('stage');

    const cluster = theAddress(stack, 'data.aws_eks_cluster');
    expect(stack.provider?.kubernetes).toEqual([
      {
        host: `\${${cluster}.endpoint}`,
        cluster_ca_certificate: `\${base64decode(${cluster}.certificate_authority[0].data)}`,
        exec: [
          {
            api_version: 'client.authentication.k8s.io/v1',
            command: 'aws',
            args: ['eks', 'get-token', '--cluster-name', 'stage', '--region', 'eu-west-1'],
          },
        ],
      },
    ]);
  });

  test('assumes the role of the account, with the name of the cluster in EKS', () => {
    const [provider] = rbacOf('prod').provider?.kubernetes ?? [];

    expect(provider?.exec[0].args).toEqual([
      'eks',
      'get-token',
      '--cluster-name',
      'production',
      '--region',
      'eu-central-1',
      '--role-arn',
      'arn:aws:iam::111122223333:role/terraform',
    ]);
  });

  test('assumes no role if the account has none', () => {
    const [provider] = rbacOf('legacy').provider?.kubernetes ?? [];

    expect(provider?.exec[0].args).toEqual(['eks', 'get-token', '--cluster-name', 'old-one', '--region', 'us-east-1']);
  });
});
