import { nowSeconds, refreshSeconds } from '../../../sandbox/okta/refresh-lifetime';

describe('the lifetime of a refresh token', () => {
  const now = 1_800_000_000;

  beforeEach(() => {
    jest.spyOn(Date, 'now').mockReturnValue(now * 1000);
  });

  afterEach(() => jest.restoreAllMocks());

  const allowed = (refreshLifetimeMinutes: number, refreshIdleMinutes: number) => ({
    ok: true as const,
    accessTokenMinutes: 60,
    refreshLifetimeMinutes,
    refreshIdleMinutes,
  });

  test.each([
    ['its idle window', 600, 60, 0, 60 * 60],
    ['the remaining lifetime of its family', 600, 60, 590 * 60, 10 * 60],
    ['its idle window if its family has no lifetime', 0, 60, 10_000 * 60, 60 * 60],
    ['a second if its family is too old after a change of the rule', 600, 60, 700 * 60, 1],
  ])('is %s', (_case, lifetime, idle, age, seconds) => {
    expect(refreshSeconds(allowed(lifetime, idle), nowSeconds() - age)).toBe(seconds);
  });
});
