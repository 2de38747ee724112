import { attack, LISTENERS } from '../sandbox/listeners';

const REQUESTS = 10_000;

test.each(LISTENERS)(
  `the %s answers each of ${REQUESTS} odd requests and still works`,
  async (_name, start) => {
    jest.spyOn(console, 'error').mockReturnValue();

    expect(await attack(await start(), REQUESTS)).toEqual({ unanswered: [], works: true });
  },
  600_000,
);
