import {
  AssociateIdentityProviderConfigCommand,
  CreateClusterCommand,
  DescribeClusterCommand,
  DescribeIdentityProviderConfigCommand,
  DescribeUpdateCommand,
  DisassociateIdentityProviderConfigCommand,
  ListIdentityProviderConfigsCommand,
  type OidcIdentityProviderConfigRequest,
  UpdateClusterConfigCommand,
  waitUntilClusterActive,
} from '@aws-sdk/client-eks';
import { ACCOUNT, type EksWorld, refusal, startEksWorld } from '../eks-world';

const OIDC = {
  ...{ identityProviderConfigName: 'Okta', issuerUrl: 'https://dev-1.okta.com/oauth2/aus1', clientId: '0oa1' },
  ...{ usernameClaim: 'email', usernamePrefix: 'okta:', groupsClaim: 'groups', groupsPrefix: 'okta:' },
};
const NAMED = { clusterName: 'production', identityProviderConfig: { type: 'oidc', name: 'Okta' } };

describe('the identity provider of a cluster', () => {
  let world: EksWorld;
  let open: () => void;
  const associate = (oidc: Partial<OidcIdentityProviderConfigRequest> = {}, token?: string) =>
    world.client.send(
      new AssociateIdentityProviderConfigCommand({
        ...{ clusterName: 'production', oidc: { ...OIDC, ...oidc }, tags: { team: 'platform' } },
        ...(token !== undefined && { clientRequestToken: token }),
      }),
    );
  const disassociate = () => world.client.send(new DisassociateIdentityProviderConfigCommand(NAMED));
  const status = async () =>
    (await world.client.send(new DescribeIdentityProviderConfigCommand(NAMED))).identityProviderConfig?.oidc;
  const finished = async (updateId?: string) => {
    for (;;) {
      const { update } = await world.client.send(new DescribeUpdateCommand({ name: 'production', updateId }));
      if (update?.status !== 'InProgress') return update;
    }
  };
  /** Makes the next changes wait until `open` is called. */
  const closeGate = () => {
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    world.gate = () => gate;
  };

  beforeEach(async () => {
    world = await startEksWorld();
    await world.client.send(
      new CreateClusterCommand({
        ...{ name: 'production', roleArn: `arn:aws:iam::${ACCOUNT}:role/eks` },
        resourcesVpcConfig: { subnetIds: ['subnet-1', 'subnet-2'] },
      }),
    );
    await waitUntilClusterActive(
      { client: world.client, maxWaitTime: 30, minDelay: 0.01, maxDelay: 0.05 },
      { name: 'production' },
    );
  });

  afterEach(() => world.close());

  test('is active once the API server trusts it', async () => {
    closeGate();

    const { update, tags } = await associate();

    expect([update?.type, tags]).toEqual(['AssociateIdentityProviderConfig', { team: 'platform' }]);
    expect((await status())?.status).toBe('CREATING');
    expect(world.events).toEqual(['start']);
    open();
    expect((await finished(update?.id))?.status).toBe('Successful');
    expect(await status()).toMatchObject({ ...OIDC, clusterName: 'production', status: 'ACTIVE' });
    expect((await status())?.identityProviderConfigArn).toMatch(
      /^arn:aws:eks:eu-west-1:111122223333:identityproviderconfig\/production\/oidc\/Okta\/[0-9a-f-]{36}$/,
    );
    expect(world.events).toEqual(['start', 'trust https://dev-1.okta.com/oauth2/aus1']);
    expect([...world.trusted.values()]).toEqual([
      {
        ...{ issuer_url: OIDC.issuerUrl, client_id: '0oa1', username_claim: 'email', username_prefix: 'okta:' },
        ...{ groups_claim: 'groups', groups_prefix: 'okta:', required_claims: undefined },
      },
    ]);
  });

  test('is trusted until it is disassociated', async () => {
    await finished((await associate()).update?.id);
    closeGate();

    const { update } = await disassociate();

    expect((await status())?.status).toBe('DELETING');
    open();
    expect((await finished(update?.id))?.status).toBe('Successful');
    expect(await refusal(status())).toBe(
      '404 ResourceNotFoundException: Identity provider config Okta is not associated with cluster production',
    );
    expect([...world.trusted.values()]).toEqual([undefined]);
    expect(await refusal(disassociate())).toBe(
      '400 InvalidRequestException: Identity provider config Okta is not associated with cluster production',
    );
  });

  test('is the only one of its cluster', async () => {
    await finished((await associate()).update?.id);

    expect(await refusal(associate({ identityProviderConfigName: 'Entra' }))).toBe(
      '409 ResourceInUseException: Only one identity provider configuration is supported for each cluster, and production has Okta.',
    );
    const { identityProviderConfigs } = await world.client.send(
      new ListIdentityProviderConfigsCommand({ clusterName: 'production' }),
    );
    expect(identityProviderConfigs).toEqual([{ type: 'oidc', name: 'Okta' }]);
  });

  test('is associated once by a request that is repeated', async () => {
    const first = await associate({}, 'once');
    const second = await associate({}, 'once');

    expect(second.update?.id).toBe(first.update?.id);
  });

  test('fails while another update is in progress', async () => {
    closeGate();
    const { update } = await associate();
    const inProgress = (operation: string) =>
      `409 ResourceInUseException: Cannot ${operation} because cluster production currently has update ${update?.id} in progress`;

    const refused = [
      await refusal(disassociate()),
      await refusal(
        world.client.send(new UpdateClusterConfigCommand({ name: 'production', deletionProtection: true })),
      ),
    ];

    expect(refused).toEqual([inProgress('disassociateIdentityProviderConfig'), inProgress('updateClusterConfig')]);
    open();
  });

  test('is not associated if the API server does not take it', async () => {
    world.gate = () => Promise.reject(new Error('the issuer cannot be reached'));

    const { update } = await associate();

    expect(await finished(update?.id)).toMatchObject({
      status: 'Failed',
      errors: [{ errorMessage: 'the issuer cannot be reached' }],
    });
    expect(await refusal(status())).toContain('404 ResourceNotFoundException');
  });

  test('cannot be the cluster itself', async () => {
    const { cluster } = await world.client.send(new DescribeClusterCommand({ name: 'production' }));

    expect(await refusal(associate({ issuerUrl: cluster?.identity?.oidc?.issuer }))).toBe(
      '400 InvalidParameterException: Incorrect Identity Provider URL configuration. The Identity Provider URL cannot be same as OpenID Connect (OIDC) issuer URL',
    );
  });

  test.each<[string, Partial<OidcIdentityProviderConfigRequest>, string]>([
    ['no client ID', { clientId: undefined }, 'oidc.clientId: Invalid input: expected string, received undefined'],
    [
      'an issuer without TLS',
      { issuerUrl: 'http://dev-1.okta.com' },
      'The issuerUrl must be a URL that starts with https://, not http://dev-1.okta.com.',
    ],
    ['no URL', { issuerUrl: 'okta' }, 'The issuerUrl must be a URL that starts with https://, not okta.'],
    [
      'a query',
      { issuerUrl: 'https://okta.com?a=b' },
      'The issuerUrl must have no query and no fragment: https://okta.com?a=b.',
    ],
    [
      'a reserved prefix of user names',
      { usernamePrefix: 'system:' },
      'The usernamePrefix must not contain system:, and it is system:.',
    ],
    [
      'a reserved prefix of groups',
      { groupsPrefix: 'x-system:' },
      'The groupsPrefix must not contain system:, and it is x-system:.',
    ],
    [
      'a long required claim',
      { requiredClaims: { team: 'x'.repeat(254) } },
      'A key of requiredClaims has 1 to 63 characters and a value 1 to 253; team has 4 and 254.',
    ],
  ])('fails with %s', async (_name, oidc, message) => {
    expect(await refusal(associate(oidc))).toBe(`400 InvalidParameterException: ${message}`);
    expect(await refusal(status())).toContain('404');
  });

  test('is of the type oidc', async () => {
    const call = world.client.send(
      new DescribeIdentityProviderConfigCommand({
        ...NAMED,
        identityProviderConfig: { type: 'saml', name: 'Okta' },
      }),
    );

    expect(await refusal(call)).toBe(
      '400 InvalidParameterException: The type of an identity provider config is oidc, not saml.',
    );
  });
});
