import { TerraformOutput, TerraformStack, TerraformVariable } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import { EksCluster } from '../../../constructs/eks/cluster';
import { EksClusterRole } from '../../../constructs/eks/cluster-role';
import { ControlPlaneLogGroup } from '../../../constructs/eks/control-plane-log-group';
import { synthesized, synthesizedConstructs, theAddress, theData, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const SUBNETS = ['subnet-1', 'subnet-2'];

const made = (stack: TerraformStack, props: object = {}) =>
  new EksCluster(stack, 'Cluster', {
    name: 'prod',
    role: new EksClusterRole(stack, 'Role', { roleName: 'EKSCluster' }),
    subnetIds: SUBNETS,
    ...props,
  });

const limits = (given: string, fix: string) =>
  constructError(
    'test/Cluster',
    'This is not a valid name for an EKS cluster.',
    `Given: ${given}.`,
    'Allowed: 1 to 100 characters, letters, digits, - and _, starting with a letter or digit.',
    `Fix: ${fix}`,
  );

describe('EksCluster', () => {
  test('has the audit logs, both ways of access and its creator as admin, and waits for the policy of its role', () => {
    const stack = synthesizedConstructs((scope) => made(scope));

    expect(theResource(stack, 'aws_eks_cluster')).toEqual({
      name: 'prod',
      role_arn: `\${${theAddress(stack, 'aws_iam_role')}.arn}`,
      vpc_config: { subnet_ids: SUBNETS },
      enabled_cluster_log_types: ['api', 'audit', 'authenticator'],
      // Both: one that is left out is false, or replaces the cluster later.
      access_config: { authentication_mode: 'API_AND_CONFIG_MAP', bootstrap_cluster_creator_admin_permissions: true },
      depends_on: [theAddress(stack, 'aws_iam_role_policy_attachment')],
      lifecycle: { prevent_destroy: true },
    });
  });

  test.each([
    [false, true],
    [true, false],
  ])('with replaceable %p has prevent_destroy %p', (replaceable, prevent) => {
    const cluster = theResource(
      synthesizedConstructs((scope) => made(scope, { replaceable })),
      'aws_eks_cluster',
    );

    expect(cluster.lifecycle).toEqual({ prevent_destroy: prevent });
  });

  test.each(['API', 'API_AND_CONFIG_MAP'])('has the authentication mode %s that it is given', (authenticationMode) => {
    const cluster = theResource(
      synthesizedConstructs((scope) => made(scope, { authenticationMode })),
      'aws_eks_cluster',
    );

    expect(cluster.access_config).toEqual({
      authentication_mode: authenticationMode,
      bootstrap_cluster_creator_admin_permissions: true,
    });
  });

  test('makes the control plane and nothing else', () => {
    const stack = synthesizedConstructs((scope) => made(scope));

    expect(Object.keys(stack.resource ?? {})).toEqual([
      'aws_eks_cluster',
      'aws_iam_role',
      'aws_iam_role_policy_attachment',
    ]);
    expect(stack.data).toBeUndefined();
  });

  test('has the version that it is given', () => {
    const cluster = theResource(
      synthesizedConstructs((scope) => made(scope, { version: '1.35' })),
      'aws_eks_cluster',
    );

    expect(cluster.version).toBe('1.35');
  });

  test.each([
    ['in another order', ['scheduler', 'audit', 'api'], ['api', 'audit', 'scheduler']],
    ['as an empty list', [], []],
  ])('keeps logs sorted where they are given %s', (_case, logs, expected) => {
    const cluster = theResource(
      synthesizedConstructs((scope) => made(scope, { logs: Object.freeze(logs) })),
      'aws_eks_cluster',
    );

    expect(cluster.enabled_cluster_log_types).toEqual(expected);
  });

  test('gives its name as plain text, its endpoint and its certificate authority', () => {
    const stack = synthesizedConstructs((scope) => {
      const { clusterName, endpoint, certificateAuthority } = made(scope);
      new TerraformOutput(scope, 'cluster', { value: [clusterName, endpoint, certificateAuthority] });
    });

    const address = theAddress(stack, 'aws_eks_cluster');
    expect(stack.output?.cluster?.value).toEqual([
      'prod',
      `\${${address}.endpoint}`,
      `\${${address}.certificate_authority[0].data}`,
    ]);
  });

  test.each([
    ['is empty', '', "'', 0 characters", 'Use only the allowed characters.'],
    ['has 101 characters', 'c'.repeat(101), `'${'c'.repeat(77)}...', 101 characters`, 'Shorten it by 1.'],
    ['has a dot', 'prod.eu', "'prod.eu', 7 characters", 'Use only the allowed characters.'],
    ['starts with a dash', '-prod', "'-prod', 5 characters", 'Use only the allowed characters.'],
  ])('fails where the name %s', (_case, name, given, fix) => {
    expect(() => synthesizedConstructs((scope) => made(scope, { name }))).toThrow(limits(given, fix));
  });

  test('takes a name of 100 characters', () => {
    const name = 'c'.repeat(100);

    const cluster = theResource(
      synthesizedConstructs((scope) => made(scope, { name })),
      'aws_eks_cluster',
    );

    expect(cluster.name).toBe(name);
  });

  test('takes a name that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) =>
      made(scope, { name: new TerraformVariable(scope, 'name', {}).stringValue }),
    );

    expect(theResource(stack, 'aws_eks_cluster').name).toBe('${var.name}');
  });
});

