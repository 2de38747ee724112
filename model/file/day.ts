import { AccessError } from '../../constraints/access-error';

/** A day, `YYYY-MM-DD`. Days can be compared as strings. */
export type Day = string;

const YEAR_2000 = Date.UTC(2000) / 1000;
const YEAR_10000 = Date.UTC(10_000) / 1000;

/**
 * The current day in UTC: that of `SOURCE_DATE_EPOCH` (seconds since 1970), or today.
 * @throws AccessError if the variable is not a whole number of seconds in the years 2000 to 9999. Other years have more digits as
 * text, or are a mistake such as 0, and would bring access back that has ended.
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function today(epoch: string | undefined = process.env.SOURCE_DATE_EPOCH): Day {
  if (epoch === undefined || epoch === '') return new Date().toISOString().slice(0, 10);
  const seconds = Number(epoch);
  if (!/^\d+$/.test(epoch) || seconds < YEAR_2000 || seconds >= YEAR_10000) {
    throw new AccessError(
      `SOURCE_DATE_EPOCH is not a whole number of seconds since 1970 in the years 2000 to 9999: '${epoch}'. Fix: unset it, or set it to a number such as $(date +%s).`,
    );
  }
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** The day a number of days later. */
export function daysAfter(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** The same day one year later; for 29 February, 1 March. */
export function oneYearAfter(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
