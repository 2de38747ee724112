import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectedAccessFile } from '../access-file/load-access-file';
import { orExit, synthesize } from '../main';
import { CHECKS, runChecks } from '../model';
import { summaryText } from '../report/summary';
import { type SynthesizedStack, synthesizedStack } from '../report/synthesized-stack';

/** Synthesizes the selected access file and prints, for a person, what came of it. */
function start(): void {
  const { access, outdir } = synthesize();
  const { warnings } = runChecks(CHECKS, access);
  process.stdout.write(
    summaryText({ file: selectedAccessFile(), access, stacks: readStacks(outdir), warnings, outdir }),
  );
}

/** The stacks as they were written: the summary tells what Terraform is given, not what was meant. */
function readStacks(outdir: string): readonly SynthesizedStack[] {
  const manifest = readJson(join(outdir, 'manifest.json')) as {
    stacks: Record<string, { name: string; dependencies: string[]; synthesizedStackPath: string }>;
  };
  return Object.values(manifest.stacks).map(({ name, dependencies, synthesizedStackPath }) =>
    synthesizedStack(name, dependencies, readJson(join(outdir, synthesizedStackPath))),
  );
}

function readJson(file: string): unknown {
  return JSON.parse(readFileSync(file, 'utf8'));
}

orExit(start);
