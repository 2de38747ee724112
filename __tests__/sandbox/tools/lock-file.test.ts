import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { withLockFile } from '../../../sandbox/tools/lock-file';

describe('a lock file', () => {
  let folder: string;
  let file: string;
  const unexpected = (pid: number) => {
    throw new Error(`waited for ${pid}`);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'));
    file = join(folder, 'lock');
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  test('carries the process id during the work, and is gone after it', async () => {
    const during = await withLockFile(file, unexpected, async () => readFileSync(file, 'utf8'));

    expect(during).toBe(String(process.pid));
    expect(existsSync(file)).toBe(false);
  });

  test('is gone after work that failed', async () => {
    const work = withLockFile(file, unexpected, () => Promise.reject(new Error('no disk')));

    await expect(work).rejects.toThrow('no disk');
    expect(existsSync(file)).toBe(false);
  });

  test('lets one in at a time, and tells whom it waits for, once', async () => {
    const events: string[] = [];
    const work = (name: string) => async () => {
      events.push(`${name} starts`);
      await pause(600);
      events.push(`${name} ends`);
    };

    const first = withLockFile(file, unexpected, work('first'));
    const second = withLockFile(file, (pid) => events.push(`waits for ${pid}`), work('second'));
    await Promise.all([first, second]);

    expect(events).toEqual(['first starts', `waits for ${process.pid}`, 'first ends', 'second starts', 'second ends']);
  });

  test('of a process that is gone is taken over', async () => {
    const { pid } = spawnSync('true');
    writeFileSync(file, String(pid));

    const during = await withLockFile(file, unexpected, async () => readFileSync(file, 'utf8'));

    expect(during).toBe(String(process.pid));
  });

  test('that nobody has touched for half a minute is taken over, though a process has its id', async () => {
    writeFileSync(file, '1');
    const longAgo = new Date(Date.now() - 31_000);
    utimesSync(file, longAgo, longAgo);

    const during = await withLockFile(file, unexpected, async () => readFileSync(file, 'utf8'));

    expect(during).toBe(String(process.pid));
  });
});
