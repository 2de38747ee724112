import { escaped } from '../constraints/finding';
import { didYouMean, nameList } from '../constraints/nearest-name';
import { AccessError } from '../model';

/**
 * Checks that the access file has a name from the command line.
 * @param what the kind of name, such as `cluster`.
 * @param where what has the names.
 * @throws AccessError with the nearest name.
 */
export function knownName(what: string, name: string, names: readonly string[], where = 'The access file'): string {
  if (names.includes(name)) return name;
  throw new AccessError(
    `${where} has no ${what} '${escaped(name)}'.${didYouMean(name, names)} It has ${nameList(names)}.`,
  );
}

/** Finds what the access file has under a name from the command line. */
export function knownMember<Member>(what: string, name: string, members: Readonly<Record<string, Member>>): Member {
  return members[knownName(what, name, Object.keys(members))] as Member;
}
