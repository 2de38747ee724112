import { AccessError } from '../../constraints/access-error';

/** A day, `YYYY-MM-DD`. Days can be compared as strings. */
export type Day = string;

/**
 * The current day in UTC: that of `SOURCE_DATE_EPOCH` (seconds since 1970), or today.
 * @throws AccessError if the variable is not a whole number of seconds.
 * @see https://reproducible-builds.org/docs/source-date-epoch/
 */
export function today(epoch: string | undefined = process.env.SOURCE_DATE_EPOCH): Day {
  if (epoch === undefined || epoch === '') return new Date().toISOString().slice(0, 10);
  const date = new Date(Number(epoch) * 1000);
  if (!/^\d+$/.test(epoch) || Number.isNaN(date.getTime())) {
    throw new AccessError(
      `SOURCE_DATE_EPOCH is not a whole number of seconds since 1970: '${epoch}'. Fix: unset it, or set it to a number such as $(date +%s).`,
    );
  }
  return date.toISOString().slice(0, 10);
}

/** The same day one year later; for 29 February, 1 March. */
export function oneYearAfter(day: Day): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCFullYear(date.getUTCFullYear() + 1);
  return date.toISOString().slice(0, 10);
}
