import { App, TerraformStack, TerraformVariable } from 'cdktf';
import { AwsProvider } from '#aws/provider';
import { EksCluster, type IEksCluster } from '../../../constructs/eks/cluster';
import { ClusterAdminEntry } from '../../../constructs/eks/cluster-admin-entry';
import { EksClusterRole } from '../../../constructs/eks/cluster-role';
import { OidcIdentityProvider, type OidcIdentityProviderProps } from '../../../constructs/eks/oidc-identity-provider';
import { validateAll } from '../../../constructs/validate-all';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const TYPE = 'aws_eks_identity_provider_config';
const OKTA = { issuerUrl: 'https://example.okta.com/oauth2/aus1', clientId: '0oa1' };

/** The association of a looked-up cluster. */
const association = (props: Partial<OidcIdentityProviderProps> = {}) =>
  theResource(
    synthesizedConstructs((stack) => {
      const cluster = EksCluster.fromName(stack, 'Cluster', 'prod');
      new OidcIdentityProvider(stack, 'Okta', { cluster, ...OKTA, ...props });
    }),
    TYPE,
  );

const madeCluster = (stack: TerraformStack) =>
  new EksCluster(stack, 'Cluster', {
    name: 'prod',
    role: new EksClusterRole(stack, 'Role', { roleName: 'EKSCluster' }),
    subnetIds: ['subnet-1', 'subnet-2'],
  });

describe('OidcIdentityProvider', () => {
  test('trusts one client of one issuer, with a prefix before users and groups', () => {
    expect(association()).toEqual({
      cluster_name: 'prod',
      oidc: {
        identity_provider_config_name: 'Okta',
        issuer_url: 'https://example.okta.com/oauth2/aus1',
        client_id: '0oa1',
        username_claim: 'email',
        username_prefix: 'okta:',
        groups_claim: 'groups',
        groups_prefix: 'okta:',
      },
      // 40 minutes, the default, can be too short.
      timeouts: { create: '60m', delete: '60m' },
      depends_on: [expect.stringMatching(/^data\.aws_eks_cluster\.Cluster_/)],
      // Every change replaces it, and until then nobody can sign in.
      lifecycle: { prevent_destroy: true },
    });
  });

  test('has the name, claims and prefixes that it is given', () => {
    const { oidc } = association({
      name: 'Workforce',
      usernameClaim: 'sub',
      usernamePrefix: 'user:',
      groupsClaim: 'okta_groups',
      groupsPrefix: 'group:',
      requiredClaims: { tenant: 'platform', env: 'prod' },
    });

    expect(oidc).toEqual({
      identity_provider_config_name: 'Workforce',
      ...{ issuer_url: OKTA.issuerUrl, client_id: OKTA.clientId },
      username_claim: 'sub',
      username_prefix: 'user:',
      groups_claim: 'okta_groups',
      groups_prefix: 'group:',
      required_claims: { tenant: 'platform', env: 'prod' },
    });
  });

  test.each([
    [true, false],
    [false, true],
  ])('with replaceable %p has prevent_destroy %p', (replaceable, preventDestroy) => {
    expect(association({ replaceable }).lifecycle).toEqual({ prevent_destroy: preventDestroy });
  });

  test('is replaced with its cluster, which then has the same name and no such entry', () => {
    const stack = synthesizedConstructs(
      (scope) => new OidcIdentityProvider(scope, 'Okta', { cluster: madeCluster(scope), ...OKTA }),
    );

    expect(theResource(stack, 'aws_eks_identity_provider_config').lifecycle).toEqual({
      prevent_destroy: true,
      replace_triggered_by: [`${theAddress(stack, 'aws_eks_cluster')}.id`],
    });
  });

  test('waits for a cluster that is made', () => {
    const stack = synthesizedConstructs(
      (scope) => new OidcIdentityProvider(scope, 'Okta', { cluster: madeCluster(scope), ...OKTA }),
    );

    expect(theResource(stack, TYPE).depends_on).toEqual([theAddress(stack, 'aws_eks_cluster')]);
  });

  test('waits for everything else that updates the cluster: EKS answers 409 to two updates at a time', () => {
    const stack = synthesizedConstructs((scope) => {
      const cluster = madeCluster(scope);
      const after = ['a', 'b'].map(
        (name) => new ClusterAdminEntry(scope, name, { cluster, roleArn: `arn:aws:iam::111122223333:role/${name}` }),
      );
      new OidcIdentityProvider(scope, 'Okta', { cluster, ...OKTA, after: after.map(({ dependable }) => dependable) });
    });

    expect(theResource(stack, TYPE).depends_on).toEqual([
      theAddress(stack, 'aws_eks_cluster'),
      expect.stringMatching(/^aws_eks_access_policy_association\.a_Policy_/),
      expect.stringMatching(/^aws_eks_access_policy_association\.b_Policy_/),
    ]);
  });
});

