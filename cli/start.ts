import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { selectedAccessFile } from '../load-access-file';
import { orExit, synthesize } from '../main';
import type { Access } from '../model';
import { differencesText, proofText } from '../report/proof-text';
import { summaryText } from '../report/summary';
import { type SynthesizedStack, synthesizedStack } from '../report/synthesized-stack';

/** Synthesizes the selected access file, prints a summary, and proves that the result gives the access. */
function start(): void {
  const { access, outdir } = synthesize();
  process.stdout.write(
    summaryText({
      file: selectedAccessFile(),
      isSelected: selectedAccessFile() !== selectedAccessFile({}),
      access,
      stacks: readStacks(outdir),
      outdir,
    }),
  );
  prove(access, outdir).catch((error: Error) => {
    process.stderr.write(`\nThe access could not be proved: ${error.message}\n`);
    process.exitCode = 1;
  });
}

async function prove(access: Access, outdir: string): Promise<void> {
  // Loaded late: the summary is there at once, and a wrong file is told without waiting.
  const { proveSynthesized } =
    require('../sandbox/proof/prove-synthesized') as typeof import('../sandbox/proof/prove-synthesized');
  const proof = await proveSynthesized(access, outdir);
  process.stdout.write(`\n${proofText(proof)}`);
  if (proof.differences.length === 0) return;
  process.stderr.write(`\n${differencesText(proof)}`);
  process.exitCode = 1;
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
