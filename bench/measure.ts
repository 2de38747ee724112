import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A node command to measure. */
export interface Command {
  /** Arguments of `node`. */
  readonly args: readonly string[];
  readonly cwd: string;
  /**
   * Changes to the environment of this process; undefined removes a variable.
   * @default - none
   */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** The time and memory of the runs of one command. */
export interface Measurement {
  /** Wall time of each run, in order. */
  readonly seconds: readonly number[];
  /** Peak resident memory of its largest process. */
  readonly megabytes: number;
}

/**
 * Measures commands against each other. Every command runs once in each round, so that other load affects all of them. A first round
 * without timing fills the file system cache and measures memory.
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

/** Runs a command once and returns its wall time in seconds; fails with its output. */
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

/** The median of the values. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const [low, high] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  return ((low as number) + (high as number)) / 2;
}

/** How many times longer one command took than another: the median of the ratios of all rounds. */
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
