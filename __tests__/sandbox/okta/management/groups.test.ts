import { causesOf, ManagementTestWorld, nextPage } from './management-world';

describe('the groups of the management API', () => {
  let world: ManagementTestWorld;

  beforeEach(async () => {
    world = await ManagementTestWorld.start();
  });

  test('are made, changed, and deleted', async () => {
    const made = await world.call('POST', '/groups', { profile: { name: 'eks-new', description: 'New' } });
    const { id } = made.body;
    const changed = await world.call('PUT', `/groups/${id}`, { profile: { name: 'eks-newer' } });
    const read = await world.call('GET', `/groups/${id}`);
    const deleted = await world.call('DELETE', `/groups/${id}`);
    const gone = await world.call('GET', `/groups/${id}`);

    expect([made.status, changed.status, deleted.status]).toEqual([200, 200, 204]);
    expect(made.body).toEqual({
      id: expect.stringMatching(/^00g.{17}$/),
      created: expect.any(String),
      lastUpdated: expect.any(String),
      lastMembershipUpdated: expect.any(String),
      objectClass: ['okta:user_group'],
      type: 'OKTA_GROUP',
      profile: { name: 'eks-new', description: 'New' },
      _links: {
        users: { href: `${world.management.url}/api/v1/groups/${id}/users` },
        apps: { href: `${world.management.url}/api/v1/groups/${id}/apps` },
      },
    });
    expect(read.body.profile).toEqual({ name: 'eks-newer', description: null });
    expect(deleted.body).toBeUndefined();
    expect(gone.status).toBe(404);
    expect(gone.body).toEqual({
      errorCode: 'E0000007',
      errorSummary: `Not found: Resource not found: ${id} (UserGroup)`,
      errorLink: 'E0000007',
      errorId: expect.stringMatching(/^oae/),
      errorCauses: [],
    });
  });

  test('are found by the start of the name, a filter, and a search', async () => {
    await world.call('POST', '/groups', { profile: { name: 'eks-admins-2' } });
    const names = async (query: string) =>
      (await world.call('GET', `/groups?${query}`)).body.map(
        ({ profile }: { profile: { name: string } }) => profile.name,
      );

    expect(await names('')).toEqual(['Everyone', 'eks-admins', 'eks-admins-2']);
    expect(await names('q=EKS-')).toEqual(['eks-admins', 'eks-admins-2']);
    expect(await names('q=admins')).toEqual([]);
    expect(await names(`filter=${encodeURIComponent('type eq "BUILT_IN"')}`)).toEqual(['Everyone']);
    expect(await names(`search=${encodeURIComponent('profile.name eq "eks-admins"')}`)).toEqual(['eks-admins']);
  });

  test('have the members whom somebody added, and those of rules', async () => {
    const [admins, ana, ben] = ['eks-admins', 'ana', 'ben'].map((name) => world.idOf(name)) as [string, string, string];
    const rule = world.organization.addGroupRule({
      name: 'r',
      expression: 'user.firstName == "Ben"',
      groupIds: [admins],
    });
    const members = async () =>
      (await world.call('GET', `/groups/${admins}/users`)).body.map(({ id }: { id: string }) => id);
    const before = await members();

    const removed = await world.call('DELETE', `/groups/${admins}/users/${ana}`);
    await world.call('DELETE', `/groups/${admins}/users/${ben}`);
    const after = await members();
    const excluded = await world.call('GET', `/groups/rules/${rule.id}`);
    await world.call('PUT', `/groups/${admins}/users/ana@example.com`);

    expect(before).toEqual([ana, ben]);
    expect([removed.status, removed.body]).toEqual([204, undefined]);
    expect(after).toEqual([]);
    // Okta excludes whom somebody removes by hand from the rule that would add them again.
    expect(excluded.body.conditions.people.users.exclude).toEqual([ben]);
    expect(await members()).toEqual([ana]);
  });

  test('come in pages', async () => {
    for (const name of ['a', 'b', 'c']) await world.call('POST', '/groups', { profile: { name } });
    const pages: string[][] = [];
    for (let next: string | undefined = '/groups?limit=2'; next !== undefined; ) {
      const page = await world.call('GET', next);
      pages.push(page.body.map(({ profile }: { profile: { name: string } }) => profile.name));
      next = nextPage(page);
    }

    expect(pages).toEqual([['Everyone', 'eks-admins'], ['a', 'b'], ['c']]);
  });

  test.each([
    [
      'a name that is taken',
      'POST',
      '',
      { profile: { name: 'eks-admins' } },
      400,
      ['name: An object with this field already exists in the current organization'],
    ],
    ['no name', 'POST', '', { profile: {} }, 400, ['profile.name: The field cannot be left blank']],
    ['no body', 'POST', '', undefined, 400, ['profile: The field cannot be left blank']],
    [
      'an operator of no filter',
      'GET',
      `?filter=${encodeURIComponent('type is "OKTA_GROUP"')}`,
      undefined,
      400,
      ['filter: The operator is is not supported for type. These are: eq'],
    ],
    [
      'an unknown attribute',
      'GET',
      `?search=${encodeURIComponent('size gt 3')}`,
      undefined,
      400,
      ['search: The attribute size is not supported. These are: id, type, created, lastUpdated, profile.*'],
    ],
    [
      'an unknown parameter',
      'GET',
      '?expand=stats',
      undefined,
      400,
      ['expand: The local Okta does not support this parameter. These are: q, filter, search, limit, after'],
    ],
  ])('are refused for %s', async (_what, method, path, body, status, causes) => {
    const answer = await world.call(method, `/groups${path}`, body);

    expect(answer.status).toBe(status);
    expect(answer.body.errorCode).toBe('E0000001');
    expect(causesOf(answer)).toEqual(causes);
  });

  test('of the system cannot be changed', async () => {
    const { id } = world.organization.everyone;

    const answers = [
      await world.call('PUT', `/groups/${id}`, { profile: { name: 'x' } }),
      await world.call('DELETE', `/groups/${id}`),
      await world.call('PUT', `/groups/${id}/users/${world.idOf('ana')}`),
    ];

    expect(answers.map(({ status, body }) => [status, body.errorCode])).toEqual(Array(3).fill([403, 'E0000006']));
    expect(world.organization.everyone).toEqual(world.organization.group(id));
  });
});
