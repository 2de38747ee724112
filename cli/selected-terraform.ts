import { mkdirSync } from 'node:fs';
import { AccessError } from '../constraints/access-error';
import { type Terraform, terraform } from '../plan/run/terraform';
import { findTool, type NeededTool } from '../sandbox/missing-tools';
import { EXIT } from './exit-codes';

const TERRAFORM: NeededTool = { name: 'Terraform', commands: ['terraform', 'tofu'], hint: '' };
const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/** A command that runs Terraform, until a signal ends it. */
export interface TerraformWork {
  readonly terraform: Terraform;
  /** Whether a signal has asked to stop. */
  isEnding(): boolean;
  /** Settles when a signal has asked to stop. */
  readonly ending: Promise<void>;
}

/**
 * Does work with the Terraform or OpenTofu that the environment selects. A signal asks it to stop, and the process then
 * ends as signals end it, once the work is done.
 * @param folder where it runs first, to say its version.
 * @param cache the folder for providers, unless the environment or the configuration of Terraform has one.
 * @param env its environment. @default - that of this process
 * @throws AccessError if there is none, or it does not run.
 */
export async function withTerraform<Result>(
  { folder, cache, env }: { readonly folder: string; readonly cache: string; readonly env?: NodeJS.ProcessEnv },
  work: (given: TerraformWork) => Promise<Result>,
): Promise<Result> {
  const runner = terraform(selectedProgram(), cache, env);
  // Terraform wants the folder to exist.
  mkdirSync(cache, { recursive: true, mode: 0o700 });
  const version = await runner.run(folder, ['version']);
  if (!version.ok) {
    const from = process.env.TERRAFORM_BINARY_NAME ? ' TERRAFORM_BINARY_NAME selects it.' : '';
    throw new AccessError(`${version.stderr.trim()}.${from}`);
  }
  let ended: (typeof SIGNALS)[number] | undefined;
  let end: () => void = () => {};
  const ending = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stops = SIGNALS.map((signal) => {
    const stop = () => {
      ended = signal;
      runner.stop();
      end();
    };
    return [signal, stop] as const;
  });
  for (const [signal, stop] of stops) process.on(signal, stop);
  try {
    return await work({ terraform: runner, isEnding: () => ended !== undefined, ending });
  } finally {
    for (const [signal, stop] of stops) process.off(signal, stop);
    if (ended !== undefined) process.exit(EXIT[ended]);
  }
}

/** @throws AccessError if there is none. */
export function selectedProgram(): string {
  const program = process.env.TERRAFORM_BINARY_NAME || findTool(TERRAFORM);
  if (program === undefined) {
    throw new AccessError('Neither terraform nor tofu is on PATH. Install one, or set TERRAFORM_BINARY_NAME.');
  }
  return program;
}
