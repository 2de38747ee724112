import fleet from '../../../examples/fleet';
import { defineStacks } from '../../../examples/library';
import portal from '../../../examples/portal';
import production from '../../../examples/production';
import selfManaged from '../../../examples/self-managed';
import tutorial from '../../../examples/tutorial';
import { type Access, clientIdOutput } from '../../../model';
import { fillOrganization } from '../../../sandbox/okta/fill-organization';
import { OKTA_TYPES } from '../../../sandbox/okta/okta-types';
import { Organization } from '../../../sandbox/okta/organization';
import type { Stacks } from '../../../sandbox/synthesized/read-stacks';
import type { ComputedAttribute, Resolver } from '../../../sandbox/synthesized/resolve';
import { accessWith } from '../../access-files';
import { synthesized, synthesizedAccess } from '../../synthesized';

const EXAMPLES: Readonly<Record<string, Access>> = { fleet, portal, production, selfManaged, tutorial };

const STACKS: Readonly<Record<string, Stacks>> = {
  ...Object.fromEntries(Object.entries(EXAMPLES).map(([name, access]) => [name, synthesizedAccess(access)])),
  library: synthesized(defineStacks),
};

/** Values that AWS computes. No value of the sandbox depends on them. */
const AWS: ComputedAttribute = ({ address }, attribute) => {
  if (attribute === 'certificate_authority') return [{ data: 'Y2E=' }];
  if (attribute === 'ids' || attribute === 'zone_ids') return [`${attribute} of ${address}`];
  return /^(data\.)?aws_/.test(address) ? `${attribute} of ${address}` : undefined;
};

const SERVER = { name: 's', audiences: ['a'] };

const issuerUrl = (serverId: string) => `https://localhost:1/oauth2/${serverId}`;

function filled(stacks: Stacks): { organization: Organization; resolver: Resolver } {
  const organization = new Organization('x');
  return { organization, resolver: fillOrganization(organization, stacks).resolver(issuerUrl, AWS) };
}

function stacksOf(example: string): Stacks {
  return STACKS[example] as Stacks;
}

/** The types of the resources, or of the data sources, of some stacks. */
function typesOf(stacks: Stacks): readonly string[] {
  return Object.values(stacks).flatMap(({ resource = {}, data = {} }) => [
    ...Object.keys(resource),
    ...Object.keys(data).map((type) => `data.${type}`),
  ]);
}

function names(things: readonly { readonly name: string }[]): readonly string[] {
  return things.map(({ name }) => name).sort();
}

describe.each(Object.keys(STACKS))('the stacks of the example %s', (example) => {
  test('resolve completely', () => {
    const stacks = stacksOf(example);
    const { resolver } = filled(stacks);

    const values = Object.keys(stacks).flatMap((stack) => [
      ...typesOf({ [stack]: stacks[stack] ?? {} }).flatMap((type) => resolver.instances(stack, type)),
      ...Object.keys(stacks[stack]?.output ?? {}).map((output) => resolver.output(stack, output)),
    ]);

    expect(values.length).toBeGreaterThan(0);
    expect(JSON.stringify(values)).not.toContain('${');
  });
});

describe.each(Object.entries(EXAMPLES))('the organization of the example %s', (example, access) => {
  const { organization, resolver } = filled(stacksOf(example));
  const apps = access.apps;

  test('has the groups of the access file and Everyone', () => {
    expect(names(organization.allGroups())).toEqual(['Everyone', ...Object.keys(access.groups)].sort());
  });

  test('has the people whom the file adds to groups by login', () => {
    const expected = Object.entries(access.groups).flatMap(([group, { logins = [] }]) =>
      logins.map((login) => ({ login, group })),
    );

    const memberships = organization
      .people()
      .flatMap(({ id, login }) =>
        names(organization.groupsOf(id).filter(({ type }) => type === 'OKTA_GROUP')).map((group) => ({ login, group })),
      );

    const inOrder = (list: typeof expected) => list.map(({ login, group }) => `${login} ${group}`).sort();
    expect(inOrder(memberships)).toEqual(inOrder(expected));
  });

  test.each(apps)('assigns the groups of the file to the app $name', ({ name, groups }) => {
    const clientId = resolver.output('okta', clientIdOutput(name)) as string;
    const app = organization.appByClientId(clientId);

    expect(app).toMatchObject({ label: name, clientId, tokenEndpointAuthMethod: 'none', pkceRequired: true });
    expect(names(organization.assignmentsOf(app?.id ?? ''))).toEqual(
      access.signIn.assignment === 'everyone' ? ['Everyone'] : [...groups].sort(),
    );
  });

  test('has one authorization server, with a policy for each app', () => {
    const servers = organization.authorizationServers();

    expect(servers).toHaveLength(1);
    expect(servers[0]?.policies.flatMap(({ clients }) => clients).sort()).toEqual(
      apps.map(({ name }) => resolver.output('okta', clientIdOutput(name))).sort(),
    );
    expect(resolver.output('okta', 'issuer_url')).toBe(issuerUrl(servers[0]?.id ?? ''));
  });

  test('lets every member of an assigned group sign in, with the group in the token', () => {
    const serverId = organization.authorizationServers()[0]?.id ?? '';
    const told = apps.flatMap(({ name, groups }) => {
      const clientId = resolver.output('okta', clientIdOutput(name)) as string;
      return groups.map((group) => {
        const { id: userId, login } = organization.addUser({ login: `${name}-${group}@test.example` });
        organization.addMember(group, login);
        const request = { serverId, clientId, userId, scopes: ['openid', 'email'] };
        return {
          answer: organization.authorize({ ...request, grantType: 'authorization_code' }).ok,
          groups: organization.idTokenClaims(request)[access.groupsClaim.name],
          expected: [group],
        };
      });
    });

    expect(told.length).toBeGreaterThan(0);
    expect(told).toEqual(told.map(({ expected }) => ({ answer: true, groups: expected, expected })));
  });
});

