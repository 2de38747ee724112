import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attack, LISTENERS } from './listeners';

// The end-to-end tests send 10 000.
const REQUESTS = 50;

test.each(LISTENERS)(
  `the %s answers each of ${REQUESTS} odd requests and still works`,
  async (_name, start) => {
    jest.spyOn(console, 'error').mockReturnValue();

    expect(await attack(await start(), REQUESTS)).toEqual({ unanswered: [], works: true });
  },
  120_000,
);

test('no other file of the sandbox listens, so that none needs to catch errors itself', () => {
  const root = join(__dirname, '../..');
  const files = ['sandbox', 'cli'].flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: 'utf8' }).map((name) => join(room, name)),
  );

  const listening = files
    .filter((name) => name.endsWith('.ts') && /\.listen\(/.test(readFileSync(join(root, name), 'utf8')))
    .sort();

  // The other one looks for a free port, and closes it before anybody can send a request.
  expect(listening).toEqual(['sandbox/free-port.ts', 'sandbox/https-server.ts']);
});
