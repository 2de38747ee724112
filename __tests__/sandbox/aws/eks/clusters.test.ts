import {
  AssociateEncryptionConfigCommand,
  CreateAddonCommand,
  CreateClusterCommand,
  type CreateClusterCommandInput,
  DeleteClusterCommand,
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeUpdateCommand,
  ListAccessEntriesCommand,
  ListAddonsCommand,
  ListAssociatedAccessPoliciesCommand,
  ListClustersCommand,
  ListFargateProfilesCommand,
  ListNodegroupsCommand,
  ListPodIdentityAssociationsCommand,
  ListTagsForResourceCommand,
  ListUpdatesCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateClusterConfigCommand,
  type UpdateClusterConfigCommandInput,
  UpdateClusterVersionCommand,
  waitUntilClusterActive,
  waitUntilClusterDeleted,
} from '@aws-sdk/client-eks';
import { ACCOUNT, type EksWorld, refusal, startEksWorld, USER } from '../eks-world';

const INPUT: CreateClusterCommandInput = {
  ...{ name: 'production', version: '1.34', roleArn: `arn:aws:iam::${ACCOUNT}:role/eks` },
  resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
};
const WAIT = { maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.05 };

describe('the clusters of the local EKS', () => {
  let world: EksWorld;
  const create = async (input: Partial<CreateClusterCommandInput> = {}) => {
    await world.client.send(new CreateClusterCommand({ ...INPUT, ...input }));
    await waitUntilClusterActive({ client: world.client, ...WAIT }, { name: input.name ?? 'production' });
  };
  const describeCluster = async (name = 'production') =>
    (await world.client.send(new DescribeClusterCommand({ name }))).cluster;
  const update = async (input: Omit<UpdateClusterConfigCommandInput, 'name'>) => {
    const { update } = await world.client.send(new UpdateClusterConfigCommand({ name: 'production', ...input }));
    return update;
  };
  const finished = async (updateId?: string) => {
    for (;;) {
      const { update } = await world.client.send(new DescribeUpdateCommand({ name: 'production', updateId }));
      if (update?.status !== 'InProgress') return update;
    }
  };

  beforeEach(async () => {
    world = await startEksWorld();
  });

  afterEach(() => world.close());

  test('get an API server while they are created', async () => {
    const { cluster } = await world.client.send(new CreateClusterCommand(INPUT));

    expect(cluster).toMatchObject({ status: 'CREATING', version: '1.34' });
    expect(cluster?.endpoint).toBeUndefined();
    await waitUntilClusterActive({ client: world.client, ...WAIT }, { name: 'production' });
    const active = await describeCluster();
    expect(active).toMatchObject({
      arn: `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/production`,
      certificateAuthority: { data: Buffer.from('the authority').toString('base64') },
      accessConfig: { authenticationMode: 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: true },
      deletionProtection: false,
      resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], publicAccessCidrs: ['0.0.0.0/0'] },
    });
    expect(active?.endpoint).toMatch(/^https:\/\/127\.0\.0\.1\//);
    expect(active?.createdAt).toBeInstanceOf(Date);
  });

  test('are created once for a request that is repeated', async () => {
    const request = { ...INPUT, clientRequestToken: 'once' };

    await world.client.send(new CreateClusterCommand(request));
    await world.client.send(new CreateClusterCommand(request));

    expect((await world.client.send(new ListClustersCommand())).clusters).toEqual(['production']);
  });

  test('are those of the region', async () => {
    await create();

    const other = world.clientOf();
    other.config.region = async () => 'us-east-1';

    expect((await other.send(new ListClustersCommand())).clusters).toEqual([]);
    expect(await refusal(other.send(new DescribeClusterCommand({ name: 'production' })))).toBe(
      '404 ResourceNotFoundException: No cluster found for name: production.',
    );
  });

  test('are listed in pages', async () => {
    for (const name of ['c', 'a', 'b']) await create({ name });

    const first = await world.client.send(new ListClustersCommand({ maxResults: 2 }));
    const last = await world.client.send(new ListClustersCommand({ maxResults: 2, nextToken: first.nextToken }));

    expect([first.clusters, last.clusters, last.nextToken]).toEqual([['a', 'b'], ['c'], undefined]);
    expect(await refusal(world.client.send(new ListClustersCommand({ nextToken: '!' })))).toBe(
      '400 InvalidParameterException: The nextToken ! is not valid.',
    );
  });

  test.each<[string, Partial<CreateClusterCommandInput>, string]>([
    ['a name that is not valid', { name: '-a' }, '400 InvalidParameterException: The name -a is not valid'],
    ['an old version', { version: '1.29' }, '400 InvalidParameterException: unsupported Kubernetes version 1.29'],
    ['a version that has ended', { version: '1.30' }, '400 InvalidParameterException: unsupported Kubernetes version'],
    ['no role', { roleArn: undefined }, '400 InvalidParameterException: roleArn: Invalid input'],
    [
      'one subnet',
      { resourcesVpcConfig: { subnetIds: ['subnet-1'] } },
      '400 InvalidParameterException: Subnets specified must be in at least two different AZs',
    ],
    [
      'six security groups',
      { resourcesVpcConfig: { subnetIds: ['a', 'b'], securityGroupIds: ['1', '2', '3', '4', '5', '6'] } },
      '400 InvalidParameterException: A cluster has at most 5 security groups, and there are 6.',
    ],
    [
      'no administrator',
      { accessConfig: { authenticationMode: 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions: false } },
      '400 InvalidParameterException: bootstrapClusterCreatorAdminPermissions must be true if',
    ],
  ])('fails to be created with %s', async (_name, input, message) => {
    const refused = await refusal(world.client.send(new CreateClusterCommand({ ...INPUT, ...input })));

    expect(refused).toContain(message);
    expect(world.events).toEqual([]);
  });

  test('fails to be created twice, or beyond the limit', async () => {
    await world.close();
    world = await startEksWorld({ clusterLimit: 1 });
    await create();

    expect([
      await refusal(world.client.send(new CreateClusterCommand({ ...INPUT, name: 'another' }))),
      await refusal(world.client.send(new CreateClusterCommand(INPUT))),
    ]).toEqual([
      '400 ResourceLimitExceededException: You have reached the limit of 1 clusters.',
      '400 ResourceLimitExceededException: You have reached the limit of 1 clusters.',
    ]);
    await world.close();
    world = await startEksWorld();
    await create();
    expect(await refusal(world.client.send(new CreateClusterCommand(INPUT)))).toBe(
      '409 ResourceInUseException: Cluster already exists with name: production',
    );
  });

  test('make their creator an administrator where they have access entries', async () => {
    await create({ accessConfig: { authenticationMode: 'API' } });

    const { accessEntries } = await world.client.send(new ListAccessEntriesCommand({ clusterName: 'production' }));
    const { associatedAccessPolicies = [] } = await world.client.send(
      new ListAssociatedAccessPoliciesCommand({ clusterName: 'production', principalArn: USER }),
    );

    expect(accessEntries).toEqual([USER]);
    expect(associatedAccessPolicies.map(({ policyArn, accessScope }) => [policyArn, accessScope?.type])).toEqual([
      ['arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy', 'cluster'],
    ]);
  });

  test('have no access entry for a creator who is not to be one', async () => {
    await create({ accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false } });

    const { accessEntries } = await world.client.send(new ListAccessEntriesCommand({ clusterName: 'production' }));

    expect(accessEntries).toEqual([]);
  });

  test('change their access mode forward, one step at a time, and never back', async () => {
    await create();

    expect(await refusal(update({ accessConfig: { authenticationMode: 'API' } }))).toBe(
      '400 InvalidParameterException: Unsupported authentication mode update from CONFIG_MAP to API',
    );
    for (const authenticationMode of ['API_AND_CONFIG_MAP', 'API'] as const) {
      const { id } = (await update({ accessConfig: { authenticationMode } })) ?? {};
      expect(await finished(id)).toMatchObject({
        ...{ status: 'Successful', type: 'AccessConfigUpdate' },
        params: [{ type: 'AuthenticationMode', value: authenticationMode }],
      });
    }
    for (const authenticationMode of ['API_AND_CONFIG_MAP', 'CONFIG_MAP'] as const) {
      expect(await refusal(update({ accessConfig: { authenticationMode } }))).toBe(
        `400 InvalidParameterException: Unsupported authentication mode update from API to ${authenticationMode}`,
      );
    }
    expect((await describeCluster())?.accessConfig?.authenticationMode).toBe('API');
    const { accessEntries } = await world.client.send(new ListAccessEntriesCommand({ clusterName: 'production' }));
    expect(accessEntries).toEqual([USER]);
  });

  test.each<[string, Omit<UpdateClusterConfigCommandInput, 'name'>, object]>([
    [
      'EndpointAccessUpdate',
      { resourcesVpcConfig: { endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.0/24'] } },
      {
        resourcesVpcConfig: {
          ...{ endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.0/24'] },
        },
      },
    ],
    [
      'LoggingUpdate',
      { logging: { clusterLogging: [{ types: ['api', 'audit'], enabled: true }] } },
      {
        logging: {
          clusterLogging: [
            { types: ['api', 'audit'], enabled: true },
            { types: ['authenticator', 'controllerManager', 'scheduler'], enabled: false },
          ],
        },
      },
    ],
    ['DeletionProtectionUpdate', { deletionProtection: true }, { deletionProtection: true }],
    [
      'UpgradePolicyUpdate',
      { upgradePolicy: { supportType: 'STANDARD' } },
      { upgradePolicy: { supportType: 'STANDARD' } },
    ],
    [
      'ControlPlaneEgressUpdate',
      { resourcesVpcConfig: { controlPlaneEgressMode: 'CUSTOMER_ROUTED' } },
      { resourcesVpcConfig: { controlPlaneEgressMode: 'CUSTOMER_ROUTED' } },
    ],
    [
      'VpcConfigUpdate',
      { resourcesVpcConfig: { securityGroupIds: ['sg-1'] } },
      { resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'], securityGroupIds: ['sg-1'] } },
    ],
  ])('change by a %s', async (type, input, changed) => {
    await create();

    const begun = await update(input);

    expect(begun).toMatchObject({ type, status: 'InProgress' });
    expect((await finished(begun?.id))?.status).toBe('Successful');
    expect(await describeCluster()).toMatchObject({ ...changed, status: 'ACTIVE' });
  });

  test.each<[string, Omit<UpdateClusterConfigCommandInput, 'name'>, string]>([
    ['nothing', {}, 'The request changes nothing that the local EKS has.'],
    [
      'two things at once',
      { deletionProtection: true, upgradePolicy: { supportType: 'STANDARD' } },
      'Only one type of update can be allowed.',
    ],
    [
      'an endpoint to what it is',
      { resourcesVpcConfig: { endpointPublicAccess: true } },
      'Cluster is already at the desired configuration with endpointPrivateAccess: false , endpointPublicAccess: true, and Public Endpoint Restrictions: [0.0.0.0/0]',
    ],
    [
      'an endpoint to none',
      { resourcesVpcConfig: { endpointPublicAccess: false } },
      'Private and public endpoint access cannot be false',
    ],
    [
      'logs to what they are',
      { logging: { clusterLogging: [{ types: ['api'], enabled: false }] } },
      'No changes needed for the logging config provided',
    ],
  ])('fails to change %s', async (_name, input, message) => {
    await create();

    expect(await refusal(update(input))).toBe(`400 InvalidParameterException: ${message}`);
  });

  test('do not leave an egress mode of the customer', async () => {
    await create();
    await finished((await update({ resourcesVpcConfig: { controlPlaneEgressMode: 'CUSTOMER_ROUTED' } }))?.id);

    expect(await refusal(update({ resourcesVpcConfig: { controlPlaneEgressMode: 'AWS_MANAGED' } }))).toBe(
      '400 InvalidParameterException: Unsupported control plane egress mode update from CUSTOMER_ROUTED to AWS_MANAGED',
    );
  });

  test('get a key for Secrets once', async () => {
    await create();
    const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: 'arn:aws:kms:eu-west-1:1:key/a' } }];
    const associate = () =>
      world.client.send(new AssociateEncryptionConfigCommand({ clusterName: 'production', encryptionConfig }));

    const begun = await associate();

    expect(begun.update?.type).toBe('AssociateEncryptionConfig');
    await finished(begun.update?.id);
    expect((await describeCluster())?.encryptionConfig).toEqual(encryptionConfig);
    expect(await refusal(associate())).toBe(
      '400 InvalidRequestException: Cluster production has an encryption config already.',
    );
  });

  test('are updated to the next version only', async () => {
    await create();
    const to = (version: string) => world.client.send(new UpdateClusterVersionCommand({ name: 'production', version }));

    expect([await refusal(to('1.34')), await refusal(to('1.36')), await refusal(to('1.33'))]).toEqual([
      '400 InvalidParameterException: Cluster is already at version 1.34',
      '400 InvalidParameterException: Unsupported Kubernetes minor version update from 1.34 to 1.36: EKS updates to the next minor version only',
      '400 InvalidParameterException: Unsupported Kubernetes minor version update from 1.34 to 1.33: EKS updates to the next minor version only',
    ]);
    await finished((await to('1.35')).update?.id);
    expect((await describeCluster())?.version).toBe('1.35');
    const { updateIds } = await world.client.send(new ListUpdatesCommand({ name: 'production' }));
    expect(updateIds).toHaveLength(1);
  });

  test('are deleted with their API server, but not while they are protected', async () => {
    await create({ deletionProtection: true });
    const remove = () => world.client.send(new DeleteClusterCommand({ name: 'production' }));

    expect(await refusal(remove())).toBe(
      '400 InvalidRequestException: Cluster production has deletionProtection enabled. Disable deletionProtection before deleting the cluster.',
    );
    await finished((await update({ deletionProtection: false }))?.id);
    expect((await remove()).cluster?.status).toBe('DELETING');
    await waitUntilClusterDeleted({ client: world.client, ...WAIT }, { name: 'production' });
    expect(world.events).toEqual(['start', 'stop']);
  });

  test('have tags', async () => {
    await create({ tags: { team: 'platform', stage: 'test' } });
    const resourceArn = `arn:aws:eks:eu-west-1:${ACCOUNT}:cluster/production`;

    await world.client.send(new TagResourceCommand({ resourceArn, tags: { stage: 'production' } }));
    await world.client.send(new UntagResourceCommand({ resourceArn, tagKeys: ['team'] }));

    expect((await world.client.send(new ListTagsForResourceCommand({ resourceArn }))).tags).toEqual({
      stage: 'production',
    });
    expect(await refusal(world.client.send(new TagResourceCommand({ resourceArn, tags: { 'aws:x': 'y' } })))).toBe(
      '400 BadRequestException: The tag aws:x starts with aws:, which is reserved.',
    );
    expect(
      await refusal(world.client.send(new ListTagsForResourceCommand({ resourceArn: `${resourceArn}s` }))),
    ).toContain('404 NotFoundException');
  });

  test('have no nodes, add-ons, or pod identities', async () => {
    await create();
    const clusterName = 'production';

    expect([
      (await world.client.send(new ListNodegroupsCommand({ clusterName }))).nodegroups,
      (await world.client.send(new ListFargateProfilesCommand({ clusterName }))).fargateProfileNames,
      (await world.client.send(new ListAddonsCommand({ clusterName }))).addons,
      (await world.client.send(new ListPodIdentityAssociationsCommand({ clusterName }))).associations,
    ]).toEqual([[], [], [], []]);
  });

  test('can have the versions of the day', async () => {
    const versions = async (input = {}) =>
      ((await world.client.send(new DescribeClusterVersionsCommand(input))).clusterVersions ?? []).map(
        ({ clusterVersion, versionStatus, defaultVersion }) => [clusterVersion, versionStatus, defaultVersion],
      );

    expect(await versions()).toEqual([
      ['1.36', 'STANDARD_SUPPORT', true],
      ['1.35', 'STANDARD_SUPPORT', false],
      ['1.34', 'STANDARD_SUPPORT', false],
      ['1.33', 'EXTENDED_SUPPORT', false],
      ['1.32', 'EXTENDED_SUPPORT', false],
      ['1.31', 'EXTENDED_SUPPORT', false],
    ]);
    expect(await versions({ includeAll: true })).toHaveLength(7);
    expect(await versions({ defaultOnly: true })).toEqual([['1.36', 'STANDARD_SUPPORT', true]]);
    expect(await versions({ clusterVersions: ['1.30', '1.33'] })).toEqual([
      ['1.33', 'EXTENDED_SUPPORT', false],
      ['1.30', 'UNSUPPORTED', false],
    ]);
    expect(await versions({ versionStatus: 'EXTENDED_SUPPORT' })).toHaveLength(3);
  });

  test('fails for an operation that the local EKS does not have', async () => {
    await create();

    const call = world.client.send(new CreateAddonCommand({ clusterName: 'production', addonName: 'vpc-cni' }));

    expect(await refusal(call)).toBe(
      '404 UnknownOperationException: The local EKS does not have the operation POST /clusters/production/addons.',
    );
  });
});
