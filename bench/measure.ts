import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A node command to measure. */
export interface Command {
  /** What follows `node`. */
  readonly args: readonly string[];
  readonly cwd: string;
  /**
   * Set over the environment of this process; undefined takes a variable away.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What the runs of one command took. */
export interface Measurement {
  /** Wall time of each timed run, in order. */
  readonly seconds: readonly number[];
  /** Largest resident memory of one of its processes. */
  readonly megabytes: number;
}

/**
 * Measures commands against each other: in every round each runs once, so that whatever slows the machine slows all.
 * A first round that is not timed fills the caches of the file system and measures the memory.
 */
export function measure<Name extends string | number>(
  commands: Readonly<Record<Name, Command>>,
  rounds: number,
): Readonly<Record<Name, Measurement>> {
  const measured = Object.entries<Command>(commands).map(([name, command]) => ({
    name,
    command,
    megabytes: peakMemory(command),
    seconds: [] as number[],
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const { command, seconds } of measured) seconds.push(run(command));
  }
  const byName: Record<string, Measurement> = Object.fromEntries(
    measured.map(({ name, seconds, megabytes }) => [name, { seconds, megabytes }]),
  );
  return byName as Record<Name, Measurement>;
}

/** Runs a command once and returns its wall time in seconds; throws with what it printed when it fails. */
export function run({ args, cwd, env }: Command): number {
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, error } = spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, ...env },
    encoding: 'utf8',
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (error !== undefined) throw error;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed (${status}):\n${stdout}${stderr}`);
  return seconds;
}

/** The middle of the values; the mean of the middle two of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low as number) + (high as number)) / 2;
}

/** How many times as long as another command one took: the median over the rounds that they ran in together. */
export function timesAsLong(measured: Measurement, than: Measurement): number {
  return median(measured.seconds.map((seconds, round) => seconds / (than.seconds[round] as number)));
}

function peakMemory(command: Command): number {
  const file = join(tmpdir(), `peak-memory-${process.pid}`);
  const hook = `--require ${JSON.stringify(join(__dirname, 'peak-memory.cjs'))}`;
  try {
    run({
      ...command,
      env: { ...command.env, NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} ${hook}`, PEAK_MEMORY_FILE: file },
    });
    return Math.max(...readFileSync(file, 'utf8').trim().split('\n').map(Number)) / 1024;
  } finally {
    rmSync(file, { force: true });
  }
}
