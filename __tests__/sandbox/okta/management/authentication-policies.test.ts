import { causesOf, ManagementTestWorld } from './management-world';

describe('the authentication policies of the management API', () => {
  let world: ManagementTestWorld;

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
  });

  const list = (query = '?type=ACCESS_POLICY') => world.call('GET', `/policies${query}`);

  test('are that of the system, and those that somebody makes', async () => {
    const made = await world.call('POST', '/policies', {
      type: 'ACCESS_POLICY',
      name: 'EKS',
      description: 'Two factors',
      priority: 1,
    });
    const { body } = await list();
    const rules = await world.call('GET', `/policies/${made.body.id}/rules`);

    expect(made.body).toMatchObject({
      name: 'EKS',
      description: 'Two factors',
      type: 'ACCESS_POLICY',
      status: 'ACTIVE',
      system: false,
      priority: 1,
    });
    expect(body.map(({ name, system }: { name: string; system: boolean }) => [name, system])).toEqual([
      ['Any two factors', true],
      ['EKS', false],
    ]);
    expect(rules.body).toMatchObject([
      { name: 'Catch-all Rule', system: true, priority: 99, actions: { appSignOn: { access: 'ALLOW' } } },
    ]);
  });

  test('are changed and deleted, except that of the system', async () => {
    const { id } = (await world.call('POST', '/policies', { type: 'ACCESS_POLICY', name: 'EKS' })).body;
    const changed = await world.call('PUT', `/policies/${id}`, { type: 'ACCESS_POLICY', name: 'EKS 2' });
    const deactivated = await world.call('POST', `/policies/${id}/lifecycle/deactivate`);
    const status = (await world.call('GET', `/policies/${id}`)).body.status;
    const deleted = await world.call('DELETE', `/policies/${id}`);
    const [system] = (await list()).body;

    expect([changed.body.name, deactivated.status, status, deleted.status]).toEqual(['EKS 2', 204, 'INACTIVE', 204]);
    expect((await world.call('DELETE', `/policies/${system.id}`)).status).toBe(403);
    expect((await list()).body).toHaveLength(1);
  });

  test('have rules, of which the catch-all stays the last', async () => {
    const { id } = (await world.call('POST', '/policies', { type: 'ACCESS_POLICY', name: 'EKS' })).body;
    const rules = `/policies/${id}/rules`;
    const actions = { appSignOn: { access: 'ALLOW', verificationMethod: { type: 'ASSURANCE', factorMode: '2FA' } } };
    const conditions = { network: { connection: 'ANYWHERE' } };

    const made = await world.call('POST', rules, { name: 'Two factors', type: 'ACCESS_POLICY', actions, conditions });
    const changed = await world.call('PUT', `${rules}/${made.body.id}`, { ...made.body, name: '2FA' });
    const [, catchAll] = (await world.call('GET', rules)).body;
    const denied = await world.call('PUT', `${rules}/${catchAll.id}`, {
      ...catchAll,
      actions: { appSignOn: { access: 'DENY' } },
    });
    const refused = await world.call('DELETE', `${rules}/${catchAll.id}`);
    const deleted = await world.call('DELETE', `${rules}/${made.body.id}`);

    expect(made.body).toMatchObject({
      name: 'Two factors',
      system: false,
      priority: 0,
      status: 'ACTIVE',
      actions,
      conditions,
    });
    expect([changed.body.name, catchAll.name, refused.status, deleted.status]).toEqual([
      '2FA',
      'Catch-all Rule',
      403,
      204,
    ]);
    expect(denied.body).toMatchObject({ system: true, priority: 99, actions: { appSignOn: { access: 'DENY' } } });
  });

  test.each([
    ['no type', '', undefined, 'type: The local Okta only has policies of the type ACCESS_POLICY, not undefined'],
    [
      'another type',
      '?type=PASSWORD',
      undefined,
      'type: The local Okta only has policies of the type ACCESS_POLICY, not PASSWORD',
    ],
    [
      'a new one of another type',
      '',
      { type: 'PASSWORD', name: 'x' },
      'type: The local Okta only has policies of the type ACCESS_POLICY',
    ],
    [
      'a name that is taken',
      '',
      { type: 'ACCESS_POLICY', name: 'Any two factors' },
      'name: An object with this field already exists in the current organization',
    ],
  ])('are refused for %s', async (_what, query, body, cause) => {
    const answer = await world.call(body === undefined ? 'GET' : 'POST', `/policies${query}`, body);

    expect([answer.status, causesOf(answer)]).toEqual([400, [cause]]);
  });
});

describe('the network zones of the management API', () => {
  test('are made, found, changed, and deleted', async () => {
    const world = await ManagementTestWorld.start();
    const zone = { type: 'IP', name: 'Offices', gateways: [{ type: 'CIDR', value: '192.0.2.0/24' }] };

    const { body, status } = await world.call('POST', '/zones', zone);
    const found = await world.call('GET', `/zones?filter=${encodeURIComponent('name eq "Offices"')}`);
    const changed = await world.call('PUT', `/zones/${body.id}`, { ...zone, name: 'Headquarters' });
    const deactivated = await world.call('POST', `/zones/${body.id}/lifecycle/deactivate`);
    const taken = await world.call('POST', '/zones', { ...zone, name: 'Headquarters' });
    const dynamic = await world.call('POST', '/zones', { type: 'DYNAMIC', name: 'x' });
    const deleted = await world.call('DELETE', `/zones/${body.id}`);

    expect(status).toBe(200);
    expect(body).toMatchObject({ ...zone, usage: 'POLICY', status: 'ACTIVE', system: false, proxies: null });
    expect([found.body.length, changed.body.name, deactivated.body.status]).toEqual([1, 'Headquarters', 'INACTIVE']);
    expect([taken.status, causesOf(dynamic)]).toEqual([400, ['type: The local Okta only has zones of the type IP']]);
    expect([deleted.status, (await world.call('GET', '/zones')).body]).toEqual([204, []]);
  });
});
