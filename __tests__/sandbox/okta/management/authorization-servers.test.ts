import { type ApiAnswer, causesOf, ManagementTestWorld } from './management-world';

interface Ranked {
  readonly name: string;
  readonly priority: number;
}

function order({ body }: ApiAnswer): readonly string[] {
  return body.map(({ name, priority }: Ranked) => `${name} ${priority}`);
}

describe('the authorization servers of the management API', () => {
  let world: ManagementTestWorld;
  let path = '';
  let serverId = '';

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
    const { body } = await world.call('POST', '/authorizationServers', server());
    serverId = body.id;
    path = `/authorizationServers/${serverId}`;
  });

  function server(changes: Record<string, unknown> = {}): unknown {
    return { name: 'EKS', description: 'For kubectl', audiences: ['http://localhost:8000'], ...changes };
  }

  test('are made, with the issuer that tokens carry', async () => {
    const { body } = await world.call('GET', path);

    expect(body).toMatchObject({
      id: expect.stringMatching(/^aus.{17}$/),
      ...{ name: 'EKS', description: 'For kubectl', audiences: ['http://localhost:8000'] },
      ...{ issuer: world.issuer.issuerUrl(serverId), issuerMode: 'ORG_URL', status: 'ACTIVE', default: false },
      credentials: { signing: { rotationMode: 'AUTO', lastRotated: body.created } },
    });
    const discovery = await world.fetch(`${body.issuer}/.well-known/openid-configuration`);
    expect(await discovery.json()).toMatchObject({ issuer: body.issuer });
  });

  test('are changed, deactivated, and deleted', async () => {
    const changed = await world.call('PUT', path, server({ name: 'Kubernetes', issuerMode: 'CUSTOM_URL' }));
    const refused = await world.call('DELETE', path);
    const deactivated = await world.call('POST', `${path}/lifecycle/deactivate`);
    const read = await world.call('GET', path);
    const deleted = await world.call('DELETE', path);

    expect(changed.body).toMatchObject({ name: 'Kubernetes', issuerMode: 'CUSTOM_URL' });
    expect([refused.status, refused.body.errorCode]).toEqual([403, 'E0000006']);
    expect([deactivated.status, deactivated.body, read.body.status]).toEqual([204, undefined, 'INACTIVE']);
    expect([deleted.status, (await world.call('GET', path)).status]).toEqual([204, 404]);
  });

  test('are found by name and audience', async () => {
    await world.call('POST', '/authorizationServers', server({ name: 'Grafana', audiences: ['https://grafana'] }));
    const names = async (query: string) =>
      (await world.call('GET', `/authorizationServers${query}`)).body.map(({ name }: Ranked) => name);

    expect(await names('')).toEqual(['EKS', 'Grafana']);
    expect(await names('?q=eks')).toEqual(['EKS']);
    expect(await names('?q=grafana')).toEqual(['Grafana']);
  });

  test('have the keys that sign their tokens', async () => {
    const { body } = await world.call('GET', `${path}/credentials/keys`);
    const published = (await (await world.fetch(`${world.issuer.issuerUrl(serverId)}/v1/keys`)).json()) as {
      keys: unknown[];
    };

    expect(body).toEqual([
      { kty: 'RSA', alg: 'RS256', use: 'sig', ...{ kid: expect.any(String), n: expect.any(String), e: 'AQAB' } },
    ]);
    expect(published.keys).toEqual([expect.objectContaining({ kid: body[0].kid, n: body[0].n })]);
  });

  test.each([
    [{ name: 'EKS' }, ['name: An object with this field already exists in the current organization']],
    [{ name: 'x', audiences: [] }, ['audiences: There must be exactly one audience']],
    [{ name: 'x', audiences: ['a', 'b'] }, ['audiences: There must be exactly one audience']],
    [{ name: '' }, ['name: The field cannot be left blank']],
  ])('are refused for %j', async (changes, causes) => {
    const answer = await world.call('POST', '/authorizationServers', server(changes));

    expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
  });

  describe('with their claims', () => {
    function claim(changes: Record<string, unknown> = {}): unknown {
      return {
        ...{
          name: 'groups',
          claimType: 'IDENTITY',
          valueType: 'GROUPS',
          group_filter_type: 'STARTS_WITH',
          value: 'eks-',
        },
        ...{ alwaysIncludeInToken: true, status: 'ACTIVE', conditions: { scopes: [] }, ...changes },
      };
    }

    test('that are made, changed, and deleted', async () => {
      const made = await world.call('POST', `${path}/claims`, claim());
      const one = `${path}/claims/${made.body.id}`;
      const changed = await world.call('PUT', one, claim({ conditions: { scopes: ['email'] }, value: 'x' }));
      const deleted = await world.call('DELETE', one);

      expect(made.status).toBe(201);
      expect(made.body).toEqual({
        ...(claim() as object),
        id: expect.stringMatching(/^ocl.{17}$/),
        system: false,
        _links: { self: { href: `${world.management.url}/api/v1${one}` } },
      });
      expect(changed.body).toMatchObject({ id: made.body.id, value: 'x', conditions: { scopes: ['email'] } });
      expect([deleted.status, (await world.call('GET', `${path}/claims`)).body]).toEqual([204, []]);
    });

    test('that have the same name in ID tokens and access tokens', async () => {
      await world.call('POST', `${path}/claims`, claim());

      const other = await world.call('POST', `${path}/claims`, claim({ claimType: 'RESOURCE' }));
      const same = await world.call('POST', `${path}/claims`, claim());

      expect([other.status, same.status]).toEqual([201, 400]);
    });

    test.each([
      [{ group_filter_type: undefined }, ['group_filter_type: The field cannot be left blank']],
      [
        { valueType: 'EXPRESSION', value: 'user.' },
        [expect.stringMatching(/^value: The local Okta does not support the claim user\.:/)],
      ],
      [{ conditions: { scopes: ['teams'] } }, ['conditions.scopes: The authorization server has no scope teams']],
      [{ name: 'iss' }, [expect.stringMatching(/^name: /)]],
      [{ group_filter_type: 'REGEX', value: 'eks-[' }, [expect.stringMatching(/^value: /)]],
      [{ claimType: 'OTHER' }, [expect.stringMatching(/^claimType: Invalid option/)]],
    ])('that are refused: %j', async (changes, causes) => {
      const answer = await world.call('POST', `${path}/claims`, claim(changes));

      expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
    });
  });

  test('have scopes, of which those of Okta stay as they are', async () => {
    const made = await world.call('POST', `${path}/scopes`, {
      name: 'teams',
      description: 'The teams',
      consent: 'IMPLICIT',
    });
    const changed = await world.call('PUT', `${path}/scopes/${made.body.id}`, { name: 'squads' });
    const listed = await world.call('GET', `${path}/scopes`);
    const email = listed.body.find(({ name }: Ranked) => name === 'email');
    const refused = await world.call('DELETE', `${path}/scopes/${email.id}`);
    const taken = await world.call('POST', `${path}/scopes`, { name: 'email' });
    const spaced = await world.call('POST', `${path}/scopes`, { name: 'two words' });

    expect([made.status, made.body]).toMatchObject([
      201,
      { name: 'teams', description: 'The teams', system: false, optional: false },
    ]);
    expect(changed.body).toMatchObject({ id: made.body.id, name: 'squads', description: null });
    expect(listed.body.map(({ name }: Ranked) => name)).toEqual([
      ...['openid', 'profile', 'email', 'address', 'phone', 'offline_access', 'device_sso', 'squads'],
    ]);
    expect([refused.status, taken.status, spaced.status]).toEqual([403, 400, 400]);
    expect((await world.call('GET', `${path}/scopes?q=squ`)).body).toHaveLength(1);
  });

  describe('with their policies', () => {
    const policy = (name: string, changes: Record<string, unknown> = {}) =>
      world.call('POST', `${path}/policies`, {
        ...{ type: 'OAUTH_AUTHORIZATION_POLICY', name, description: name },
        ...{ conditions: { clients: { include: ['ALL_CLIENTS'] } }, ...changes },
      });
    const policies = () => world.call('GET', `${path}/policies`);

    test('whose priorities have no gaps', async () => {
      const { body: first } = await policy('first', { priority: 1 });
      await policy('second', { priority: 7 });
      await policy('new first', { priority: 1 });
      const three = order(await policies());
      const moved = await world.call('PUT', `${path}/policies/${first.id}`, { ...first, priority: 1 });
      const movedOrder = order(await policies());
      await world.call('DELETE', `${path}/policies/${first.id}`);

      expect(three).toEqual(['new first 1', 'first 2', 'second 3']);
      expect([moved.body.priority, movedOrder]).toEqual([1, ['first 1', 'new first 2', 'second 3']]);
      expect(order(await policies())).toEqual(['new first 1', 'second 2']);
    });

    test('which are active when they are made', async () => {
      const { status, body } = await policy('EKS');
      const deactivated = await world.call('POST', `${path}/policies/${body.id}/lifecycle/deactivate`);
      const read = await world.call('GET', `${path}/policies/${body.id}`);

      expect([status, body.status, deactivated.status, read.body.status]).toEqual([201, 'ACTIVE', 204, 'INACTIVE']);
    });

    test('that are refused for an unknown client, and a name that is taken', async () => {
      await policy('EKS');

      const unknown = await policy('x', { conditions: { clients: { include: ['0oamissing'] } } });
      const taken = await policy('EKS');

      expect(causesOf(unknown)).toEqual(['conditions.clients: Invalid client 0oamissing']);
      expect(causesOf(taken)).toEqual(['name: An object with this field already exists in the current organization']);
    });

    describe('and their rules', () => {
      let rules = '';

      beforeEach(async () => {
        rules = `${path}/policies/${(await policy('EKS')).body.id}/rules`;
      });

      function rule(name: string, { token, ...conditions }: Record<string, unknown> = {}): Record<string, unknown> {
        return {
          ...{ type: 'RESOURCE_ACCESS', name },
          conditions: {
            people: { groups: { include: ['EVERYONE'] } },
            grantTypes: { include: ['authorization_code'] },
            scopes: { include: ['*'] },
            ...conditions,
          },
          actions: {
            token: {
              accessTokenLifetimeMinutes: 15,
              refreshTokenLifetimeMinutes: 720,
              refreshTokenWindowMinutes: 120,
              ...(token as object),
            },
          },
        };
      }

      test('that are made and read', async () => {
        const { status, body } = await world.call('POST', rules, rule('code'));

        expect(status).toBe(201);
        expect(body).toEqual({
          id: expect.stringMatching(/^0pr.{17}$/),
          ...{ type: 'RESOURCE_ACCESS', status: 'ACTIVE', name: 'code', priority: 1, system: false },
          ...{ created: expect.any(String), lastUpdated: expect.any(String) },
          conditions: {
            people: { users: { include: [], exclude: [] }, groups: { include: ['EVERYONE'], exclude: [] } },
            grantTypes: { include: ['authorization_code'] },
            scopes: { include: ['*'] },
          },
          actions: {
            token: {
              ...{ accessTokenLifetimeMinutes: 15, refreshTokenLifetimeMinutes: 720, refreshTokenWindowMinutes: 120 },
              inlineHook: null,
            },
          },
          _links: { self: { href: `${world.management.url}/api/v1${rules}/${body.id}` } },
        });
        expect((await world.call('GET', `${rules}/${body.id}`)).body).toEqual(body);
      });

      test('whose priorities have no gaps', async () => {
        await world.call('POST', rules, rule('second'));
        const { body } = await world.call('POST', rules, { ...rule('first'), priority: 1 });
        const two = order(await world.call('GET', rules));
        await world.call('DELETE', `${rules}/${body.id}`);

        expect([two, order(await world.call('GET', rules))]).toEqual([['first 1', 'second 2'], ['second 1']]);
      });

      test.each([
        [{ token: { refreshTokenWindowMinutes: 10_080 } }, ['refreshTokenWindowMinutes: must be between 15 and 720']],
        [{ token: { refreshTokenWindowMinutes: 10 } }, ['refreshTokenWindowMinutes: must be between 15 and 720']],
        [
          { token: { accessTokenLifetimeMinutes: 4 } },
          ['actions.token.accessTokenLifetimeMinutes: Too small: expected number to be >=5'],
        ],
        [
          { token: { inlineHook: { id: 'cal1' } } },
          ['actions.token.inlineHook.id: The local Okta has no inline hooks'],
        ],
        [{ scopes: { include: ['teams'] } }, ['conditions.scopes: The authorization server has no scope teams']],
        [{ people: { groups: { include: ['00gmissing'] } } }, ['conditions.people.groups: Invalid group 00gmissing']],
        [{ people: { users: { exclude: ['00umissing'] } } }, ['conditions.people.users: Invalid user 00umissing']],
        [{ grantTypes: { include: [] } }, ['conditions.grantTypes.include: The field cannot be left blank']],
      ])('that are refused: %j', async (changes, causes) => {
        const answer = await world.call('POST', rules, rule('code', changes));

        expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
        expect((await world.call('GET', rules)).body).toEqual([]);
      });
    });
  });
});
