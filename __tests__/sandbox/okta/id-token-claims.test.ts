import { idTokenClaims, TooManyGroupsError } from '../../../sandbox/okta/id-token-claims';
import type { Claim, Group, User } from '../../../sandbox/okta/objects';

const ANA: User = {
  id: '00u1',
  login: 'ana@example.com',
  email: 'ana@mail.example',
  status: 'ACTIVE',
  profile: {},
};

const CLAIM: Claim = {
  id: 'ocl1',
  status: 'ACTIVE',
  name: 'groups',
  claimType: 'IDENTITY',
  filter: 'STARTS_WITH',
  value: 'eks-',
  alwaysIncludeInToken: true,
  scopes: [],
};

function groups(...names: string[]): readonly Group[] {
  return names.map((name, index) => ({ id: `00g${index}`, name, type: 'OKTA_GROUP', description: '' }));
}

function groupsClaim(claim: Partial<Claim>, ...names: string[]): unknown {
  return idTokenClaims(ANA, groups(...names), [{ ...CLAIM, ...claim }], ['openid']).groups;
}

describe('idTokenClaims', () => {
  test('has only the subject without further scopes', () => {
    expect(idTokenClaims(ANA, groups('eks-admins'), [], ['openid'])).toEqual({ sub: '00u1' });
  });

  test('has the e-mail address with the scope email, without email_verified', () => {
    expect(idTokenClaims(ANA, [], [], ['openid', 'email'])).toEqual({ sub: '00u1', email: 'ana@mail.example' });
  });

  test.each([true, false])('has email_verified %s if it is set for the user', (emailVerified) => {
    const user = { ...ANA, emailVerified };

    expect(idTokenClaims(user, [], [], ['openid', 'email'])).toEqual({
      sub: '00u1',
      email: 'ana@mail.example',
      email_verified: emailVerified,
    });
    expect(idTokenClaims(user, [], [], ['openid'])).toEqual({ sub: '00u1' });
  });

  test.each([
    [{}, 'ana@example.com'],
    [{ firstName: 'Ana' }, 'Ana'],
    [{ firstName: 'Ana', lastName: 'Lima' }, 'Ana Lima'],
  ])('has the name with the scope profile: %j', (profile, name) => {
    expect(idTokenClaims({ ...ANA, profile }, [], [], ['openid', 'profile'])).toEqual({
      sub: '00u1',
      name,
      preferred_username: 'ana@example.com',
    });
  });

  test('has the groups in a stable order', () => {
    expect(groupsClaim({}, 'eks-b', 'eks-a', 'other')).toEqual(['eks-a', 'eks-b']);
  });

  test.each<[Claim['filter'], string, string[]]>([
    ['STARTS_WITH', 'eks-', ['EKS-upper', 'eks-admins']],
    ['EQUALS', 'eks-Admins', ['eks-admins']],
    ['CONTAINS', '-EKS-', ['my-eks-group']],
    ['REGEX', 'eks-.*', ['eks-admins']],
    ['REGEX', 'eks', []],
    ['REGEX', 'eks-admins|other', ['eks-admins', 'other']],
    // Only REGEX treats the value as a regular expression.
    ['STARTS_WITH', 'eks.', []],
  ])('filters by %s %s', (filter, value, names) => {
    const found = groupsClaim({ filter, value }, 'eks-admins', 'EKS-upper', 'my-eks-group', 'other') ?? [];

    expect(found).toEqual(names);
  });

  test('leaves out the claim if no group matches', () => {
    expect(idTokenClaims(ANA, groups('other'), [CLAIM], ['openid'])).toEqual({ sub: '00u1' });
  });

  test.each<[string, Partial<Claim>]>([
    ['is not always included', { alwaysIncludeInToken: false }],
    ['is for access tokens', { claimType: 'RESOURCE' }],
    ['has a scope that was not requested', { scopes: ['profile', 'email'] }],
  ])('leaves out a claim that %s', (_what, claim) => {
    expect(groupsClaim(claim, 'eks-admins')).toBeUndefined();
  });

  test('includes a claim if one of its scopes was requested', () => {
    expect(groupsClaim({ scopes: ['profile', 'openid'] }, 'eks-admins')).toEqual(['eks-admins']);
  });

  test('puts 100 groups into a token', () => {
    const names = Array.from({ length: 100 }, (_, index) => `eks-${index}`);

    expect(groupsClaim({}, ...names, 'other')).toHaveLength(100);
  });

  test('fails for more than 100 groups', () => {
    const names = Array.from({ length: 101 }, (_, index) => `eks-${index}`);

    const claims = () => groupsClaim({}, ...names);

    expect(claims).toThrow(TooManyGroupsError);
    expect(claims).toThrow(
      "The claim 'groups' matches 101 groups of the user, but Okta allows at most 100 in a token. Narrow the claim filter.",
    );
  });
});
