import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import type { AccessProof } from '../model/review/access-proof';
import { makeSigningKeyAhead } from '../sandbox/okta/signing-key';
import { accessFileOption } from './access-file-option';
import { EXIT } from './exit-codes';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { print } from './print';
import { printProof } from './print-proof';

interface ProveOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: string;
  readonly people?: string;
}

/** `eks-access prove`: proves that the stacks give the access of the file, and writes nothing. */
export function proveCommand(): Command {
  const command = new Command('prove')
    .summary('prove that the stacks give the access of the file')
    .description(
      'Proves that the stacks give the access of the file: users sign in to a local Okta and ask simulated API servers. Writes nothing into the project. Exit code: 1 if an answer differs from the access file.',
    )
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .option(
      '--people <file>',
      'a JSON or YAML file with your own users (default: one user in each group, and one in none)',
    )
    .addHelpText('after', '\nExample:\n  $ eks-access prove --json')
    .action(prove);
  return withFormats(command, ['text', 'json']);
}

async function prove({ file, inputFormat, format, people }: ProveOptions): Promise<void> {
  const proof = await proofOf(file, inputFormat, people);
  if (format !== 'json') return printProof(proof);
  print(jsonText(proof));
  if (proof.differences.length > 0) process.exitCode = EXIT.wrong;
}

async function proofOf(
  file: string,
  inputFormat: AccessFormat | undefined,
  peopleFile: string | undefined,
): Promise<AccessProof> {
  makeSigningKeyAhead();
  const { synthesizePrivately } = require('../synthesize-access') as typeof import('../synthesize-access');
  const { proveSynthesized } =
    require('../sandbox/proof/prove-synthesized') as typeof import('../sandbox/proof/prove-synthesized');
  const { readPeopleFile } = require('../sandbox/okta/people-file') as typeof import('../sandbox/okta/people-file');
  const { readStacks } =
    require('../sandbox/synthesized/read-stacks') as typeof import('../sandbox/synthesized/read-stacks');
  const { access, stacks } = await synthesizePrivately(
    file,
    (folder, access) => ({ access, stacks: readStacks(folder) }),
    inputFormat,
  );
  const people = peopleFile === undefined ? undefined : readPeopleFile(peopleFile, Object.keys(access.groups));
  return proveSynthesized(access, stacks, people);
}
