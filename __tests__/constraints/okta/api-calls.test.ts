import {
  CALLS_PER_MINUTE,
  MOST_GROUP_RULES,
  MOST_GROUPS_IN_TOKEN,
  type OktaCounts,
  oktaApiCalls,
} from '../../../constraints/okta/api-calls';

const NOTHING: OktaCounts = {
  groups: 0,
  existingGroups: 0,
  memberships: [],
  logins: 0,
  rules: 0,
  apps: 0,
  everyoneApps: 0,
  authorizationServers: 0,
  claims: 0,
  accessPolicies: 0,
  authenticationPolicies: 0,
  networkZones: 0,
};

const NO_CALLS = {
  '/api/v1/apps': 0,
  '/api/v1/apps/{id}': 0,
  '/api/v1/groups': 0,
  '/api/v1/groups/{id}': 0,
  '/api/v1/users': 0,
  '/api/v1': 0,
};

describe('oktaApiCalls', () => {
  test('is what was counted for a plan with every kind of object', () => {
    const counts = {
      groups: 3,
      existingGroups: 1,
      memberships: [4, 0, 2],
      logins: 5,
      rules: 1,
      apps: 3,
      everyoneApps: 1,
      authorizationServers: 2,
      claims: 0,
      accessPolicies: 4,
      authenticationPolicies: 2,
      networkZones: 2,
    };

    expect(oktaApiCalls(counts)).toEqual({
      byApi: {
        '/api/v1/apps': 3,
        '/api/v1/apps/{id}': 3,
        '/api/v1/groups': 6,
        '/api/v1/groups/{id}': 3,
        '/api/v1/users': 5,
        '/api/v1': 20,
      },
      unlisted: 7,
      total: 47,
    });
  });

  test('is what was counted for a plan of a fleet', () => {
    const small = Array.from({ length: 19 }, (_, index) => (2 * (index + 1)) % 7);

    expect(
      oktaApiCalls({
        ...NOTHING,
        groups: 40,
        memberships: [450, ...small],
        logins: 450,
        rules: 20,
        apps: 12,
        authorizationServers: 1,
        claims: 0,
        accessPolicies: 12,
        authenticationPolicies: 1,
      }),
    ).toEqual({
      byApi: {
        '/api/v1/apps': 12,
        '/api/v1/apps/{id}': 12,
        '/api/v1/groups': 42,
        '/api/v1/groups/{id}': 40,
        '/api/v1/users': 450,
        '/api/v1': 29,
      },
      unlisted: 16,
      total: 601,
    });
  });

  test('is only the two calls of the sign-in if there is nothing to read', () => {
    expect(oktaApiCalls(NOTHING)).toEqual({ byApi: NO_CALLS, unlisted: 2, total: 2 });
  });

  test.each<[keyof OktaCounts, Partial<typeof NO_CALLS>, number]>([
    ['groups', { '/api/v1/groups/{id}': 10 }, 2],
    ['existingGroups', { '/api/v1/groups': 10 }, 2],
    ['logins', { '/api/v1/users': 10 }, 2],
    ['rules', { '/api/v1/groups': 10 }, 2],
    ['apps', { '/api/v1/apps': 10, '/api/v1/apps/{id}': 10 }, 14],
    ['everyoneApps', { '/api/v1/groups': 10 }, 2],
    ['authorizationServers', { '/api/v1': 20 }, 2],
    ['accessPolicies', { '/api/v1': 20 }, 2],
    ['authenticationPolicies', { '/api/v1': 30 }, 4],
    ['networkZones', { '/api/v1': 10 }, 2],
  ])('counts ten of %s', (kind, calls, unlisted) => {
    const { byApi, ...others } = oktaApiCalls({ ...NOTHING, [kind]: 10 });

    expect(byApi).toEqual({ ...NO_CALLS, ...calls });
    expect(others).toEqual({ unlisted, total: Object.values(calls).reduce((all, one) => all + one, unlisted) });
  });

  test.each([
    [0, 1],
    [1, 1],
    [200, 1],
    [201, 2],
    [450, 3],
  ])('reads a group of %d people in %d calls', (people, calls) => {
    expect(oktaApiCalls({ ...NOTHING, memberships: [people] }).byApi['/api/v1/groups']).toBe(calls);
  });
});

describe('the limits of Okta', () => {
  test('are those that Okta publishes for most organizations', () => {
    expect(MOST_GROUP_RULES).toBe(2000);
    expect(MOST_GROUPS_IN_TOKEN).toBe(100);
    expect(CALLS_PER_MINUTE).toEqual({
      '/api/v1/apps': 100,
      '/api/v1/apps/{id}': 600,
      '/api/v1/groups': 600,
      '/api/v1/groups/{id}': 600,
      '/api/v1/users': 600,
      '/api/v1': 600,
    });
  });
});