describe('the endpoint of an EksCluster', () => {
  const vpcConfig = (props: object) =>
    theResource(
      synthesizedConstructs((scope) => made(scope, props)),
      'aws_eks_cluster',
    ).vpc_config;
  const [EAST, WEST] = ['198.51.100.0/24', '203.0.113.0/24'];

  test.each([
    ["is EKS' own choice where nothing is given", {}, {}],
    ["is EKS' own choice where it is not private", { endpointPrivate: false }, {}],
    ['is private alone', { endpointPrivate: true }, { endpoint_private_access: true, endpoint_public_access: false }],
    [
      'is private, and public for some addresses, sorted',
      { endpointPrivate: true, publicCidrs: Object.freeze([WEST, EAST]) },
      { endpoint_private_access: true, endpoint_public_access: true, public_access_cidrs: [EAST, WEST] },
    ],
    [
      'is public for some addresses, sorted',
      { publicCidrs: Object.freeze([WEST, EAST]) },
      { endpoint_public_access: true, public_access_cidrs: [EAST, WEST] },
    ],
  ])('%s', (_case, props, expected) => {
    expect(vpcConfig(props)).toEqual({ subnet_ids: SUBNETS, ...expected });
  });

  test('fails on an empty list of addresses, which would open it to everyone', () => {
    expect(() => vpcConfig({ publicCidrs: [] })).toThrow(
      constructError(
        'test/Cluster',
        'An empty list of addresses is not sent to EKS, which then opens the public endpoint to every address.',
        'Given: an empty list.',
        'Allowed: at least one CIDR block, such as 203.0.113.0/24.',
        'Fix: Set endpointPrivate and omit publicCidrs, or list the addresses.',
      ),
    );
  });
});

