import { decodeJwt } from 'jose';
import { IssuerWorld, TestBrowser } from '../issuer-world';

/** A change by the management API. */
type Change = (world: IssuerWorld) => Promise<unknown>;

const ANA = 'ana@example.com';
const SERVER = '/authorizationServers/aus1';

function groupId({ organization }: IssuerWorld, name: string): string {
  return organization.groupByName(name)?.id ?? '';
}

function server({ organization }: IssuerWorld) {
  return organization.servers.known('aus1');
}

/** What Ana gets for a new sign-in: the groups of the token, or how Okta refuses her. */
async function outcome(world: IssuerWorld, changes: Record<string, string> = {}): Promise<string> {
  const browser = new TestBrowser(world.fetch);
  const start = await browser.open(world.authorizeUrl(changes));
  const end = start.page?.status === 200 ? await browser.fillIn(start, ANA) : start;
  if (end.page !== undefined) {
    const words = /role="alert">([^<]*)/.exec(end.page.text)?.[1] ?? /<p[^>]*>([^<]*)/.exec(end.page.text)?.[1];
    return `page ${end.page.status}: ${words}`;
  }
  const { searchParams } = end.url;
  if (searchParams.has('error')) return `${searchParams.get('error')}: ${searchParams.get('error_description')}`;
  const { body } = await world.exchange(searchParams.get('code') ?? '', { redirect_uri: end.url.origin });
  const { groups, tenant } = decodeJwt(body.id_token ?? '') as { groups?: string[]; tenant?: string };
  return [...(groups ?? ['no groups']), ...(tenant === undefined ? [] : [`tenant ${tenant}`])].join(', ');
}

async function newGroup(world: IssuerWorld, name: string): Promise<string> {
  return ((await world.api('POST', '/groups', { profile: { name } })) as { id: string }).id;
}

/** Makes an active rule for a group, and returns the id of the rule. */
async function newRule(world: IssuerWorld, group: string, expression: string): Promise<string> {
  const rule = {
    name: group,
    conditions: { expression: { value: expression, type: 'urn:okta:expression:1.0' } },
    actions: { assignUserToGroups: { groupIds: [await newGroup(world, group)] } },
  };
  const { id } = (await world.api('POST', '/groups/rules', rule)) as { id: string };
  await world.api('POST', `/groups/rules/${id}/lifecycle/activate`);
  return id;
}

function setRule(change: (rule: { conditions: Record<string, unknown>; [key: string]: unknown }) => void): Change {
  return async (world) => {
    const [policy] = server(world).policies;
    const path = `${SERVER}/policies/${policy?.id}/rules/${policy?.rules[0]?.id}`;
    const rule = (await world.api('GET', path)) as Parameters<typeof change>[0];
    change(rule);
    await world.api('PUT', path, rule);
  };
}

async function setClaim(world: IssuerWorld, changes: Record<string, unknown>): Promise<unknown> {
  const path = `${SERVER}/claims/${server(world).claims[0]?.id}`;
  return world.api('PUT', path, { ...((await world.api('GET', path)) as object), ...changes });
}

async function setApp(
  world: IssuerWorld,
  change: (client: { redirect_uris: string[]; grant_types: string[] }) => void,
): Promise<void> {
  const app = (await world.api('GET', '/apps/eks')) as { settings: { oauthClient: Parameters<typeof change>[0] } };
  change(app.settings.oauthClient);
  await world.api('PUT', '/apps/eks', app);
}

const NOT_ASSIGNED = 'access_denied: User is not assigned to the client application.';
const NO_POLICY = 'access_denied: Policy evaluation failed for this request, please check the policy configurations.';

