import { oktaCounts } from '../../../../model/checks/okta/okta-limits';
import { accessWith, warningsWith } from '../../../access-files';

const EKS = { kind: 'eks', region: 'eu-west-1' };
const SOURCE = 'https://developer.okta.com/docs/reference/rl-global-mgmt/';

const many = <Value>(count: number, name: string, value: (index: number) => Value) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`${name}${index}`, value(index)]));

const warningsOf = (changes: Record<string, unknown>) => warningsWith('okta-limits', changes);

const tooManyCalls = (path: string, api: string, calls: number, total: number, max: number) => ({
  path,
  check: 'okta-limits',
  message: `A plan makes about ${calls} of its ${total} calls to ${api}, and Okta allows ${max} per minute.`,
  given: `${calls} calls`,
  allowed: `${max} per minute in most organizations`,
  fix: 'Let clusters share an app, select members by rules, or set MAX_API_CAPACITY=50 so that the provider slows down.',
  source: SOURCE,
});

describe('okta-limits', () => {
  test('warns about more than 100 apps, and not about 100', () => {
    const withApps = (count: number) => warningsOf({ clusters: many(count, 'c', () => EKS) });

    expect(withApps(100)).toEqual([]);
    expect(withApps(101)).toEqual([tooManyCalls('clusters', '/api/v1/apps', 101, 512, 100)]);
  });

  test('is silent if many clusters share an app', () => {
    expect(warningsOf({ clusters: many(101, 'c', () => ({ ...EKS, app: 'EKS' })) })).toEqual([]);
  });

  test('warns about more than 600 created groups, and about as many existing groups', () => {
    const withGroups = (settings: Record<string, unknown>) => ({
      groups: { 'eks-admins': {}, ...many(601, 'eks-', () => settings) },
    });

    expect(warningsOf(withGroups({})).map(({ path, given }) => [path, given])).toEqual([['groups', '602 calls']]);
    expect(warningsOf(withGroups({ existing: true })).map(({ path, given }) => [path, given])).toEqual([
      ['groups', '601 calls'],
    ]);
  });

  test('warns about more than 600 users, each counted once', () => {
    const logins = Array.from({ length: 601 }, (_, index) => `p${index}@example.com`);
    const groups = { 'eks-admins': { logins }, 'eks-ops': { logins: logins.map((login) => login.toUpperCase()) } };

    const warnings = warningsOf({ groups });

    expect(warnings.map(({ path, given }) => [path, given])).toEqual([['groups', '601 calls']]);
    expect(warnings[0]?.message).toContain('calls to /api/v1/users, and ');
  });

  test('warns about more than 2000 group rules, and not about 2000', () => {
    const withRules = (count: number) =>
      warningsOf({
        groups: { 'eks-admins': {}, ...many(count, 'eks-', (index) => ({ rule: `user.a == ${index}` })) },
      }).filter(({ given }) => given.endsWith('rules'));

    expect(withRules(2000)).toEqual([]);
    expect(withRules(2001)).toEqual([
      {
        path: 'groups',
        check: 'okta-limits',
        message: 'The file has 2001 group rules, and an Okta organization can have 2000.',
        given: '2001 rules',
        allowed: '2000 rules, including those outside this file',
        fix: 'Use logins instead of rules, or assign members in the directory that Okta imports.',
        source: SOURCE,
      },
    ]);
  });

  test('is silent on the smallest file', () => {
    expect(warningsOf({})).toEqual([]);
  });
});

describe('oktaCounts', () => {
  test('count each kind of object that a plan reads', () => {
    const access = accessWith({
      signIn: { authenticationPolicy: { requireMfa: true, networkZones: ['a', 'b'] } },
      claims: { tenant: 'user.tenant', note: { existing: true } },
      groups: {
        'eks-admins': { logins: ['ana@example.com', 'ben@example.com'] },
        'eks-a': { logins: ['ANA@example.com'] },
        'eks-b': { existing: true },
        'eks-e': { existing: true },
        'eks-c': { rule: 'true' },
        'eks-d': { logins: [] },
      },
      clusters: { prod: { ...EKS, app: 'EKS' }, test: { ...EKS, app: 'EKS' }, lab: EKS },
    });

    expect(oktaCounts(access)).toEqual({
      groups: 4,
      existingGroups: 2,
      memberships: [2, 1, 0],
      logins: 2,
      rules: 1,
      apps: 2,
      everyoneApps: 0,
      authorizationServers: 1,
      claims: 1,
      accessPolicies: 2,
      authenticationPolicies: 1,
      networkZones: 2,
    });
  });

  test('count the apps that everyone is assigned to', () => {
    const access = accessWith({ signIn: { assignment: 'everyone' }, clusters: { prod: EKS, test: EKS } });

    expect(oktaCounts(access).everyoneApps).toBe(2);
  });

  test.each([
    [undefined, 0, 0],
    [{ id: 'rst1' }, 0, 0],
    [{ requireMfa: true }, 1, 0],
  ])('count of the authentication policy %j: %i', (authenticationPolicy, policies, zones) => {
    const counts = oktaCounts(accessWith({ signIn: { authenticationPolicy } }));

    expect([counts.authenticationPolicies, counts.networkZones]).toEqual([policies, zones]);
  });
});
