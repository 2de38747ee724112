import { SMALLEST } from '../access-files';

/** The smallest valid access file with a value at one place, such as `['groups', 'eks-admins', 'rule']`. */
export function fileWith(place: readonly (string | number)[], value: unknown): unknown {
  return changed(SMALLEST, place, value);
}

function changed(inside: unknown, [segment, ...rest]: readonly (string | number)[], value: unknown): unknown {
  if (segment === undefined) return value;
  if (Array.isArray(inside)) {
    const items: unknown[] = [...inside];
    items[Number(segment)] = changed(items[Number(segment)], rest, value);
    return items;
  }
  const members = (inside ?? {}) as Record<string, unknown>;
  return { ...members, [segment]: changed(members[segment], rest, value) };
}