describe('the prefixes of an OidcIdentityProvider', () => {
  test('are left out where they are empty and the user name is the email', () => {
    const { oidc } = association({ usernamePrefix: '', groupsPrefix: '', groupsStartWith: 'eks-' });

    expect(oidc).toEqual({
      identity_provider_config_name: 'Okta',
      issuer_url: OKTA.issuerUrl,
      client_id: OKTA.clientId,
      username_claim: 'email',
      groups_claim: 'groups',
    });
  });

  test("are '-' before a user name of another claim: left out, EKS would put the issuer there", () => {
    const { oidc } = association({
      usernameClaim: 'sub',
      usernamePrefix: '',
      groupsPrefix: '',
      groupsStartWith: 'eks-',
    });

    expect(oidc.username_prefix).toBe('-');
    expect(oidc).not.toHaveProperty('groups_prefix');
  });

  test('are two: one may be empty without the other', () => {
    const withoutUsers = association({ usernamePrefix: '' }).oidc;
    const withoutGroups = association({ groupsPrefix: '', groupsStartWith: 'eks-' }).oidc;

    expect(withoutUsers).not.toHaveProperty('username_prefix');
    expect(withoutUsers.groups_prefix).toBe('okta:');
    expect(withoutGroups.username_prefix).toBe('okta:');
    expect(withoutGroups).not.toHaveProperty('groups_prefix');
  });

  const reserved = (given: string) =>
    constructError(
      'test/Okta',
      "A prefix must not contain 'system:', which Kubernetes reserves for its own users and groups.",
      `Given: '${given}'.`,
      "Allowed: a prefix without 'system:', such as okta:.",
      'Fix: Choose another prefix.',
    );

  test.each([
    ['user names', { usernamePrefix: 'system:' }, 'system:'],
    ['groups', { groupsPrefix: 'system:' }, 'system:'],
    ['both, told once', { usernamePrefix: 'system:', groupsPrefix: 'system:' }, 'system:'],
    ['groups, in the middle', { groupsPrefix: 'okta-system:x' }, 'okta-system:x'],
  ])("fail where they are one of Kubernetes' own before %s", (_case, props, given) => {
    expect(() => association(props)).toThrow(reserved(given));
  });

  test("fail where a group could arrive as one of Kubernetes' own", () => {
    expect(() => association({ groupsPrefix: 'sys' })).toThrow(
      constructError(
        'test/Okta',
        "In Kubernetes, an Okta group 'tem:masters' would become 'system:masters', a name that Kubernetes reserves.",
        "Given: prefix 'sys' and no filter.",
        "Allowed: a prefix and filter with which no group starts with 'system:'.",
        'Fix: Set the group prefix, for example to okta:, the default.',
      ),
    );
  });

  test('fail without a prefix of groups if nobody says which groups arrive', () => {
    expect(() => association({ groupsPrefix: '' })).toThrow(
      "In Kubernetes, an Okta group 'system:masters' would become 'system:masters', a name that Kubernetes reserves.",
    );
  });

  test.each([
    ['s', 'system:masters'],
    ['E', 'eks:service-operations'],
    ['b', 'break-glass'],
  ])('fail without a prefix of groups if the filter %p lets the group %p arrive', (groupsStartWith, group) => {
    expect(() => association({ groupsPrefix: '', groupsStartWith })).toThrow(
      `In Kubernetes, an Okta group '${group}' would become '${group}'`,
    );
  });

  test('may be empty with a filter that only Terraform knows', () => {
    const build = (stack: TerraformStack) =>
      new OidcIdentityProvider(stack, 'Okta', {
        cluster: EksCluster.fromName(stack, 'Cluster', 'prod'),
        ...OKTA,
        groupsPrefix: '',
        groupsStartWith: new TerraformVariable(stack, 'filter', {}).stringValue,
      });

    expect(theResource(synthesizedConstructs(build), TYPE).oidc).not.toHaveProperty('groups_prefix');
  });

  test.each(['eks:okta-', 'arn:aws:sts::111122223333:assumed-role/deployer/', 'iam:'])(
    'fail with the prefix %p of user names, with which names start like those of EKS, IAM, or AWS',
    (usernamePrefix) => {
      expect(() => association({ usernamePrefix })).toThrow('Every user name would start with');
    },
  );

  test("fail where a person could arrive as one of Kubernetes' own", () => {
    expect(() => association({ usernamePrefix: '', usernameClaim: 'name' })).toThrow(
      constructError(
        'test/Okta',
        "A user whose claim 'name' starts with 'system:' would get a name that is reserved for users of Kubernetes, such as 'system:kube-scheduler'.",
        "Given: prefix '' and claim 'name'.",
        "Allowed: a prefix with which no user name starts with 'system:', or the claim email or sub.",
        'Fix: Set the user name prefix, for example to okta:, the default.',
      ),
    );
  });

  test.each(['usernamePrefix', 'groupsPrefix'])("fail where %s is '-', which EKS reads in two ways", (prefix) => {
    expect(() => association({ [prefix]: '-' })).toThrow(
      constructError(
        'test/Okta',
        "The prefix '-' means no prefix for user names, but a literal '-' for groups.",
        "Given: '-'.",
        "Allowed: a prefix such as okta:, or '' for none.",
        "Fix: Write '' for no prefix.",
      ),
    );
  });

  test('may be known to Terraform alone', () => {
    const oidc = theResource(
      synthesizedConstructs((stack) => {
        const cluster = EksCluster.fromName(stack, 'Cluster', 'prod');
        const { stringValue } = new TerraformVariable(stack, 'prefix', {});
        new OidcIdentityProvider(stack, 'Okta', {
          cluster,
          ...OKTA,
          usernamePrefix: `${stringValue}system:`,
          groupsPrefix: `system:${stringValue}`,
        });
      }),
      TYPE,
    ).oidc;

    expect(oidc).toMatchObject({ username_prefix: '${var.prefix}system:', groups_prefix: 'system:${var.prefix}' });
  });
});

