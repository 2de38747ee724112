import { tokenLifetimeFinding } from '../../../constraints/okta/token-lifetimes';

describe('tokenLifetimeFinding', () => {
  test.each([4, 0, -5, 1441, 5.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses an access token of %p minutes',
    (minutes) => {
      expect(tokenLifetimeFinding({ accessTokenMinutes: minutes })).toEqual({
        message: 'Okta refuses this access token lifetime.',
        given: `${minutes} minutes`,
        allowed: '5 to 1440 whole minutes',
        fix: 'Omit it for 60 minutes, the default.',
      });
    },
  );

  test.each([undefined, 5, 60, 1440])('allows an access token of %p minutes without refresh tokens', (minutes) => {
    expect(tokenLifetimeFinding({ accessTokenMinutes: minutes })).toBeUndefined();
  });

  test.each([
    [{ refreshLifetimeMinutes: 720 }, 'only a lifetime'],
    [{ refreshIdleMinutes: 120 }, 'only an idle time'],
    [{ refreshLifetimeMinutes: 0 }, 'only a lifetime'],
  ])('refuses %j, the other half of which Okta would choose', (lifetimes, given) => {
    expect(tokenLifetimeFinding(lifetimes)).toEqual({
      message: "With only one of a refresh token's lifetime and idle time, Okta chooses the other.",
      given,
      allowed: 'both or neither',
      fix: 'Set both.',
    });
  });

  test.each([
    ['an idle time below the access token', 15, 14, 720],
    ['an idle time below 10', 5, 9, 720],
    ['an idle time above the lifetime', 15, 721, 720],
    ['an idle time beyond five years', 15, 2_628_001, 2_628_001],
    ['a lifetime below the access token', 15, 14, 14],
    ['a lifetime of 0, which is for ever', 15, 15, 0],
    ['half a minute of idle time', 15, 20.5, 720],
    ['half a minute of lifetime', 15, 20, 720.5],
    ['no number', 15, Number.NaN, 720],
  ])('refuses %s', (_case, access, idle, lifetime) => {
    expect(
      tokenLifetimeFinding({ accessTokenMinutes: access, refreshIdleMinutes: idle, refreshLifetimeMinutes: lifetime }),
    ).toEqual({
      message: "A refresh token's idle time must be between the access token's lifetime and its own.",
      given: `an access token of ${access}, an idle time of ${idle} and a lifetime of ${lifetime} minutes`,
      allowed: 'whole minutes, access token <= idle time <= lifetime, an idle time of 10 to 2628000',
      fix: 'Raise the idle time or the lifetime, or shorten the access token.',
    });
  });

  test('assumes 60 minutes if the access token has no lifetime, as Okta does', () => {
    const finding = tokenLifetimeFinding({ refreshIdleMinutes: 59, refreshLifetimeMinutes: 720 });

    expect(finding?.given).toBe('an access token of 60, an idle time of 59 and a lifetime of 720 minutes');
    expect(tokenLifetimeFinding({ refreshIdleMinutes: 60, refreshLifetimeMinutes: 60 })).toBeUndefined();
  });

  test.each([
    [5, 10, 10],
    [15, 15, 15],
    [1440, 1440, 43_200],
    [60, 2_628_000, 5_256_000],
  ])('allows an access token of %d, an idle time of %d and a lifetime of %d minutes', (access, idle, lifetime) => {
    expect(
      tokenLifetimeFinding({ accessTokenMinutes: access, refreshIdleMinutes: idle, refreshLifetimeMinutes: lifetime }),
    ).toBeUndefined();
  });
});
