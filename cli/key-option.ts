import { InvalidArgumentError, Option } from 'commander';

/**
 * An option that takes keys of the access file. It can be repeated, and one value can be several keys with commas.
 * @param thing `cluster` or `group`.
 */
export function keyOption(thing: 'cluster' | 'group', description: string): Option {
  return new Option(`--${thing} <${thing}>`, `${description}; repeat it or use commas for more`).argParser(
    (value: string, earlier: readonly string[] = []) => {
      const keys = value
        .split(',')
        .map((key) => key.trim())
        .filter((key) => key !== '');
      if (keys.length === 0) throw new InvalidArgumentError(`It names no ${thing}.`);
      return [...new Set([...earlier, ...keys])];
    },
  );
}