const CHANGES: Readonly<Record<string, readonly [Change, string]>> = {
  nothing: [async () => {}, 'EKS-Upper, eks-admins'],
  'a membership that was removed': [
    (world) => world.api('DELETE', `/groups/${groupId(world, 'EKS-Upper')}/users/${ANA}`),
    'eks-admins',
  ],
  'the membership that assigns the app': [
    (world) => world.api('DELETE', `/groups/${groupId(world, 'eks-admins')}/users/${ANA}`),
    NOT_ASSIGNED,
  ],
  'a new group with a membership': [
    async (world) => world.api('PUT', `/groups/${await newGroup(world, 'eks-new')}/users/${ANA}`),
    'EKS-Upper, eks-admins, eks-new',
  ],
  'another name of a group': [
    (world) => world.api('PUT', `/groups/${groupId(world, 'EKS-Upper')}`, { profile: { name: 'eks-lower' } }),
    'eks-admins, eks-lower',
  ],
  'a deleted group': [(world) => world.api('DELETE', `/groups/${groupId(world, 'EKS-Upper')}`), 'eks-admins'],
  'a rule that is true': [
    (world) => newRule(world, 'eks-ruled', `user.login == "${ANA}"`),
    'EKS-Upper, eks-admins, eks-ruled',
  ],
  'a rule that is false': [
    (world) => newRule(world, 'eks-ruled', 'user.department == "Shop"'),
    'EKS-Upper, eks-admins',
  ],
  'a rule that a changed profile makes true': [
    async (world) => {
      await newRule(world, 'eks-ruled', 'user.department == "Shop"');
      await world.api('POST', `/users/${ANA}`, { profile: { department: 'Shop', firstName: 'Ana', lastName: 'L' } });
    },
    'EKS-Upper, eks-admins, eks-ruled',
  ],
  'a rule that was deactivated, which keeps whom it added': [
    async (world) =>
      world.api('POST', `/groups/rules/${await newRule(world, 'eks-ruled', 'true')}/lifecycle/deactivate`),
    'EKS-Upper, eks-admins, eks-ruled',
  ],
  'a rule that was deleted without those whom it added': [
    async (world) => {
      const id = await newRule(world, 'eks-ruled', 'true');
      await world.api('POST', `/groups/rules/${id}/lifecycle/deactivate`);
      await world.api('DELETE', `/groups/rules/${id}`);
    },
    'EKS-Upper, eks-admins, eks-ruled',
  ],
  'a rule that was deleted with those whom it added': [
    async (world) => {
      const id = await newRule(world, 'eks-ruled', 'true');
      await world.api('POST', `/groups/rules/${id}/lifecycle/deactivate`);
      await world.api('DELETE', `/groups/rules/${id}?removeUsers=true`);
    },
    'EKS-Upper, eks-admins',
  ],
  'an exclusion from a rule': [
    async (world) => {
      await newRule(world, 'eks-ruled', 'true');
      await world.api('DELETE', `/groups/${groupId(world, 'eks-ruled')}/users/${ANA}`);
    },
    'EKS-Upper, eks-admins',
  ],
  'another filter of the claim': [(world) => setClaim(world, { value: 'pay' }), 'payroll'],
  'an inactive claim': [(world) => setClaim(world, { status: 'INACTIVE' }), 'no groups'],
  'a claim that is not always in the token': [(world) => setClaim(world, { alwaysIncludeInToken: false }), 'no groups'],
  'another name of the claim': [(world) => setClaim(world, { name: 'teams' }), 'no groups'],
  'a deleted claim': [(world) => world.api('DELETE', `${SERVER}/claims/${server(world).claims[0]?.id}`), 'no groups'],
  'a new claim': [
    (world) =>
      world.api('POST', `${SERVER}/claims`, {
        ...{ name: 'tenant', claimType: 'IDENTITY', valueType: 'EXPRESSION', value: '"acme"' },
        alwaysIncludeInToken: true,
      }),
    'EKS-Upper, eks-admins, tenant acme',
  ],
  'an inactive policy': [
    (world) => world.api('POST', `${SERVER}/policies/${server(world).policies[0]?.id}/lifecycle/deactivate`),
    NO_POLICY,
  ],
  'a deleted policy': [
    (world) => world.api('DELETE', `${SERVER}/policies/${server(world).policies[0]?.id}`),
    NO_POLICY,
  ],
  'a policy for another app': [
    async (world) => {
      const path = `${SERVER}/policies/${server(world).policies[0]?.id}`;
      const conditions = { clients: { include: ['lenient'] } };
      await world.api('PUT', path, { ...((await world.api('GET', path)) as object), conditions });
    },
    NO_POLICY,
  ],
  'an inactive rule of the policy': [
    async (world) => {
      const [policy] = server(world).policies;
      const path = `${SERVER}/policies/${policy?.id}/rules/${policy?.rules[0]?.id}`;
      await world.api('POST', `${path}/lifecycle/deactivate`);
    },
    NO_POLICY,
  ],
  'a deleted rule of the policy': [
    async (world) => {
      const [policy] = server(world).policies;
      await world.api('DELETE', `${SERVER}/policies/${policy?.id}/rules/${policy?.rules[0]?.id}`);
    },
    NO_POLICY,
  ],
  'a rule for another grant type': [
    setRule((rule) => Object.assign(rule.conditions, { grantTypes: { include: ['implicit'] } })),
    NO_POLICY,
  ],
  'a rule for fewer scopes': [
    setRule((rule) => Object.assign(rule.conditions, { scopes: { include: ['openid'] } })),
    NO_POLICY,
  ],
  'a rule for a group of others': [
    async (world) => {
      const include = [await newGroup(world, 'others')];
      await setRule((rule) => Object.assign(rule.conditions, { people: { groups: { include } } }))(world);
    },
    NO_POLICY,
  ],
  'a rule for Ana alone': [
    async (world) => {
      const include = [world.organization.userByLogin(ANA)?.id];
      await setRule((rule) => Object.assign(rule.conditions, { people: { users: { include } } }))(world);
    },
    'EKS-Upper, eks-admins',
  ],
  'a rule that excludes Ana': [
    async (world) => {
      const users = { exclude: [world.organization.userByLogin(ANA)?.id] };
      const groups = { include: ['EVERYONE'] };
      await setRule((rule) => Object.assign(rule.conditions, { people: { users, groups } }))(world);
    },
    NO_POLICY,
  ],
  'an inactive app': [
    (world) => world.api('POST', '/apps/eks/lifecycle/deactivate'),
    'page 400: Invalid value for &#39;client_id&#39; parameter.',
  ],
  'a deleted app': [
    async (world) => {
      await world.api('POST', '/apps/eks/lifecycle/deactivate');
      await world.api('DELETE', '/apps/eks');
    },
    'page 400: Invalid value for &#39;client_id&#39; parameter.',
  ],
  'an assignment that was removed': [
    (world) => world.api('DELETE', `/apps/eks/groups/${groupId(world, 'eks-admins')}`),
    NOT_ASSIGNED,
  ],
  'an assignment of Ana alone': [
    async (world) => {
      await world.api('DELETE', `/apps/eks/groups/${groupId(world, 'eks-admins')}`);
      await world.api('POST', '/apps/eks/users', { id: world.organization.userByLogin(ANA)?.id });
    },
    'EKS-Upper, eks-admins',
  ],
  'a redirect URI that was removed': [
    (world) =>
      setApp(world, (client) => {
        client.redirect_uris = ['http://localhost:18000'];
      }),
    'page 400: The &#39;redirect_uri&#39; parameter must be a Login redirect URI in the client app settings.',
  ],
  'a grant type that was removed': [
    (world) =>
      setApp(world, (client) => {
        client.grant_types = ['refresh_token'];
      }),
    'unauthorized_client: The client is not authorized to use the provided grant type. Configured grant types: [refresh_token].',
  ],
  'a suspended user': [(world) => world.api('POST', `/users/${ANA}/lifecycle/suspend`), 'page 401: Unable to sign in'],
  'a user who was suspended for a while': [
    async (world) => {
      await world.api('POST', `/users/${ANA}/lifecycle/suspend`);
      await world.api('POST', `/users/${ANA}/lifecycle/unsuspend`);
    },
    'EKS-Upper, eks-admins',
  ],
  'a deactivated user': [
    (world) => world.api('POST', `/users/${ANA}/lifecycle/deactivate`),
    'page 401: Unable to sign in',
  ],
  'another password': [
    (world) => world.api('POST', `/users/${ANA}`, { credentials: { password: { value: 'another one' } } }),
    'page 401: Unable to sign in',
  ],
  'an inactive authorization server': [
    (world) => world.api('POST', `${SERVER}/lifecycle/deactivate`),
    'page 404: This page does not exist. Start the sign-in again from kubectl.',
  ],
};

