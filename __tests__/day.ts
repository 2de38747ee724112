/** The day that tests count from, the commands that they run included: what expires must not change them. */
export const DAY = '2026-06-15';

process.env.SOURCE_DATE_EPOCH = String(Date.parse(DAY) / 1000);
