import type { Access } from '../derived/access';

/** The people of a group whose members the file does not define. */
export const FROM_ELSEWHERE = 'from elsewhere';

/** The logins of a group; or `rule: <expression>`, or `from elsewhere`, if the file does not list the people. */
export type People = readonly string[] | string;

/** Who is in a group, as far as the file says. */
export function peopleOf({ logins, rule }: Access['groups'][string]): People {
  return logins ?? (rule === undefined ? FROM_ELSEWHERE : `rule: ${rule}`);
}
