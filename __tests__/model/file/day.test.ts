import { AccessError, today } from '../../../model';
import { oneYearAfter } from '../../../model/file/day';

describe('today', () => {
  test.each([
    ['946684800', '2000-01-01'],
    ['253402300799', '9999-12-31'],
    ['1781481600', '2026-06-15'],
    ['1781567999', '2026-06-15'],
  ])('with SOURCE_DATE_EPOCH=%s is %s, in UTC', (epoch, day) => {
    expect(today(epoch)).toBe(day);
  });

  test('reads the environment variable', () => {
    expect(today()).toBe('2026-06-15');
  });

  test.each([undefined, ''])('is the day of the clock if the variable is %j', (epoch) => {
    jest.useFakeTimers({ now: new Date('2031-02-03T23:59:59Z') });
    const saved = process.env.SOURCE_DATE_EPOCH;
    delete process.env.SOURCE_DATE_EPOCH;

    const day = today(epoch);

    process.env.SOURCE_DATE_EPOCH = saved;
    jest.useRealTimers();
    expect(day).toBe('2031-02-03');
  });

  test.each(['soon', '-1', '1.5', '1e9', ' 1', '2026-06-15', '0', '946684799', '253402300800', '99999999999999'])(
    'fails for SOURCE_DATE_EPOCH=%s',
    (epoch) => {
      expect(() => today(epoch)).toThrow(AccessError);
      expect(() => today(epoch)).toThrow(
        `SOURCE_DATE_EPOCH is not a whole number of seconds since 1970 in the years 2000 to 9999: '${epoch}'. Fix: unset it, or set it to a number such as $(date +%s).`,
      );
    },
  );
});

describe('oneYearAfter', () => {
  test.each([
    ['2026-06-15', '2027-06-15'],
    ['2027-12-31', '2028-12-31'],
    ['2027-02-28', '2028-02-28'],
    ['2028-02-29', '2029-03-01'],
  ])('of %s is %s', (day, later) => {
    expect(oneYearAfter(day)).toBe(later);
  });
});
