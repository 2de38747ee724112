import type { Finding } from '../../constraints/finding';
import { type Access, settingsOf } from '../derived/access';
import { pathInside } from '../file/path';
import type { PlacedFinding } from './check';

/** The findings about every text of the file, names included, each with its place. */
export function findingsInTexts(access: Access, find: (text: string) => Finding | undefined): readonly PlacedFinding[] {
  const found: PlacedFinding[] = [];
  for (const { value, path } of [{ value: settingsOf(access), path: '' }, ...access.grants.map(grantPlace)]) {
    // Files have many texts and few findings, so a path is put together only for a finding.
    const inside: (string | number)[] = [];
    const visit = (member: unknown): void => {
      if (typeof member === 'string') {
        const finding = find(member);
        if (finding !== undefined) found.push({ ...finding, path: inside.reduce(pathInside, path) });
      } else if (typeof member === 'object' && member !== null) {
        for (const [key, item] of Object.entries(member)) {
          inside.push(Array.isArray(member) ? Number(key) : key);
          if (!Array.isArray(member)) visit(key);
          visit(item);
          inside.pop();
        }
      }
    };
    visit(value);
  }
  return found;
}

function grantPlace(grant: Access['grants'][number]): { readonly value: unknown; readonly path: string } {
  return { value: grant, path: grant.path };
}
