import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The arguments of a resource, a data source or an output. */
export type Arguments = Readonly<Record<string, unknown>>;

/** A stack as it was synthesized. */
export interface SynthesizedStack {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Arguments>>>>;
  readonly output?: Readonly<Record<string, Arguments>>;
}

/** The stacks of a synthesis, by name. */
export type Stacks = Readonly<Record<string, SynthesizedStack>>;

/** Reads what a synthesis wrote; folders of stacks that it did not write are left aside. */
export function readStacks(outdir: string): Stacks {
  const manifest = join(outdir, 'manifest.json');
  if (!existsSync(manifest)) throw new Error(`${outdir} holds no synthesized stacks: run npm start first.`);
  const { stacks } = readJson(manifest) as { stacks: Record<string, { synthesizedStackPath: string }> };
  return Object.fromEntries(
    Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
      name,
      readJson(join(outdir, synthesizedStackPath)) as SynthesizedStack,
    ]),
  );
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
