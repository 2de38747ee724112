import { problemsWith } from '../../../access-files';

const problem = (given: string) => ({
  path: 'signIn.refresh',
  check: 'token-lifetimes',
  message: "A refresh token's idle time must be between the access token's lifetime and its own.",
  given,
  allowed: 'whole minutes, access token <= idle time <= lifetime, an idle time of 10 to 2628000',
  fix: 'Raise the idle time or the lifetime, or shorten the access token.',
  source: 'https://developer.okta.com/docs/api/openapi/okta-management/management/tag/AuthorizationServerRules/',
});

describe('token-lifetimes', () => {
  test.each([
    [
      { refresh: { lifetime: '12h', idle: '13h' } },
      'an access token of 60, an idle time of 780 and a lifetime of 720 minutes',
    ],
    [{ refresh: { lifetime: '59m' } }, 'an access token of 60, an idle time of 59 and a lifetime of 59 minutes'],
    [
      { refresh: { idle: '2h' }, accessTokenMinutes: 121 },
      'an access token of 121, an idle time of 120 and a lifetime of 720 minutes',
    ],
    [
      { refresh: { idle: '9m' }, accessTokenMinutes: 5 },
      'an access token of 5, an idle time of 9 and a lifetime of 720 minutes',
    ],
  ])('fails for %j', (signIn, given) => {
    expect(problemsWith({ signIn })).toEqual([problem(given)]);
  });

  test.each([
    {},
    { accessTokenMinutes: 1440 },
    { refresh: {} },
    { refresh: { lifetime: '60m' } },
    { refresh: { lifetime: '7d', idle: '12h' }, accessTokenMinutes: 720 },
    { refresh: { idle: '10m' }, accessTokenMinutes: 5 },
  ])('allows %j', (signIn) => {
    expect(problemsWith({ signIn })).toEqual([]);
  });

  test('is silent if signIn is invalid', () => {
    const problems = problemsWith({ signIn: { refresh: { idle: '9m' }, accessTokenMinutes: 'many' } });

    expect(problems.map(({ path, check }) => [path, check])).toEqual([['signIn.accessTokenMinutes', 'shape']]);
  });
});
