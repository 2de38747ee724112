import { Command } from 'commander';
import { readStacks } from '../sandbox/synthesized/read-stacks';
import { accessFileOption } from './access-file-option';
import { printText } from './print';

/** `eks-access synth`: writes the stacks for Terraform. */
export function synthCommand(): Command {
  return new Command('synth')
    .summary('write the stacks for Terraform')
    .description('Writes the stacks for Terraform into cdktf.out, as cdktf synth does, and prints their names.')
    .addOption(accessFileOption())
    .addHelpText('after', '\nExample:\n  $ eks-access synth --file examples/portal.ts')
    .action(({ file }: { file: string }) => {
      const { synthesizeAccess } = require('../synthesize-access') as typeof import('../synthesize-access');
      const { outdir } = synthesizeAccess(file);
      printText(`${outdir}: ${Object.keys(readStacks(outdir)).join(', ')}\n`);
    });
}
