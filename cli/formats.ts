import { type Command, Option } from 'commander';
import { escaped } from '../constraints/finding';

/** Adds `--format` with these formats to a command, the first as default, and `--json` as a short form. */
export function withFormats(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(new Option('--format <format>', 'output format').choices(formats).default(formats[0]))
    .addOption(new Option('--json', 'short for --format json').implies({ format: 'json' }));
}

/** Data as indented JSON. Characters that a terminal would obey are escaped. */
export function jsonText(data: unknown): string {
  const json = JSON.stringify(data, null, 2);
  return `${json.replaceAll(/(?!\n)[\p{Cc}\p{Cf}]/gu, escaped)}\n`;
}
