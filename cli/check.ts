import { Command, Option } from 'commander';
import { loadAccessFile } from '../load-access-file';
import { AccessError, type CheckResult, problemsText } from '../model';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import { counted } from '../report/words';
import { accessFileOption } from './access-file-option';
import { EXIT } from './exit-codes';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { print, printText } from './print';

interface CheckOptions {
  readonly file: string;
  readonly format: string;
  readonly findingsOk?: boolean;
}

/** `eks-access check`: reports what is wrong or risky in the access file. */
export function checkCommand(): Command {
  const command = new Command('check')
    .summary('report what is wrong or risky in the access file')
    .description(
      'Reports what is wrong or risky in the access file. Exit code: 1 for errors, 2 for warnings only, 0 for neither.',
    )
    .addOption(accessFileOption())
    .addOption(new Option('--warnings-ok', 'the same as --findings-ok').implies({ findingsOk: true }))
    .addHelpText('after', '\nExample:\n  $ eks-access check --file access.config.ts --findings-ok')
    .action((options: CheckOptions) => (options.format === 'json' ? checkJson : checkText)(options));
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

function checkText(options: CheckOptions): void {
  const { warnings } = loadAccessFile(options.file);
  const found = warnings.length === 0 ? '.' : `:\n\n${problemsText(warnings)}\n`;
  printText(
    `${options.file} has no errors and ${counted(warnings.length, 'warning')}${found}\n${WORST_CASE_REVOCATION.text}\n`,
  );
  reportFindings(warnings.length > 0, options);
}

function checkJson(options: CheckOptions): void {
  const { errors, warnings } = checked(options.file);
  print(jsonText({ errors, warnings }));
  if (errors.length > 0) process.exitCode = EXIT.wrong;
  else reportFindings(warnings.length > 0, options);
}

function checked(file: string): CheckResult {
  try {
    return { errors: [], warnings: loadAccessFile(file).warnings };
  } catch (error) {
    if (!AccessError.is(error) || error.problems.length === 0) throw error;
    return { errors: error.problems, warnings: error.warnings };
  }
}
