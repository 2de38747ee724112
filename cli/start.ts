import { selectedAccessFile } from '../load-access-file';
import { orExit, synthesize } from '../main';
import type { Access } from '../model';
import { differencesText, proofText } from '../report/proof-text';
import { stackSummary } from '../report/stack-summary';
import { summaryText } from '../report/summary';
import { readStacks, type Stacks } from '../sandbox/synthesized/read-stacks';

/** Synthesizes the selected access file, prints a summary, and proves that the result gives the access. */
export function start(): Promise<void> {
  const { access, outdir } = synthesize();
  const stacks = readStacks(outdir);
  process.stdout.write(
    summaryText({
      file: selectedAccessFile(),
      isSelected: selectedAccessFile() !== selectedAccessFile({}),
      access,
      stacks: Object.entries(stacks).map(([name, { dependencies = [], ...json }]) =>
        stackSummary(name, dependencies, json),
      ),
      outdir,
    }),
  );
  return prove(access, stacks).catch((error: Error) => {
    process.stderr.write(`\nThe access could not be proved: ${error.message}\n`);
    process.exitCode = 1;
  });
}

async function prove(access: Access, stacks: Stacks): Promise<void> {
  // Loaded late, so that the summary, or the error of a wrong file, appears at once.
  const { proveSynthesized } =
    require('../sandbox/proof/prove-synthesized') as typeof import('../sandbox/proof/prove-synthesized');
  const proof = await proveSynthesized(access, stacks);
  process.stdout.write(`\n${proofText(proof)}`);
  if (proof.differences.length === 0) return;
  process.stderr.write(`\n${differencesText(proof)}`);
  process.exitCode = 1;
}

if (require.main === module) orExit(start);