describe('fillOrganization', () => {
  test('has the app and the authorization server of the production example', () => {
    const { organization, resolver } = filled(stacksOf('production'));
    const clientId = resolver.output('okta', 'client_id_tools') as string;

    expect(organization.appByClientId(clientId)).toEqual({
      ...{ status: 'ACTIVE', implicitAssignment: false, details: {} },
      policyId: organization.authenticationPolicies.find(({ system }) => !system)?.id,
      id: clientId,
      clientId,
      label: 'tools',
      grantTypes: ['authorization_code', 'refresh_token'],
      responseTypes: ['code'],
      redirectUris: ['http://localhost:8000', 'http://localhost:18000'],
      postLogoutRedirectUris: ['http://localhost:8000', 'http://localhost:18000'],
      tokenEndpointAuthMethod: 'none',
      pkceRequired: true,
      refreshTokenRotation: 'ROTATE',
      refreshTokenLeeway: 30,
    });
    const [server] = organization.authorizationServers();
    expect(server).toMatchObject({
      id: expect.any(String),
      name: 'EKS production',
      audiences: ['http://localhost:8000'],
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'].map((name) => ({
        name,
      })),
      claims: [
        {
          name: 'tenant',
          claimType: 'IDENTITY',
          filter: 'EXPRESSION',
          value: '"example"',
          alwaysIncludeInToken: true,
          scopes: [],
        },
        {
          name: 'groups',
          claimType: 'IDENTITY',
          filter: 'STARTS_WITH',
          value: 'eks-',
          alwaysIncludeInToken: true,
          scopes: [],
        },
      ],
      policies: ['production', 'tools'].map((name, index) => ({
        id: expect.any(String),
        name,
        priority: index + 1,
        clients: [resolver.output('okta', `client_id_${name}`)],
        rules: [
          {
            id: expect.any(String),
            name: 'AuthCode + PKCE',
            priority: 1,
            grantTypes: ['authorization_code'],
            groups: ['EVERYONE'],
            scopes: ['*'],
            accessTokenMinutes: 15,
            refreshLifetimeMinutes: 720,
            refreshIdleMinutes: 120,
          },
        ],
      })),
    });
  });

  test('applies the group rules of the production example', () => {
    const { organization } = filled(stacksOf('production'));
    const shop = organization.addUser({ login: 'a@test.example', profile: { department: 'Shop' } });
    const engineer = { department: 'Engineering', employeeType: 'FTE' };
    const platform = organization.addUser({ login: 'b@test.example', profile: engineer });
    const contractor = organization.addUser({
      login: 'c@test.example',
      profile: { ...engineer, employeeType: 'Contractor' },
    });

    expect(names(organization.groupsOf(shop.id))).toEqual(['Everyone', 'eks-developers']);
    expect(names(organization.groupsOf(platform.id))).toEqual(['Everyone', 'eks-platform']);
    expect(names(organization.groupsOf(contractor.id))).toEqual(['Everyone']);
  });

  test('finds groups by ID and type, and gives tokens those of a directory only by an expression', () => {
    const fileWith = (groupsClaim: Record<string, unknown>) =>
      synthesizedAccess(
        accessWith({
          groupsClaim,
          groups: {
            'eks-admins': {},
            'eks-id': { existing: { id: '00g1emaKYZTWRYYRRTSK' } },
            'eks-dir': { existing: { type: 'APP_GROUP' } },
          },
        }),
      );
    const groupsOf = (groupsClaim: Record<string, unknown>) => {
      const { organization } = filled(fileWith(groupsClaim));
      const { id: userId } = organization.addUser({ login: 'ana@example.com' });
      for (const name of ['eks-id', 'eks-dir']) organization.addMember(name, 'ana@example.com');
      expect(organization.groupByName('eks-id')?.id).toBe('00g1emaKYZTWRYYRRTSK');
      const serverId = organization.authorizationServers()[0]?.id ?? '';
      return organization.idTokenClaims({ serverId, clientId: 'x', userId, scopes: ['openid'] }).groups;
    };

    expect(groupsOf({})).toEqual(['eks-id']);
    expect(groupsOf({ startsWith: ['eks-a', 'eks-i', 'eks-d'] })).toEqual(['eks-id']);
    expect(groupsOf({ expression: 'Groups.startsWith("active_directory", "eks-", 100)' })).toEqual(['eks-dir']);
  });

  test('uses the defaults of the provider if a rule has no lifetimes', () => {
    const { organization } = filled(synthesizedAccess(accessWith()));

    expect(organization.authorizationServers()[0]?.policies[0]?.rules[0]).toMatchObject({
      accessTokenMinutes: 60,
      refreshLifetimeMinutes: 0,
      refreshIdleMinutes: 10_080,
    });
  });

  test('supports only types that an example uses', () => {
    const emitted = new Set(Object.values(STACKS).flatMap(typesOf));

    expect(Object.keys(OKTA_TYPES).filter((type) => !emitted.has(type))).toEqual([]);
  });

  test('has no issuer of a group and no client id of a server', () => {
    const stacks: Stacks = {
      okta: { resource: { okta_group: { A: { name: 'a' } }, okta_auth_server: { B: SERVER } } },
    };
    const { resolver } = filled(stacks);

    expect(() => resolver.value('${okta_group.A.issuer}', 'okta', 'x')).toThrow(
      'the attribute issuer of okta_group.A is unknown',
    );
    expect(() => resolver.value('${okta_auth_server.B.client_id}', 'okta', 'x')).toThrow(
      'the attribute client_id of okta_auth_server.B is unknown',
    );
  });

  test.each<[string, Stacks, string]>([
    [
      'an unsupported resource type',
      { okta: { resource: { okta_app_saml: { A: {} } } } },
      'The local Okta does not support okta_app_saml, which is in the stack okta.',
    ],
    [
      'an unsupported data source type',
      { other: { data: { okta_groups: { A: {} } } } },
      'The local Okta does not support data.okta_groups, which is in the stack other.',
    ],
    [
      'an unsupported argument',
      { okta: { resource: { okta_group: { A: { name: 'a', custom_profile_attributes: '{}' } } } } },
      'The local Okta does not support the argument custom_profile_attributes of okta_group.A in the stack okta.',
    ],
    [
      'an unsupported expression',
      { okta: { resource: { okta_group: { A: { name: '${upper(okta_group.B.name)}' } } } } },
      'Cannot resolve ${upper(okta_group.B.name)} at okta_group.A.name in the stack okta: the function upper is not supported.',
    ],
    [
      'a search for people by e-mail address',
      { okta: { data: { okta_user: { A: { search: [{ name: 'profile.email', comparison: 'eq', value: 'a' }] } } } } },
      'data.okta_user.A in the stack okta: The local Okta finds people only by login, not by [{"name":"profile.email","comparison":"eq","value":"a"}].',
    ],
    [
      'a search for people by the start of their login',
      { okta: { data: { okta_user: { A: { search: [{ name: 'profile.login', comparison: 'sw', value: 'a' }] } } } } },
      'data.okta_user.A in the stack okta: The local Okta finds people only by login, not by [{"name":"profile.login","comparison":"sw","value":"a"}].',
    ],
    [
      'a group that is looked up and created',
      { okta: { resource: { okta_group: { A: { name: 'a' } } }, data: { okta_group: { A: { name: 'a' } } } } },
      'okta_group.A in the stack okta: The group a already exists.',
    ],
    [
      'a name that is not a string',
      { okta: { resource: { okta_group: { A: { name: 1 } } } } },
      'okta_group.A in the stack okta: name must be a string, not 1.',
    ],
    [
      'a list that is not a list',
      { okta: { resource: { okta_auth_server: { S: { ...SERVER, audiences: 'a' } } } } },
      'okta_auth_server.S in the stack okta: audiences must be a list, not "a".',
    ],
    [
      'a missing number',
      {
        okta: {
          resource: {
            okta_auth_server: { S: SERVER },
            okta_auth_server_policy: {
              P: { auth_server_id: '${okta_auth_server.S.id}', name: 'p', client_whitelist: [] },
            },
          },
        },
      },
      'okta_auth_server_policy.P in the stack okta: priority must be a number, not undefined.',
    ],
  ])('fails for %s', (_what, stacks, message) => {
    expect(() => fillOrganization(new Organization('x'), stacks)).toThrow(expect.objectContaining({ message }));
  });
});
