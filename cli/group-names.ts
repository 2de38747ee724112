import { AccessError } from '../model';
import { knownName } from './known-name';

/**
 * The groups that values of an option name. A value is one group, or several with commas; the name of a group can contain
 * commas too, so the longest name that the file has wins.
 * @param where what has the groups. @default - the access file
 * @throws AccessError for a name that it does not have.
 */
export function groupNames(values: readonly string[], names: readonly string[], where?: string): readonly string[] {
  const found = values.flatMap((value) => namesIn(value, names, where));
  if (found.length === 0) throw new AccessError('No group is named.');
  return [...new Set(found)];
}

function namesIn(value: string, names: readonly string[], where?: string): readonly string[] {
  const parts = value.split(',');
  const found: string[] = [];
  for (let start = 0; start < parts.length; ) {
    const ends = Array.from({ length: parts.length - start }, (_, index) => parts.length - index);
    const readings = ends.map((end) => ({ end, text: parts.slice(start, end).join(',') }));
    const known = readings
      .flatMap(({ end, text }) => [text, text.trim()].map((name) => ({ end, name })))
      .find(({ name }) => names.includes(name));
    const first = (parts[start] as string).trim();
    if (known === undefined && first !== '') knownName('group', first, names, where);
    if (known !== undefined) found.push(known.name);
    start = known?.end ?? start + 1;
  }
  return found;
}
