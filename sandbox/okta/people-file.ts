import { readFileSync } from 'node:fs';
import { AccessError } from '../../constraints/access-error';
import { shown } from '../../constraints/finding';
import { nameList } from '../../constraints/nearest-name';
import { loginFinding } from '../../constraints/okta/login';
import { isObject } from '../../model/file/is-object';
import type { DemoPerson } from './demo-people';

const SHAPE = 'A people file contains a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"] }]';

/**
 * Reads the people who try out the access from a JSON file.
 * @param groups the groups of the access file.
 * @throws AccessError that lists every problem.
 */
export function readPeopleFile(path: string, groups: readonly string[]): readonly DemoPerson[] {
  const people = parsed(path);
  if (!Array.isArray(people)) throw new AccessError(`${path}: ${SHAPE}.`);
  const problems = people.flatMap((person: unknown, index) => problemsOf(person, `${path}[${index}]`, groups));
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  return people.map((person: DemoPerson) => ({ login: person.login, groups: person.groups }));
}

function parsed(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const problem = error instanceof SyntaxError ? 'is not valid JSON' : 'cannot be read';
    throw new AccessError(`${path} ${problem}: ${(error as Error).message}`);
  }
}

function problemsOf(person: unknown, place: string, groups: readonly string[]): readonly string[] {
  if (!isDemoPerson(person)) return [`${place}: ${SHAPE}.`];
  const finding = loginFinding(person.login);
  return [
    ...(finding === undefined ? [] : [`${place}.login: ${finding.message} ${finding.fix}`]),
    ...person.groups.flatMap((group, index) =>
      groups.includes(group)
        ? []
        : [
            `${place}.groups[${index}]: The access file has no group ${shown(group)}. Its groups are ${nameList(groups)}.`,
          ],
    ),
  ];
}

function isDemoPerson(value: unknown): value is DemoPerson {
  if (!isObject(value)) return false;
  const { login, groups } = value;
  return typeof login === 'string' && Array.isArray(groups) && groups.every((group) => typeof group === 'string');
}