describe('an EksCluster with further settings', () => {
  const cluster = (props: object) =>
    theResource(
      synthesizedConstructs((scope) => made(scope, props)),
      'aws_eks_cluster',
    );
  const { depends_on: _one, ...withoutSettings } = cluster({});

  test.each([
    [
      'security groups, sorted',
      { securityGroupIds: Object.freeze(['sg-2', 'sg-1']) },
      { vpc_config: { subnet_ids: SUBNETS, security_group_ids: ['sg-1', 'sg-2'] } },
    ],
    [
      'a key for its Secrets',
      { secretsKeyArn: 'arn:aws:kms:us-west-1:111122223333:key/1' },
      {
        encryption_config: {
          provider: { key_arn: 'arn:aws:kms:us-west-1:111122223333:key/1' },
          resources: ['secrets'],
        },
      },
    ],
    ['standard support', { supportType: 'STANDARD' }, { upgrade_policy: { support_type: 'STANDARD' } }],
    ['extended support', { supportType: 'EXTENDED' }, { upgrade_policy: { support_type: 'EXTENDED' } }],
    ['deletion protection', { deletionProtection: true }, { deletion_protection: true }],
    ['no deletion protection any more', { deletionProtection: false }, { deletion_protection: false }],
  ])('has %s', (_case, props, expected) => {
    const { depends_on: _waits, ...settings } = cluster(props);

    expect(settings).toEqual({ ...withoutSettings, ...expected });
  });

  test('waits for its log group: EKS would make one of its own, which Terraform then meets', () => {
    const stack = synthesizedConstructs((scope) =>
      made(scope, { logGroup: new ControlPlaneLogGroup(scope, 'Logs', { clusterName: 'prod' }) }),
    );

    expect(theResource(stack, 'aws_eks_cluster')).toEqual({
      ...theResource(
        synthesizedConstructs((scope) => made(scope)),
        'aws_eks_cluster',
      ),
      depends_on: [theAddress(stack, 'aws_iam_role_policy_attachment'), theAddress(stack, 'aws_cloudwatch_log_group')],
    });
  });

  test('fails with a log group of another stack, which it could not wait for', () => {
    const build = () =>
      synthesized((app) => {
        const [one, other] = ['one', 'other'].map((id) => {
          const stack = new TerraformStack(app, id);
          new AwsProvider(stack, 'aws', {});
          return stack;
        }) as [TerraformStack, TerraformStack];
        made(one, { logGroup: new ControlPlaneLogGroup(other, 'Logs', { clusterName: 'prod' }) });
      });

    expect(build).toThrow(
      constructError(
        'one/Cluster',
        'The log group is in another stack, and Terraform cannot depend on it from this one.',
        'Given: the log group in the stack other.',
        'Allowed: one in the stack one.',
        'Fix: Create the log group in this stack.',
      ),
    );
  });
});

describe('EksCluster.fromName', () => {
  test('looks a cluster up and makes nothing', () => {
    const stack = synthesizedConstructs((scope) => EksCluster.fromName(scope, 'Cluster', 'legacy'));

    expect(theData(stack, 'aws_eks_cluster')).toEqual({ name: 'legacy' });
    expect(Object.keys(stack.data ?? {})).toEqual(['aws_eks_cluster']);
    expect(stack.resource).toBeUndefined();
  });

  test('gives its name as plain text, its endpoint and its certificate authority', () => {
    const stack = synthesizedConstructs((scope) => {
      const { clusterName, endpoint, certificateAuthority } = EksCluster.fromName(scope, 'Cluster', 'legacy');
      new TerraformOutput(scope, 'cluster', { value: [clusterName, endpoint, certificateAuthority] });
    });

    const address = theAddress(stack, 'data.aws_eks_cluster');
    expect(stack.output?.cluster?.value).toEqual([
      'legacy',
      `\${${address}.endpoint}`,
      `\${${address}.certificate_authority[0].data}`,
    ]);
  });

  test("fails where the name is beyond EKS' limits", () => {
    expect(() => synthesizedConstructs((scope) => EksCluster.fromName(scope, 'Cluster', 'a b'))).toThrow(
      limits("'a b', 3 characters", 'Use only the allowed characters.'),
    );
  });

  test('takes a name that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) =>
      EksCluster.fromName(scope, 'Cluster', new TerraformVariable(scope, 'name', {}).stringValue),
    );

    expect(theData(stack, 'aws_eks_cluster').name).toBe('${var.name}');
  });
});
