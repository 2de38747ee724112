import { readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

const BEAT_MS = 2_000;
const SILENCE_MS = 30_000;
const LOOK_MS = 200;

/**
 * Runs work while this process alone holds the lock file, which carries its process id.
 *
 * A lock whose process is gone, or has not touched it for half a minute (after a restart of the machine its id may be another
 * program's), is taken over. Two processes may do so at the same moment: the lock spares work, what it guards has to bear two.
 */
export async function withLockFile<T>(
  file: string,
  waiting: (pid: number) => void,
  work: () => Promise<T>,
): Promise<T> {
  for (let told = false; !acquire(file); ) {
    const holder = holderOf(file);
    if (holder === undefined) continue;
    if (isGone(file, holder)) {
      rmSync(file, { force: true });
      continue;
    }
    if (!told) waiting(holder);
    told = true;
    await pause(LOOK_MS);
  }
  const beat = setInterval(() => touch(file), BEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    rmSync(file, { force: true });
  }
}

function acquire(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** The process id in the lock; undefined where the lock went away meanwhile. */
function holderOf(file: string): number | undefined {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function isGone(file: string, pid: number): boolean {
  const touched = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
  // Written in two steps: a lock without an id yet belongs to somebody who is writing it.
  if (pid > 0 && !isAlive(pid)) return true;
  return Date.now() - touched > SILENCE_MS;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function touch(file: string): void {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // Taken over by somebody: nothing to keep alive.
  }
}
