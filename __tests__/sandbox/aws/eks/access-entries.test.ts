import {
  AssociateAccessPolicyCommand,
  type AssociateAccessPolicyCommandInput,
  CreateAccessEntryCommand,
  type CreateAccessEntryCommandInput,
  CreateClusterCommand,
  DeleteAccessEntryCommand,
  DescribeAccessEntryCommand,
  DisassociateAccessPolicyCommand,
  ListAccessEntriesCommand,
  ListAccessPoliciesCommand,
  ListAssociatedAccessPoliciesCommand,
  UpdateAccessEntryCommand,
  waitUntilClusterActive,
} from '@aws-sdk/client-eks';
import { ACCOUNT, type EksWorld, ROLE, refusal, startEksWorld, USER } from '../eks-world';

const ENTRY = { clusterName: 'production', principalArn: ROLE };
const VIEW = 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSViewPolicy';

describe('the access entries of a cluster', () => {
  let world: EksWorld;
  const createCluster = async (authenticationMode: 'API' | 'CONFIG_MAP') => {
    await world.client.send(
      new CreateClusterCommand({
        ...{ name: 'production', roleArn: `arn:aws:iam::${ACCOUNT}:role/eks`, accessConfig: { authenticationMode } },
        resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
      }),
    );
    await waitUntilClusterActive(
      { client: world.client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.05 },
      { name: 'production' },
    );
  };
  const create = (input: Partial<CreateAccessEntryCommandInput> = {}) =>
    world.client.send(new CreateAccessEntryCommand({ ...ENTRY, ...input }));
  const describeEntry = async () => (await world.client.send(new DescribeAccessEntryCommand(ENTRY))).accessEntry;
  const associate = (input: Partial<AssociateAccessPolicyCommandInput> = {}) =>
    world.client.send(
      new AssociateAccessPolicyCommand({ ...ENTRY, policyArn: VIEW, accessScope: { type: 'cluster' }, ...input }),
    );
  const policies = async () =>
    (await world.client.send(new ListAssociatedAccessPoliciesCommand(ENTRY))).associatedAccessPolicies;

  beforeEach(async () => {
    world = await startEksWorld();
    await createCluster('API');
  });

  afterEach(() => world.close());

  test('are created, changed, and deleted', async () => {
    await create({ kubernetesGroups: ['break-glass'], tags: { team: 'platform' } });
    const created = await describeEntry();
    await world.client.send(new UpdateAccessEntryCommand({ ...ENTRY, kubernetesGroups: ['other'] }));
    const changed = await describeEntry();
    await world.client.send(new DeleteAccessEntryCommand(ENTRY));

    expect(created).toMatchObject({
      ...{ ...ENTRY, type: 'STANDARD', kubernetesGroups: ['break-glass'], tags: { team: 'platform' } },
      username: `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/{{SessionName}}`,
    });
    expect(created?.accessEntryArn).toMatch(
      /^arn:aws:eks:eu-west-1:111122223333:access-entry\/production\/role\/111122223333\/on-call\/[0-9a-f-]{36}$/,
    );
    expect(changed?.kubernetesGroups).toEqual(['other']);
    expect(await refusal(describeEntry())).toBe(
      '404 ResourceNotFoundException: The specified principalArn could not be found. You can view your available access entries with "list-access-entries".',
    );
    expect((await world.client.send(new ListAccessEntriesCommand(ENTRY))).accessEntries).toEqual([USER]);
  });

  test('of users have their ARN as user name', async () => {
    const principalArn = `arn:aws:iam::${ACCOUNT}:user/people/ana`;

    const { accessEntry } = await create({ principalArn });

    expect(accessEntry?.username).toBe(principalArn);
  });

  test.each<[string, Partial<CreateAccessEntryCommandInput>, string]>([
    [
      'for a session',
      { principalArn: `arn:aws:sts::${ACCOUNT}:assumed-role/on-call/ana` },
      `The principalArn parameter format is not valid: arn:aws:sts::${ACCOUNT}:assumed-role/on-call/ana.`,
    ],
    [
      'with a group of Kubernetes',
      { kubernetesGroups: ['system:masters'] },
      'The kubernetes group name system:masters is invalid, it cannot start with system:',
    ],
    ['with a user name of EKS', { username: 'eks:me' }, 'The username eks:me is invalid, it cannot start with eks:'],
    [
      'of an unknown type',
      { type: 'NODE' },
      'The type NODE is not one of [STANDARD, EC2_LINUX, EC2_WINDOWS, FARGATE_LINUX, EC2, HYBRID_LINUX, HYPERPOD_LINUX].',
    ],
    [
      'with groups for nodes',
      { type: 'EC2_LINUX', kubernetesGroups: ['a'] },
      'An access entry of the type EC2_LINUX cannot have a username or kubernetesGroups.',
    ],
  ])('fails to be created %s', async (_name, input, message) => {
    expect(await refusal(create(input))).toBe(`400 InvalidParameterException: ${message}`);
  });

  test('fails to be created twice', async () => {
    await create();

    expect(await refusal(create())).toBe(
      '409 ResourceInUseException: The specified access entry resource is already in use on this cluster.',
    );
  });

  test('fails to be used with the mode CONFIG_MAP', async () => {
    await world.close();
    world = await startEksWorld();
    await createCluster('CONFIG_MAP');
    const message =
      "400 InvalidRequestException: The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.";

    const refused = [
      await refusal(create()),
      await refusal(describeEntry()),
      await refusal(world.client.send(new ListAccessEntriesCommand(ENTRY))),
    ];

    expect(refused).toEqual([message, message, message]);
  });

  test('get access policies, whose scope can change', async () => {
    await create();

    await associate({ accessScope: { type: 'namespace', namespaces: ['team-*'] } });
    expect((await policies())?.map(({ accessScope }) => accessScope)).toEqual([
      { type: 'namespace', namespaces: ['team-*'] },
    ]);
    await associate();
    expect((await policies())?.map(({ accessScope }) => accessScope)).toEqual([{ type: 'cluster', namespaces: [] }]);
    const holders = await world.client.send(new ListAccessEntriesCommand({ ...ENTRY, associatedPolicyArn: VIEW }));
    expect(holders.accessEntries).toEqual([ROLE]);
    await world.client.send(new DisassociateAccessPolicyCommand({ ...ENTRY, policyArn: VIEW }));
    expect(await policies()).toEqual([]);
    expect(await refusal(world.client.send(new DisassociateAccessPolicyCommand({ ...ENTRY, policyArn: VIEW })))).toBe(
      `404 ResourceNotFoundException: The access policy ${VIEW} is not associated with the access entry.`,
    );
  });

  test.each<[string, Partial<AssociateAccessPolicyCommandInput>, string]>([
    [
      'that does not exist',
      { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
      'The policyArn parameter format is not valid, or the local EKS does not have the policy arn:aws:iam::aws:policy/AdministratorAccess.',
    ],
    [
      'without namespaces',
      { accessScope: { type: 'namespace' } },
      'The accessScope of type namespace needs at least one namespace.',
    ],
    [
      'of a cluster with namespaces',
      { accessScope: { type: 'cluster', namespaces: ['a'] } },
      'The accessScope of type cluster must not have namespaces.',
    ],
  ])('fails to get a policy %s', async (_name, input, message) => {
    await create();

    expect(await refusal(associate(input))).toContain(`400 InvalidParameterException: ${message}`);
    expect(await policies()).toEqual([]);
  });

  test('fails to give a policy to nodes', async () => {
    await create({ type: 'EC2_LINUX' });

    expect(await refusal(associate())).toBe(
      '400 InvalidRequestException: An access entry of the type EC2_LINUX cannot have access policies.',
    );
  });

  test('can get the policies that EKS has for people', async () => {
    const { accessPolicies = [] } = await world.client.send(new ListAccessPoliciesCommand());

    expect(accessPolicies.map(({ name }) => name)).toEqual([
      'AmazonEKSClusterAdminPolicy',
      'AmazonEKSAdminPolicy',
      'AmazonEKSEditPolicy',
      'AmazonEKSViewPolicy',
      'AmazonEKSAdminViewPolicy',
    ]);
  });
});
