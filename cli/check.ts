import { Command, Option } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { type Access, AccessError, type CheckResult, problemsText } from '../model';
import { endingWithin } from '../model/derived/ending-soon';
import { WORST_CASE_REVOCATION } from '../model/derived/revocation';
import { counted } from '../report/words';
import { accessFileOption } from './access-file-option';
import { EXIT } from './exit-codes';
import { reportFindings, withFindingsOk } from './findings-ok';
import { jsonText, withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { print, printText } from './print';

const NOTE_DAYS = 30;

interface CheckOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
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
    .addOption(inputFormatOption())
    .addOption(new Option('--warnings-ok', 'the same as --findings-ok').implies({ findingsOk: true }))
    .addHelpText('after', '\nExample:\n  $ eks-access check --file access.config.ts --findings-ok')
    .action((options: CheckOptions) => (options.format === 'json' ? checkJson : checkText)(options));
  return withFindingsOk(withFormats(command, ['text', 'json']));
}

async function checkText(options: CheckOptions): Promise<void> {
  const access = await loadAccessFile(options.file, options.inputFormat);
  const { warnings } = access;
  const found = warnings.length === 0 ? '.' : `:\n\n${problemsText(warnings)}\n`;
  printText(
    `${options.file} has no errors and ${counted(warnings.length, 'warning')}${found}\n${notesOf(access)
      .map((note) => `Note: ${note}\n`)
      .join('')}${WORST_CASE_REVOCATION.text}\n`,
  );
  reportFindings(warnings.length > 0, options);
}

async function checkJson(options: CheckOptions): Promise<void> {
  const { errors, warnings, notes } = await checked(options);
  print(jsonText({ errors, warnings, notes }));
  if (errors.length > 0) process.exitCode = EXIT.wrong;
  else reportFindings(warnings.length > 0, options);
}

/** What ends within a month. It is no reason to fail; what ends within a week is a warning. */
function notesOf(access: Access): readonly string[] {
  const warned = new Set(access.warnings.map(({ path }) => path));
  return endingWithin(access, NOTE_DAYS)
    .filter(({ path }) => !warned.has(path))
    .map(({ path, expires, what }) => `${path}: the ${what} ends on ${expires}.`);
}

async function checked({
  file,
  inputFormat,
}: CheckOptions): Promise<CheckResult & { readonly notes: readonly string[] }> {
  try {
    const access = await loadAccessFile(file, inputFormat);
    return { errors: [], warnings: access.warnings, notes: notesOf(access) };
  } catch (error) {
    if (!AccessError.is(error) || error.problems.length === 0) throw error;
    return { errors: error.problems, warnings: error.warnings, notes: [] };
  }
}
