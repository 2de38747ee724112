import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';

/** The arguments of a resource, data source or output. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A stack in Terraform's JSON syntax, as cdktf synthesizes it. */
export interface SynthesizedStack {
  /**
   * Names of the stacks that are deployed before it.
   * @default - none
   */
  readonly dependencies?: readonly string[];
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly output?: Readonly<Record<string, Arguments>>;
}

/** Synthesized stacks by name. */
export type Stacks = Readonly<Record<string, SynthesizedStack>>;

/** Reads the stacks of the last synthesis. Folders that an earlier synthesis left behind are ignored. */
export function readStacks(outdir: string): Stacks {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) throw new AccessError(`${outdir} contains no synthesized stacks. Run npm start first.`);
  const { stacks } = readJson(manifest) as Manifest;
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { dependencies, synthesizedStackPath }]) => [
      name,
      { ...(readJson(join(outdir, synthesizedStackPath)) as SynthesizedStack), dependencies },
    ]),
  );
}

interface Manifest {
  readonly stacks: Readonly<Record<string, { dependencies: readonly string[]; synthesizedStackPath: string }>>;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
