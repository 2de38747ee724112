import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { accessFileOption } from './access-file-option';
import { inputFormatOption } from './input-format-option';
import { printText } from './print';

/** `eks-access synth`: writes the stacks for Terraform. */
export function synthCommand(): Command {
  return new Command('synth')
    .summary('write the stacks for Terraform')
    .description('Writes the stacks for Terraform into cdktf.out, as cdktf synth does, and prints their names.')
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText('after', '\nExample:\n  $ eks-access synth --file examples/portal.ts')
    .action(async ({ file, inputFormat }: { file: string; inputFormat?: AccessFormat }) => {
      const { synthesizeAccess } = require('../synthesize-access') as typeof import('../synthesize-access');
      const { outdir } = await synthesizeAccess(file, undefined, inputFormat);
      printText(`${outdir}: ${Object.keys(readStacks(outdir)).join(', ')}\n`);
    });
}
