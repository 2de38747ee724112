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

/** What AWS makes up, and what no value of the embedded world is made of. */
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
  test('are understood to the last expression', () => {
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

  test('has the groups of the access file, and no others but Everyone', () => {
    expect(names(organization.allGroups())).toEqual(['Everyone', ...Object.keys(access.groups)].sort());
  });

  test('has the people whom the file puts into groups by their logins, and no others', () => {
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

  test('lets each member of an assigned group sign in to its app, and tells the group in the token', () => {
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
  test('knows the app and the server of the production example as the file has them', () => {
    const { organization, resolver } = filled(stacksOf('production'));
    const clientId = resolver.output('okta', 'client_id_tools') as string;

    expect(organization.appByClientId(clientId)).toEqual({
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
    expect(server).toEqual({
      id: expect.any(String),
      name: 'EKS production',
      audiences: ['http://localhost:8000'],
      scopes: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso'],
      claims: [
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

  test('puts people into groups by the rules of the production example', () => {
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

  test('takes the defaults of the provider where a rule states no lifetimes', () => {
    const { organization } = filled(synthesizedAccess(accessWith()));

    expect(organization.authorizationServers()[0]?.policies[0]?.rules[0]).toMatchObject({
      accessTokenMinutes: 60,
      refreshLifetimeMinutes: 0,
      refreshIdleMinutes: 10_080,
    });
  });

  test('knows no type that no example has', () => {
    const emitted = new Set(Object.values(STACKS).flatMap(typesOf));

    expect(Object.keys(OKTA_TYPES).filter((type) => !emitted.has(type))).toEqual([]);
  });

  test('gives an issuer of no group, and a client id of no server', () => {
    const stacks: Stacks = {
      okta: { resource: { okta_group: { A: { name: 'a' } }, okta_auth_server: { B: SERVER } } },
    };
    const { resolver } = filled(stacks);

    expect(() => resolver.value('${okta_group.A.issuer}', 'okta', 'x')).toThrow('nothing here computes issuer');
    expect(() => resolver.value('${okta_auth_server.B.client_id}', 'okta', 'x')).toThrow(
      'nothing here computes client_id',
    );
  });

  test.each<[string, Stacks, string]>([
    [
      'a resource type that it does not know',
      { okta: { resource: { okta_app_saml: { A: {} } } } },
      'The local Okta does not know okta_app_saml, which the stack okta has.',
    ],
    [
      'a data source type that it does not know',
      { other: { data: { okta_groups: { A: {} } } } },
      'The local Okta does not know data.okta_groups, which the stack other has.',
    ],
    [
      'an argument that it does not know',
      { okta: { resource: { okta_group: { A: { name: 'a', custom_profile_attributes: '{}' } } } } },
      'The local Okta does not know the argument custom_profile_attributes of okta_group.A in the stack okta.',
    ],
    [
      'an expression that it does not know',
      { okta: { resource: { okta_group: { A: { name: '${upper(okta_group.B.name)}' } } } } },
      'Cannot resolve ${upper(okta_group.B.name)} at okta_group.A.name of the stack okta: the function upper is not known.',
    ],
    [
      'a look-up of people by something else',
      { okta: { data: { okta_user: { A: { search: [{ name: 'profile.email', comparison: 'eq', value: 'a' }] } } } } },
      'data.okta_user.A of the stack okta: The local Okta looks people up by their login only, not by [{"name":"profile.email","comparison":"eq","value":"a"}].',
    ],
    [
      'a look-up of people by the start of their login',
      { okta: { data: { okta_user: { A: { search: [{ name: 'profile.login', comparison: 'sw', value: 'a' }] } } } } },
      'data.okta_user.A of the stack okta: The local Okta looks people up by their login only, not by [{"name":"profile.login","comparison":"sw","value":"a"}].',
    ],
    [
      'a claim that is not about groups',
      {
        okta: {
          resource: {
            okta_auth_server: { S: SERVER },
            okta_auth_server_claim: { C: { auth_server_id: '${okta_auth_server.S.id}', value_type: 'EXPRESSION' } },
          },
        },
      },
      'okta_auth_server_claim.C of the stack okta: The local Okta knows claims of GROUPS only, not "EXPRESSION".',
    ],
    [
      'a group that is looked up and made',
      { okta: { resource: { okta_group: { A: { name: 'a' } } }, data: { okta_group: { A: { name: 'a' } } } } },
      'okta_group.A of the stack okta: There is a group a already.',
    ],
    [
      'a name that is no text',
      { okta: { resource: { okta_group: { A: { name: 1 } } } } },
      'okta_group.A of the stack okta: expected a text as name, got 1.',
    ],
    [
      'a list that is none',
      { okta: { resource: { okta_auth_server: { S: { ...SERVER, audiences: 'a' } } } } },
      'okta_auth_server.S of the stack okta: expected a list as audiences, got "a".',
    ],
    [
      'a number that is none',
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
      'okta_auth_server_policy.P of the stack okta: expected a number as priority, got undefined.',
    ],
  ])('fails for %s', (_what, stacks, message) => {
    expect(() => fillOrganization(new Organization('x'), stacks)).toThrow(expect.objectContaining({ message }));
  });
});
