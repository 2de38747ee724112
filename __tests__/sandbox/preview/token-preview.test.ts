import type { AppPreview } from '../../../model/review/token-preview';
import type { DemoPerson } from '../../../sandbox/okta/demo-people';
import { tokenPreview } from '../../../sandbox/preview/token-preview';
import type { Stacks } from '../../../sandbox/synthesized/read-stacks';
import { accessWith } from '../../access-files';
import { synthesizedAccess } from '../../synthesized';

const CHANGES = {
  groups: {
    'eks-admins': { logins: ['ana@example.com'] },
    'eks-developers': { rule: 'user.department == "Shop"' },
    'eks-viewers': {},
  },
  clusters: { prod: { kind: 'eks', region: 'eu-west-1', authenticationMode: 'API' } },
  grants: ['eks-admins', 'eks-developers', 'eks-viewers'].map((group) => ({
    group,
    role: group === 'eks-admins' ? 'cluster-admin' : 'view',
    clusters: '*',
  })),
};

function previewed(
  login: string,
  { changes = {}, people = [] }: { changes?: Record<string, unknown>; people?: readonly DemoPerson[] } = {},
): AppPreview {
  const access = accessWith({ ...CHANGES, ...changes });
  const stacks = synthesizedAccess(access) as unknown as Stacks;
  const { apps } = tokenPreview({ access, stacks, login, people, apps: access.apps });
  return apps[0] as AppPreview;
}

const groupsOf = ({ groups }: AppPreview) => groups.map(({ group, inToken, because }) => [group, inToken, because]);

test('says where each claim comes from, for a login in another case', () => {
  const changes = {
    claims: { tenant: '"example"', team: 'user.team' },
    identityProvider: { requiredClaims: { tenant: 'example' } },
    signIn: { refresh: {} },
  };
  const { app, clusters, scopes, refused, claims } = previewed('ANA@example.com', { changes });

  expect({ app, clusters, scopes, refused }).toEqual({
    app: 'prod',
    clusters: ['prod'],
    scopes: ['openid', 'email', 'offline_access'],
    refused: null,
  });
  expect(claims.map(({ name, value, from }) => [name, value, from])).toEqual([
    ['sub', expect.stringMatching(/^00u/), 'the ID of the person, which Okta gives; this one is made up'],
    ['email', 'ana@example.com', 'the profile, by the scope email; taken to be the login, as it is not known'],
    [
      'team',
      null,
      'claims.team: not known, because the expression user.team reads the profile. A people file can have it: --people.',
    ],
    ['tenant', 'example', 'claims.tenant: the expression "example"'],
    ['groups', ['eks-admins'], 'groupsClaim: the groups of the person that fit STARTS_WITH eks-'],
  ]);
});

test('knows the claim of an expression as far as the profile and the groups are known', () => {
  const claims = {
    tier: 'user.department == "Shop" ? "a" : "b"',
    who: 'user.login',
    viewer: 'isMemberOfGroupName("eks-viewers") ? "yes" : "no"',
  };
  const values = (people: readonly DemoPerson[]) =>
    Object.fromEntries(
      previewed('ana@example.com', { changes: { claims }, people }).claims.map(({ name, value }) => [name, value]),
    );

  expect(values([])).toMatchObject({ tier: null, who: 'ana@example.com', viewer: null });
  expect(values([{ login: 'ana@example.com', groups: [], profile: { department: 'Shop' } }])).toMatchObject({
    ...{ tier: 'a', who: 'ana@example.com', viewer: 'no' },
  });
});

test('knows the groups of a person as far as the file does', () => {
  expect(groupsOf(previewed('ana@example.com'))).toEqual([
    ['eks-admins', true, 'Member: groups.eks-admins.logins lists ana@example.com.'],
    [
      'eks-developers',
      null,
      'Not known: the rule user.department == "Shop" reads the profile. A people file can have it: --people.',
    ],
    ['eks-viewers', null, 'Not known: people are put in from elsewhere. A people file can say so: --people.'],
  ]);
});

test.each([
  ['Shop', true, 'Member: the rule user.department == "Shop".'],
  ['Sales', false, 'Not a member: the rule user.department == "Shop" is not true for the profile.'],
])('takes the profile %s and the groups of a people file', (department, inToken, because) => {
  const people = [{ login: 'ben@example.com', groups: ['eks-viewers'], profile: { department } }];

  expect(groupsOf(previewed('ben@example.com', { people }))).toEqual([
    ['eks-admins', false, 'Not a member: groups.eks-admins.logins does not list ben@example.com.'],
    ['eks-developers', inToken, because],
    ['eks-viewers', true, 'Member by the people file.'],
  ]);
});

test('takes the address of a people file, which can differ from the login', () => {
  const people = [{ login: 'ana@example.com', groups: [], profile: { email: 'ana@other.example' } }];

  const { claims } = previewed('ana@example.com', { people });

  expect(claims.find(({ name }) => name === 'email')).toEqual({
    name: 'email',
    value: 'ana@other.example',
    from: 'the profile, by the scope email',
  });
});

test('says that Okta refuses the sign-in, and that this is not certain', () => {
  expect(previewed('zoe@example.com').refused).toBe(
    'access_denied: User is not assigned to the client application. This may be different if the person is in one of the groups whose membership is not known.',
  );
  const people = [{ login: 'zoe@example.com', groups: [], profile: {} }];
  expect(previewed('zoe@example.com', { people }).refused).toBe(
    'access_denied: User is not assigned to the client application.',
  );
});

describe('a group of the person that is not in the token', () => {
  const of = (groups: Record<string, unknown>, changes: Record<string, unknown>) => {
    const [group] = Object.keys(groups);
    const all = { groups, grants: [{ group, role: 'cluster-admin', clusters: '*' }], ...changes };
    return groupsOf(previewed('ana@example.com', { changes: all }))[0];
  };

  test('is left out by an expression', () => {
    const groupsClaim = { expression: 'Groups.startsWith("OKTA", "other-", 100)' };

    expect(of({ 'eks-admins': { logins: ['ana@example.com'] } }, { groupsClaim })).toEqual([
      'eks-admins',
      false,
      'Member: groups.eks-admins.logins lists ana@example.com. But the expression Groups.startsWith("OKTA", "other-", 100) does not return it.',
    ]);
  });

  test('is one of more than 100', () => {
    const names = Array.from({ length: 101 }, (_, index) => `eks-${String(index).padStart(3, '0')}`);
    const groups = Object.fromEntries(names.map((name) => [name, {}]));
    const grants = names.map((group) => ({ group, role: 'cluster-admin', clusters: '*' }));
    const people = [{ login: 'ana@example.com', groups: names, profile: {} }];
    const preview = previewed('ana@example.com', { changes: { groups, grants }, people });

    expect(preview.refused).toBe(
      "server_error: The claim 'groups' matches 101 groups of the user, but Okta allows at most 100 in a token. Narrow the claim filter.",
    );
    expect(groupsOf(preview)[0]).toEqual([
      'eks-000',
      false,
      'Member by the people file. But the claim has more groups than Okta puts into a token (100).',
    ]);
  });
});
