import { Command } from 'commander';
import { loadAccessFile } from '../load-access-file';
import { AccessError, type CheckResult, problemsText } from '../model';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import { counted } from '../report/words';
import { accessFileOption } from './access-file-option';
import { EXIT } from './exit-codes';
import { jsonText, withFormats } from './formats';
import { print } from './print';

/** `eks-access check`: reports what is wrong or risky in the access file. */
export function checkCommand(): Command {
  const command = new Command('check')
    .summary('report what is wrong or risky in the access file')
    .description(
      'Reports what is wrong or risky in the access file. Exit code: 1 for errors, 2 for warnings only, 0 for neither.',
    )
    .addOption(accessFileOption())
    .addHelpText('after', '\nExample:\n  $ eks-access check --file access.config.ts')
    .action(({ file, format }: { file: string; format: string }) => (format === 'json' ? printJson : printText)(file));
  return withFormats(command, ['text', 'json']);
}

function printText(file: string): void {
  const { warnings } = loadAccessFile(file);
  const found = warnings.length === 0 ? '' : `:\n\n${problemsText(warnings)}\n`;
  print(
    `${file} has no errors and ${counted(warnings.length, 'warning')}${found || '.'}\n${WORST_CASE_REVOCATION.text}\n`,
  );
  if (warnings.length > 0) process.exitCode = EXIT.findings;
}

function printJson(file: string): void {
  const { errors, warnings } = checked(file);
  print(jsonText({ errors, warnings }));
  if (errors.length > 0) process.exitCode = EXIT.wrongInput;
  else if (warnings.length > 0) process.exitCode = EXIT.findings;
}

function checked(file: string): CheckResult {
  try {
    return { errors: [], warnings: loadAccessFile(file).warnings };
  } catch (error) {
    if (!AccessError.is(error) || error.problems.length === 0) throw error;
    return { errors: error.problems, warnings: error.warnings };
  }
}
