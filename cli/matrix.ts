import { Command } from 'commander';
import type { AccessFormat } from '../input/access-format';
import { loadAccessFile } from '../load-access-file';
import { accessMatrix } from '../model/review/matrix';
import { matrixCsv } from '../report/matrix-csv';
import { matrixHtml } from '../report/matrix-html';
import { matrixJson } from '../report/matrix-json';
import { matrixMarkdown } from '../report/matrix-markdown';
import type { MatrixReport } from '../report/matrix-report';
import { matrixText } from '../report/matrix-text';
import { accessFileOption } from './access-file-option';
import { withFormats } from './formats';
import { inputFormatOption } from './input-format-option';
import { printFormat } from './print';

const FORMATS = {
  text: matrixText,
  md: matrixMarkdown,
  csv: ({ rows }: MatrixReport) => matrixCsv(rows),
  json: ({ rows }: MatrixReport) => matrixJson(rows),
  html: matrixHtml,
};

interface MatrixOptions {
  readonly file: string;
  readonly inputFormat?: AccessFormat;
  readonly format: keyof typeof FORMATS;
}

/** `eks-access matrix`: prints who has which role where. */
export function matrixCommand(): Command {
  const command = new Command('matrix')
    .summary('print who has which role where')
    .description(
      'Prints who has which role where, groups and administrators by IAM: until when, why, who they are, and what they can become.',
    )
    .addOption(accessFileOption())
    .addOption(inputFormatOption())
    .addHelpText('after', '\nExample:\n  $ eks-access matrix --format html > access.html')
    .action(async ({ file, inputFormat, format }: MatrixOptions) => {
      const access = await loadAccessFile(file, inputFormat);
      printFormat(format, FORMATS[format]({ file, day: access.day, rows: accessMatrix(access) }));
    });
  return withFormats(command, Object.keys(FORMATS));
}
