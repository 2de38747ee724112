import type { AuthenticationConfig } from '../../authentication/authentication-config';
import { type GoObject, parseGoJson } from '../../authentication/go-json';
import { UnauthorizedError } from '../../authentication/unauthorized-error';
import { userOfClaims as userOf } from '../../authentication/user-of-claims';

const CONFIG: AuthenticationConfig = {
  issuerUrl: 'https://okta.example',
  clientId: 'client',
  usernameClaim: 'email',
  usernamePrefix: 'okta:',
  groupsClaim: 'groups',
  groupsPrefix: 'group:',
  requiredClaims: {},
};
const ANA = { email: 'ana@example.com', groups: ['eks-admins', 'eks-b'] };

function userOfClaims(claims: Record<string, unknown>, config: AuthenticationConfig) {
  return userOf(parseGoJson(Buffer.from(JSON.stringify(claims))) as GoObject, config);
}

function refusal(claims: Record<string, unknown>, config: AuthenticationConfig): string {
  try {
    return JSON.stringify(userOfClaims(claims, config));
  } catch (error) {
    expect(error).toBeInstanceOf(UnauthorizedError);
    return (error as Error).message;
  }
}

describe('the user of a token', () => {
  test('has prefixes on name and groups', () => {
    expect(userOfClaims(ANA, CONFIG)).toEqual({
      name: 'okta:ana@example.com',
      groups: ['group:eks-admins', 'group:eks-b'],
    });
  });

  test.each([
    ['the group of a single string', { ...ANA, groups: 'eks-admins' }, ['group:eks-admins']],
    ['no groups without the claim', { email: 'ana@example.com' }, []],
    ['no groups with null', { ...ANA, groups: null }, []],
    ['an empty name for a group that is null', { ...ANA, groups: [null] }, ['group:']],
  ])('has %s', (_, claims, groups) => {
    expect(userOfClaims(claims, CONFIG).groups).toEqual(groups);
  });

  test('has no groups if no claim is configured', () => {
    const { groupsClaim: _, ...config } = CONFIG;

    expect(userOfClaims(ANA, config).groups).toEqual([]);
  });

  test('accepts a verified email', () => {
    expect(userOfClaims({ ...ANA, email_verified: true }, CONFIG).name).toBe('okta:ana@example.com');
  });

  test('accepts another claim even if the email is not verified', () => {
    const config = { ...CONFIG, usernameClaim: 'sub' };

    expect(userOfClaims({ ...ANA, sub: '00u1', email_verified: false }, config).name).toBe('okta:00u1');
  });

  test('has the required claims', () => {
    const config = { ...CONFIG, requiredClaims: { tenant: 'a', stage: 'prod' } };

    expect(userOfClaims({ ...ANA, tenant: 'a', stage: 'prod' }, config).name).toBe('okta:ana@example.com');
  });

  test.each([
    ['no username', { groups: [] }, 'oidc: parse username claims "email": claim not present'],
    ['a username that is not a string', { email: ['ana'] }, 'oidc: parse username claims "email": not a string'],
    ['an unverified email', { ...ANA, email_verified: false }, 'oidc: email not verified'],
    ['a verification that is not a boolean', { ...ANA, email_verified: 'true' }, 'oidc: email not verified'],
    ['a verification that is null', { ...ANA, email_verified: null }, 'oidc: email not verified'],
    [
      'groups from another place',
      { email: 'ana@example.com', _claim_names: { groups: 'a' }, _claim_sources: { a: { endpoint: 'https://a' } } },
      'oidc: could not expand distributed claims: the simulated API server fetches none',
    ],
    [
      'groups that are not strings',
      { ...ANA, groups: ['eks-admins', 1] },
      'oidc: parse groups claim "groups": neither a string nor a list of strings',
    ],
    [
      'groups that are an object',
      { ...ANA, groups: { name: 'eks-admins' } },
      'oidc: parse groups claim "groups": neither a string nor a list of strings',
    ],
  ])('fails with %s', (_, claims, message) => {
    expect(refusal(claims, CONFIG)).toBe(message);
  });

  test.each([
    ['missing', ANA, 'oidc: required claim level not present in ID token'],
    [
      'another value',
      { ...ANA, level: 'low' },
      'oidc: required claim level value does not match. Got = low, want = true',
    ],
    [
      'not a string, even if it reads the same',
      { ...ANA, level: true },
      'oidc: required claim level value does not match. Got = not a string, want = true',
    ],
  ])('fails if a required claim is %s', (_, claims, message) => {
    expect(refusal(claims, { ...CONFIG, requiredClaims: { level: 'true' } })).toBe(message);
  });
});
