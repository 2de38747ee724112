import { accessWith } from '../access-files';
import { resources, type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';
import { fleetStacks } from './fleet';

const clusterStack = (settings: Record<string, unknown> = {}, changes: Record<string, unknown> = {}) =>
  synthesizedAccess(accessWith({ ...changes, clusters: { prod: { kind: 'eks', region: 'eu-west-1', ...settings } } }))[
    'cluster-prod'
  ] as StackJson;

describe('the stack of a created cluster', () => {
  test('has a role, a control plane, and the association with Okta, and nothing else', () => {
    const stack = clusterStack();

    expect(Object.keys(stack.resource ?? {})).toEqual([
      'aws_cloudwatch_log_group',
      'aws_eks_cluster',
      'aws_eks_identity_provider_config',
      'aws_iam_role',
      'aws_iam_role_policy_attachment',
    ]);
    expect(Object.keys(stack.data ?? {})).toEqual([
      'aws_availability_zones',
      'aws_subnets',
      'aws_vpc',
      'terraform_remote_state',
    ]);
  });

  test('names the cluster and its role after the key of the file', () => {
    const stack = clusterStack();

    expect(theResource(stack, 'aws_iam_role').name).toBe('EKSCluster-prod');
    expect(theResource(stack, 'aws_eks_cluster')).toEqual({
      name: 'prod',
      role_arn: `\${${theAddress(stack, 'aws_iam_role')}.arn}`,
      vpc_config: { subnet_ids: `\${${theAddress(stack, 'data.aws_subnets')}.ids}` },
      enabled_cluster_log_types: ['api', 'audit', 'authenticator'],
      access_config: { authentication_mode: 'API_AND_CONFIG_MAP', bootstrap_cluster_creator_admin_permissions: true },
      depends_on: [theAddress(stack, 'aws_iam_role_policy_attachment'), theAddress(stack, 'aws_cloudwatch_log_group')],
      lifecycle: { prevent_destroy: true },
    });
  });

  test('has the authentication mode of the file, or that of clusterDefaults', () => {
    const modeOf = (stack: StackJson) => theResource(stack, 'aws_eks_cluster').access_config.authentication_mode;

    expect(modeOf(clusterStack({ authenticationMode: 'API' }))).toBe('API');
    expect(modeOf(clusterStack({}, { clusterDefaults: { authenticationMode: 'API' } }))).toBe('API');
  });

  test.each([
    [undefined, true],
    [true, false],
  ])('with replaceable %p cluster, role and association have prevent_destroy %p', (replaceable, prevent) => {
    const stack = clusterStack({ replaceable });

    for (const type of ['aws_eks_cluster', 'aws_iam_role', 'aws_eks_identity_provider_config']) {
      expect(theResource(stack, type).lifecycle).toMatchObject({ prevent_destroy: prevent });
    }
  });

  test('has the name, version, role, and logs of the file', () => {
    const stack = fleetStacks()['cluster-prod'];

    expect(theResource(stack, 'aws_eks_cluster')).toMatchObject({
      name: 'production',
      version: '1.35',
      enabled_cluster_log_types: ['api', 'audit', 'scheduler'],
    });
    expect(theResource(stack, 'aws_iam_role').name).toBe('ProductionCluster');
    expect(theResource(stack, 'aws_eks_identity_provider_config').cluster_name).toBe('production');
  });

  test('names the role after the name of the cluster if it is not the key', () => {
    expect(theResource(clusterStack({ name: 'production' }), 'aws_iam_role').name).toBe('EKSCluster-production');
  });

  test.each([
    ['eu-west-1', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
  ])('attaches the policy of the partition: in %s, that of %s', (region, partition) => {
    expect(theResource(clusterStack({ region }), 'aws_iam_role_policy_attachment').policy_arn).toBe(
      `arn:${partition}:iam::aws:policy/AmazonEKSClusterPolicy`,
    );
  });

  test('outputs the endpoint and the certificate authority', () => {
    const stack = clusterStack();

    const cluster = theAddress(stack, 'aws_eks_cluster');
    expect(stack.output).toEqual({
      endpoint: { value: `\${${cluster}.endpoint}` },
      certificate_authority: { value: `\${${cluster}.certificate_authority[0].data}` },
    });
  });
});

describe('the stack of an existing cluster', () => {
  const existing = (settings: object = {}) => clusterStack({ kind: 'existing-eks', ...settings });

  test('looks up the cluster and creates the association, but no role, cluster, or network', () => {
    const stack = existing({ name: 'old-one' });

    expect(Object.keys(stack.resource ?? {})).toEqual(['aws_eks_identity_provider_config']);
    expect(Object.keys(stack.data ?? {})).toEqual(['aws_eks_cluster', 'terraform_remote_state']);
    expect(theData(stack, 'aws_eks_cluster')).toEqual({ name: 'old-one' });
    expect(theResource(stack, 'aws_eks_identity_provider_config')).toMatchObject({
      cluster_name: 'old-one',
      depends_on: [theAddress(stack, 'data.aws_eks_cluster')],
    });
  });

  test('is looked up by its key if it has no other name', () => {
    expect(theData(existing(), 'aws_eks_cluster')).toEqual({ name: 'prod' });
  });

  test('outputs the endpoint and the certificate authority', () => {
    const stack = existing();

    const cluster = theAddress(stack, 'data.aws_eks_cluster');
    expect(stack.output).toEqual({
      endpoint: { value: `\${${cluster}.endpoint}` },
      certificate_authority: { value: `\${${cluster}.certificate_authority[0].data}` },
    });
  });

  test('gives access to deployers', () => {
    const stack = existing({ deployers: ['arn:aws:iam::111122223333:role/ci'] });

    expect(theResource(stack, 'aws_eks_access_entry').depends_on).toEqual([theAddress(stack, 'data.aws_eks_cluster')]);
  });
});

describe('the association of a cluster', () => {
  const association = (changes: Record<string, unknown> = {}, settings: Record<string, unknown> = {}) =>
    theResource(clusterStack(settings, changes), 'aws_eks_identity_provider_config');

  test('trusts tokens of its own app from the one issuer, with the prefix okta:, and may not be destroyed', () => {
    const stack = clusterStack();

    expect(theResource(stack, 'aws_eks_identity_provider_config')).toEqual({
      cluster_name: 'prod',
      oidc: {
        identity_provider_config_name: 'Okta',
        issuer_url: '${data.terraform_remote_state.okta.outputs.issuer_url}',
        client_id: '${data.terraform_remote_state.okta.outputs.client_id_prod}',
        username_claim: 'email',
        username_prefix: 'okta:',
        groups_claim: 'groups',
        groups_prefix: 'okta:',
      },
      timeouts: { create: '60m', delete: '60m' },
      depends_on: [theAddress(stack, 'aws_eks_cluster')],
      lifecycle: { prevent_destroy: true, replace_triggered_by: [`${theAddress(stack, 'aws_eks_cluster')}.id`] },
    });
  });

  test.each(['dev', 'stage'])('of %s trusts the app that it shares', (key) => {
    const stack = fleetStacks()[`cluster-${key}`];

    expect(theResource(stack, 'aws_eks_identity_provider_config').oidc.client_id).toBe(
      '${data.terraform_remote_state.okta.outputs.client_id_shared}',
    );
  });

  test('has the name, claims, and prefixes of the file', () => {
    const { oidc } = association({
      identityProvider: {
        name: 'Workforce',
        usernameClaim: 'sub',
        prefix: { username: 'user:', groups: 'group:' },
        requiredClaims: { tenant: 'platform' },
      },
      groupsClaim: { name: 'teams' },
      claims: { tenant: { existing: true } },
    });

    expect(oidc).toMatchObject({
      identity_provider_config_name: 'Workforce',
      username_claim: 'sub',
      username_prefix: 'user:',
      groups_claim: 'teams',
      groups_prefix: 'group:',
      required_claims: { tenant: 'platform' },
    });
  });

  test('has no prefixes if the file has none', () => {
    const { oidc } = association({ identityProvider: { prefix: '' } });

    expect(oidc).not.toHaveProperty('username_prefix');
    expect(oidc).not.toHaveProperty('groups_prefix');
  });

  test('may be destroyed and replaced if the file allows it', () => {
    const { prevent_destroy } = association({ identityProvider: { replaceable: true } }).lifecycle;

    expect(prevent_destroy).toBe(false);
  });

  test("waits for the cluster and for every deployer's policy: EKS answers 409 to two updates at a time", () => {
    const stack = fleetStacks()['cluster-stage'] as StackJson;

    const policies = Object.keys(stack.resource?.aws_eks_access_policy_association ?? {});
    expect(policies).toHaveLength(2);
    expect(theResource(stack, 'aws_eks_identity_provider_config').depends_on).toEqual([
      theAddress(stack, 'aws_eks_cluster'),
      ...policies.sort().map((id) => `aws_eks_access_policy_association.${id}`),
    ]);
  });
});

describe('the deployers of a cluster', () => {
  test('are none by default', () => {
    const { resource } = clusterStack();

    expect(resource?.aws_eks_access_entry).toBeUndefined();
    expect(resource?.aws_eks_access_policy_association).toBeUndefined();
  });

  test('administer the cluster through IAM, each with its own entry and policy', () => {
    const stack = fleetStacks()['cluster-stage'] as StackJson;

    const entries = Object.entries(stack.resource?.aws_eks_access_entry ?? {});
    expect(entries.map(([, { principal_arn }]) => principal_arn).sort()).toEqual([
      'arn:aws:iam::111122223333:role/admin',
      'arn:aws:iam::111122223333:role/ci/pipeline',
    ]);
    const policies = resources(stack, 'aws_eks_access_policy_association');
    expect(policies.map(({ principal_arn }) => principal_arn).sort()).toEqual(
      entries.map(([id]) => `\${aws_eks_access_entry.${id}.principal_arn}`).sort(),
    );
    for (const policy of policies) {
      expect(policy).toMatchObject({
        cluster_name: 'stage',
        policy_arn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        access_scope: { type: 'cluster' },
      });
    }
  });

  test('may have names that differ only in a / and a --', () => {
    const deployers = ['arn:aws:iam::111122223333:role/ci/a', 'arn:aws:iam::111122223333:role/ci--a'];

    const entries = resources(clusterStack({ deployers }), 'aws_eks_access_entry');

    expect(entries.map(({ principal_arn }) => principal_arn).sort()).toEqual([...deployers].sort());
  });

  test('keep their IDs if another one is added', () => {
    const [first, second] = ['a', 'b'].map((name) => `arn:aws:iam::111122223333:role/${name}`);

    const alone = clusterStack({ deployers: [second] }).resource?.aws_eks_access_entry ?? {};
    const together = clusterStack({ deployers: [first, second] }).resource?.aws_eks_access_entry ?? {};

    expect(together).toMatchObject(alone);
  });
});
