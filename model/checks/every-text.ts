import type { Finding } from '../../constraints/finding';
import { type Access, settingsOf } from '../derived/access';
import { pathInside } from '../file/path';
import type { PlacedFinding } from './check';

/** The findings about every text of the file, names included, each with its place. */
export function findingsInTexts(access: Access, find: (text: string) => Finding | undefined): readonly PlacedFinding[] {
  const found: PlacedFinding[] = [];
  const visit = (value: unknown, path: string): void => {
    if (typeof value === 'string') {
      const finding = find(value);
      if (finding !== undefined) found.push({ ...finding, path });
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, pathInside(path, index));
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, item] of Object.entries(value)) {
        const inside = pathInside(path, key);
        visit(key, inside);
        visit(item, inside);
      }
    }
  };
  visit(settingsOf(access), '');
  for (const grant of access.grants) visit(grant, grant.path);
  return found;
}
