import { escaped } from '../../constraints/finding';

/** A place in the access file as text: `clusters.prod.logs[0]`, `groups["my group"].rule`. */
export function pathText(segments: readonly PropertyKey[]): string {
  return segments.reduce<string>(pathInside, '');
}

/** The path of a member of the value at a path. */
export function pathInside(path: string, member: PropertyKey): string {
  if (typeof member === 'number') return `${path}[${member}]`;
  const name = String(member);
  if (!/^[\w$*-]+$/.test(name)) return `${path}["${escaped(name).replaceAll('"', '\\"')}"]`;
  return path === '' ? name : `${path}.${name}`;
}
