import { type ApiAnswer, causesOf, ManagementTestWorld } from './management-world';

describe('the group rules of the management API', () => {
  let world: ManagementTestWorld;
  let admins = '';

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
    admins = world.idOf('eks-admins');
  });

  /** A rule for the admins, with changes. */
  function rule(changes: { name?: string; value?: string; groupIds?: string[]; exclude?: string[] } = {}): unknown {
    return {
      type: 'group_rule',
      name: changes.name ?? 'shop',
      conditions: {
        expression: { value: changes.value ?? 'user.firstName == "Ben"', type: 'urn:okta:expression:1.0' },
        people: { users: { exclude: changes.exclude ?? [] }, groups: { exclude: [] } },
      },
      actions: { assignUserToGroups: { groupIds: changes.groupIds ?? [admins] } },
    };
  }

  const make = (changes?: Parameters<typeof rule>[0]) => world.call('POST', '/groups/rules', rule(changes));
  const act = (id: string, step: string) => world.call('POST', `/groups/rules/${id}/lifecycle/${step}`);
  const members = () => world.organization.memberships.of(admins).map(({ login }) => login.split('@')[0]);

  test('are inactive when they are made, and add people when they are active', async () => {
    const { status, body } = await make();
    const before = members();
    const activated = await act(body.id, 'activate');

    expect(status).toBe(200);
    expect(body).toEqual({
      type: 'group_rule',
      id: expect.stringMatching(/^0pr.{17}$/),
      status: 'INACTIVE',
      name: 'shop',
      created: expect.any(String),
      lastUpdated: expect.any(String),
      conditions: {
        people: { users: { exclude: [] }, groups: { exclude: [] } },
        expression: { value: 'user.firstName == "Ben"', type: 'urn:okta:expression:1.0' },
      },
      actions: { assignUserToGroups: { groupIds: [admins] } },
    });
    expect([activated.status, activated.body]).toEqual([204, undefined]);
    expect([before, members()]).toEqual([['ana'], ['ana', 'ben']]);
    expect((await world.call('GET', `/groups/rules/${body.id}`)).body.status).toBe('ACTIVE');
  });

  test('keep people in their groups when they are deactivated, and let go of those who do not fit when they are active again', async () => {
    const { id } = (await make()).body;
    await act(id, 'activate');

    await act(id, 'deactivate');
    const deactivated = members();
    await world.call('PUT', `/groups/rules/${id}`, rule({ value: 'false' }));
    const changed = members();
    await act(id, 'activate');

    expect([deactivated, changed, members()]).toEqual([['ana', 'ben'], ['ana', 'ben'], ['ana']]);
  });

  test.each([
    ['', ['ana', 'ben']],
    ['?removeUsers=false', ['ana', 'ben']],
    ['?removeUsers=true', ['ana']],
  ])('are deleted with %s, and leave %s', async (query, expected) => {
    const { id } = (await make()).body;
    await act(id, 'activate');
    await act(id, 'deactivate');

    const deleted = await world.call('DELETE', `/groups/rules/${id}${query}`);

    expect([deleted.status, members()]).toEqual([202, expected]);
    expect((await world.call('GET', `/groups/rules/${id}`)).status).toBe(404);
  });

  test('exclude people', async () => {
    const { id } = (await make({ exclude: [world.idOf('ben')] })).body;

    await act(id, 'activate');

    expect(members()).toEqual(['ana']);
  });

  test('exclude whom somebody removes by hand, and not whom they did not add', async () => {
    const { id } = (await make()).body;
    await act(id, 'activate');
    const excluded = async () => (await world.call('GET', `/groups/rules/${id}`)).body.conditions.people.users.exclude;

    await world.call('DELETE', `/groups/${admins}/users/ana@example.com`);
    const afterAna = await excluded();
    await world.call('DELETE', `/groups/${admins}/users/ben@example.com`);

    expect([afterAna, await excluded(), members()]).toEqual([[], [world.idOf('ben')], []]);
  });

  test('become invalid when a group of theirs is deleted', async () => {
    const { id } = (await make()).body;
    await act(id, 'activate');

    await world.call('DELETE', `/groups/${admins}`);
    const { body } = await world.call('GET', `/groups/rules/${id}`);
    const activated = await act(id, 'activate');

    expect(body.status).toBe('INVALID');
    expect([activated.status, activated.body.errorSummary]).toEqual([
      403,
      'Cannot activate or deactivate a Group Rule with the status INVALID',
    ]);
    expect((await world.call('DELETE', `/groups/rules/${id}`)).status).toBe(202);
  });

  test('are found by a part of the name', async () => {
    await make({ name: 'the shop' });
    await make({ name: 'the bank' });
    const names = ({ body }: ApiAnswer) => body.map(({ name }: { name: string }) => name);

    expect(names(await world.call('GET', '/groups/rules'))).toEqual(['the shop', 'the bank']);
    expect(names(await world.call('GET', '/groups/rules?search=BANK'))).toEqual(['the bank']);
  });

  test.each<[string, Parameters<typeof rule>[0], readonly string[]]>([
    ['a name that is too long', { name: 'x'.repeat(51) }, ['name: Too big: expected string to have <=50 characters']],
    [
      'an expression that Okta refuses',
      { value: 'user.firstName = "Ben"' },
      [expect.stringMatching(/^conditions\.expression\.value: The local Okta does not support the group rule/)],
    ],
    ['no group', { groupIds: [] }, ['actions.assignUserToGroups.groupIds: The field cannot be left blank']],
  ])('are refused for %s', async (_what, changes, causes) => {
    const answer = await make(changes);

    expect([answer.status, causesOf(answer)]).toEqual([400, causes]);
    expect(world.organization.rules.all()).toEqual([]);
  });

  test('are refused for Everyone, an unknown group, an unknown user, and a name that is taken', async () => {
    await make();
    const answers = [
      await make({ name: 'a', groupIds: [world.organization.everyone.id] }),
      await make({ name: 'b', groupIds: ['00gmissing'] }),
      await make({ name: 'c', exclude: ['00umissing'] }),
      await make(),
    ];

    expect(answers.map(({ status, body }) => [status, body.errorCode])).toEqual([
      [400, 'E0000001'],
      [404, 'E0000007'],
      [404, 'E0000007'],
      [400, 'E0000001'],
    ]);
    expect(world.organization.rules.all()).toHaveLength(1);
  });

  test('are changed and deleted only while they are inactive, and never get other groups', async () => {
    const { id } = (await make()).body;
    const other = world.organization.addGroup('other').id;
    const otherGroups = await world.call('PUT', `/groups/rules/${id}`, rule({ groupIds: [other] }));
    await act(id, 'activate');
    const changed = await world.call('PUT', `/groups/rules/${id}`, rule({ value: 'true' }));
    const deleted = await world.call('DELETE', `/groups/rules/${id}`);

    expect([otherGroups.status, changed.status, deleted.status]).toEqual([400, 400, 403]);
    expect(causesOf(changed)).toEqual(['status: Only inactive rules can be updated']);
    expect(world.organization.rules.known(id)).toMatchObject({
      expression: 'user.firstName == "Ben"',
      groupIds: [admins],
    });
  });
});
