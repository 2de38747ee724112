import { escaped } from '../constraints/finding';
import { nameList, nearestName } from '../constraints/nearest-name';
import { AccessError } from '../model';

/**
 * A name from the command line that has to be one of the file's.
 * @param what such as `cluster`.
 * @throws AccessError with the name that was most likely meant.
 */
export function knownName(what: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const nearest = nearestName(name, names);
  const meant = nearest === undefined ? '' : ` Did you mean '${escaped(nearest)}'?`;
  throw new AccessError(`The access file has no ${what} '${escaped(name)}'.${meant} It has ${nameList(names)}.`);
}

/** What the access file says under a name from the command line. */
export function knownMember<Member>(what: string, name: string, members: Readonly<Record<string, Member>>): Member {
  return members[knownName(what, name, Object.keys(members))] as Member;
}