describe('the next token shows', () => {
  test.each(Object.keys(CHANGES))('%s', async (what) => {
    const [change, expected] = CHANGES[what] as (typeof CHANGES)[string];
    const world = await IssuerWorld.start({});
    // Nothing of the first sign-in may be remembered.
    expect(await outcome(world)).toBe('EKS-Upper, eks-admins');

    await change(world);

    expect(await outcome(world)).toBe(expected);
  });

  test('a scope that was added, and then removed', async () => {
    const world = await IssuerWorld.start({});
    const requested = { scope: 'openid teams' };
    const unknown = 'invalid_scope: One or more scopes are not configured for the authorization server resource.';
    const before = await outcome(world, requested);

    const scope = (await world.api('POST', `${SERVER}/scopes`, { name: 'teams' })) as { id: string };
    await setRule((rule) => Object.assign(rule.conditions, { scopes: { include: ['*'] } }))(world);
    const added = await outcome(world, requested);
    await world.api('DELETE', `${SERVER}/scopes/${scope.id}`);

    expect([before, added, await outcome(world, requested)]).toEqual([unknown, 'EKS-Upper, eks-admins', unknown]);
  });

  test('a new redirect URI', async () => {
    const world = await IssuerWorld.start({});
    const requested = { redirect_uri: 'http://localhost:9000' };
    const before = await outcome(world, requested);

    await setApp(world, (client) => client.redirect_uris.push('http://localhost:9000'));

    expect(before).toMatch(/^page 400: /);
    expect(await outcome(world, requested)).toBe('EKS-Upper, eks-admins');
  });

  test('another lifetime of access tokens', async () => {
    const world = await IssuerWorld.start({});
    const before = await world.tokens();

    await setRule((rule) => Object.assign(rule, { actions: { token: { accessTokenLifetimeMinutes: 7 } } }))(world);

    expect([before.expires_in, (await world.tokens()).expires_in]).toEqual([30 * 60, 7 * 60]);
  });

  test.each<[string, Change]>([
    ['a suspended user', (world) => world.api('POST', `/users/${ANA}/lifecycle/suspend`)],
    ['an inactive app', (world) => world.api('POST', '/apps/eks/lifecycle/deactivate')],
    [
      'an assignment that was removed',
      (world) => world.api('DELETE', `/apps/eks/groups/${groupId(world, 'eks-admins')}`),
    ],
    ['ended tokens', (world) => world.api('DELETE', `/users/${ANA}/sessions?oauthTokens=true`)],
    [
      'a revoked refresh token',
      async (world) => {
        const path = `/users/${ANA}/clients/eks/tokens`;
        const [token] = (await world.api('GET', path)) as { id: string }[];
        await world.api('DELETE', `${path}/${token?.id}`);
      },
    ],
  ])('%s, also to a refresh token', async (_what, change) => {
    const world = await IssuerWorld.start({});
    const { refresh_token: token = '' } = await world.tokens({ scope: 'openid email offline_access' });
    const before = await world.refresh(token);

    await change(world);

    expect(before.status).toBe(200);
    expect((await world.refresh(before.body.refresh_token ?? '')).status).toBeGreaterThanOrEqual(400);
  });

  test('ended sessions: the browser has to sign in again, and its refresh token still works', async () => {
    const world = await IssuerWorld.start({});
    const browser = new TestBrowser(world.fetch);
    await browser.signIn(world.authorizeUrl(), ANA);
    const { refresh_token: token = '' } = await world.tokens({ scope: 'openid email offline_access' });
    const signedIn = await browser.open(world.authorizeUrl());

    await world.api('DELETE', `/users/${ANA}/sessions`);

    expect(signedIn.page).toBeUndefined();
    expect((await browser.open(world.authorizeUrl())).page?.status).toBe(200);
    expect((await world.refresh(token)).status).toBe(200);
  });
});
