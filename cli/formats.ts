import { type Command, Option } from 'commander';

/** Gives a command `--format` with these formats, the first by default, and `--json` as a short word for one of them. */
export function withFormats(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(new Option('--format <format>', 'how to print it').choices(formats).default(formats[0]))
    .addOption(new Option('--json', 'the same as --format json').implies({ format: 'json' }));
}

/** Data as the formats of programs are printed. */
export function jsonText(data: unknown): string {
  return `${JSON.stringify(data, null, 2)}\n`;
}
