import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { selectedAccessFile } from '../load-access-file';
import { AccessError } from '../model';
import { stackSummary } from '../report/stack-summary';
import { summaryText } from '../report/summary';
import { makeSigningKeyAhead } from '../sandbox/okta/signing-key';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { accessFileOption } from './access-file-option';
import { inputFormatOption } from './input-format-option';
import { printText } from './print';
import { printProof } from './print-proof';

interface StartOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
}

/** `eks-access start`: synthesizes, prints a summary, and proves that the result gives the access. */
export function startCommand(): Command {
  return new Command('start')
    .summary('write the stacks, summarize them, and prove them')
    .description(
      'Writes the stacks for Terraform into cdktf.out, prints who gets which role where, and proves that the stacks give that access, with a local Okta and simulated API servers. Exit code: 1 if a proof differs.',
    )
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText('after', '\nExample:\n  $ eks-access start --file examples/portal.ts')
    .action(start);
}

async function start({ file, inputFormat }: StartOptions): Promise<void> {
  makeSigningKeyAhead();
  const { outputFolder, publish, synthesizePrivately } =
    require('../synthesize-access') as typeof import('../synthesize-access');
  const outdir = outputFolder();
  const { access, stacks } = await synthesizePrivately(
    file,
    (folder, access) => {
      publish(folder, outdir);
      return { access, stacks: readStacks(folder) };
    },
    inputFormat,
  );
  printText(
    summaryText({
      file,
      isSelected: file !== selectedAccessFile({}),
      access,
      stacks: Object.entries(stacks).map(([name, { dependencies = [], ...json }]) =>
        stackSummary(name, dependencies, json),
      ),
      outdir,
    }),
  );
  // Loaded late, so that the summary, or the error of a wrong file, appears at once.
  const { proveSynthesized } =
    require('../sandbox/proof/prove-synthesized') as typeof import('../sandbox/proof/prove-synthesized');
  try {
    const proof = await proveSynthesized(access, stacks);
    printText('\n');
    printProof(proof);
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    throw new AccessError(`\nThe access could not be proved: ${error.message}`);
  }
}