describe('a second OidcIdentityProvider on a cluster', () => {
  const second = (path: string, first: string) =>
    constructError(
      path,
      `EKS allows one OIDC identity provider per cluster, and ${first} already has it.`,
      "Given: 'prod'.",
      'Allowed: each EKS cluster once.',
      'Fix: Keep one of the two. A second Okta organization cannot serve as a fallback; when Okta is down, use IAM.',
    );
  const stackIn = (app: App, name: string) => {
    const stack = new TerraformStack(app, name);
    new AwsProvider(stack, 'Aws', {});
    return stack;
  };
  const associate = (stack: TerraformStack, id: string, cluster: IEksCluster) =>
    new OidcIdentityProvider(stack, id, { cluster, ...OKTA });

  test('fails on the same object', () => {
    const app = new App();
    const stack = stackIn(app, 'stack');
    const cluster = EksCluster.fromName(stack, 'Cluster', 'prod');

    associate(stack, 'Okta', cluster);
    associate(stack, 'OktaDr', cluster);

    expect(() => validateAll(app)).toThrow(second('stack/OktaDr', 'stack/Okta'));
  });

  test('fails on two look-ups of one name in a stack', () => {
    const app = new App();
    const stack = stackIn(app, 'stack');

    associate(stack, 'Okta', EksCluster.fromName(stack, 'Cluster', 'prod'));
    associate(stack, 'OktaDr', EksCluster.fromName(stack, 'Again', 'prod'));

    expect(() => validateAll(app)).toThrow(second('stack/OktaDr', 'stack/Okta'));
  });

  test('fails on a cluster that is made and looked up in a stack', () => {
    const app = new App();
    const stack = stackIn(app, 'stack');

    associate(stack, 'Okta', madeCluster(stack));
    associate(stack, 'OktaDr', EksCluster.fromName(stack, 'Again', 'prod'));

    expect(() => validateAll(app)).toThrow(second('stack/OktaDr', 'stack/Okta'));
  });

  test('fails on the same object from another stack', () => {
    const app = new App();
    const one = stackIn(app, 'one');
    const other = stackIn(app, 'other');
    const cluster = EksCluster.fromName(one, 'Cluster', 'prod');

    associate(one, 'Okta', cluster);
    associate(other, 'OktaDr', cluster);

    const elsewhere = constructError(
      'other/OktaDr',
      'The cluster is in another stack, and Terraform cannot depend on it from this one.',
      'Given: the cluster in the stack one.',
      'Allowed: one in the stack other.',
      'Fix: Look up the cluster in this stack with EksCluster.fromName.',
    );
    expect(() => validateAll(app)).toThrow(`${elsewhere.message}\n\n${second('other/OktaDr', 'one/Okta').message}`);
  });

  test('names the first for each further one', () => {
    const app = new App();
    const stack = stackIn(app, 'stack');
    const cluster = EksCluster.fromName(stack, 'Cluster', 'prod');

    for (const id of ['A', 'B', 'C']) associate(stack, id, cluster);

    expect(() => validateAll(app)).toThrow(
      `${second('stack/B', 'stack/A').message}\n\n${second('stack/C', 'stack/A').message}`,
    );
  });

  test.each([
    ['another name in the same stack', 'one', 'stage'],
    ['the same name in another stack, which is another account or region', 'other', 'prod'],
  ] as const)('is fine with %s', (_case, secondStack, secondName) => {
    const app = new App();
    const stacks = { one: stackIn(app, 'one'), other: stackIn(app, 'other') };

    associate(stacks.one, 'Okta', EksCluster.fromName(stacks.one, 'Cluster', 'prod'));
    associate(stacks[secondStack], 'Second', EksCluster.fromName(stacks[secondStack], 'Another', secondName));

    expect(() => validateAll(app)).not.toThrow();
  });

  test('is fine in another app of the same process', () => {
    const apps = [new App(), new App()];

    for (const app of apps) {
      const stack = stackIn(app, 'stack');
      associate(stack, 'Okta', EksCluster.fromName(stack, 'Cluster', 'prod'));
    }

    for (const app of apps) expect(() => validateAll(app)).not.toThrow();
  });
});

test('OidcIdentityProvider fails on a required claim whose name is longer than EKS takes', () => {
  const build = (stack: TerraformStack) =>
    new OidcIdentityProvider(stack, 'Okta', {
      cluster: EksCluster.fromName(stack, 'Cluster', 'prod'),
      ...OKTA,
      requiredClaims: { ['x'.repeat(64)]: 'value' },
    });

  expect(() => synthesizedConstructs(build)).toThrow(
    constructError(
      'test/Okta',
      'This is not a valid name for a required claim.',
      `Given: '${'x'.repeat(64)}', 64 characters.`,
      'Allowed: 1 to 63 characters, without control characters, and without white space at the start or end.',
      'Fix: Shorten it by 1.',
    ),
  );
});
