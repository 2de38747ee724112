import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { AccessError } from '../../constraints/access-error';
import { shown } from '../../constraints/finding';
import { nameList } from '../../constraints/nearest-name';
import { loginFinding } from '../../constraints/okta/login';
import { isObject } from '../../model/file/is-object';
import type { DemoPerson } from './demo-people';

const SHAPE =
  'A people file is a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"], "profile": { "department": "Platform" } }]';

/** The group that everyone in Okta is in. */
const EVERYONE = 'Everyone';

/** What the value of each key has to be, and whether it is. */
const KEYS: Readonly<Record<string, readonly [words: string, fits: (value: unknown) => boolean]>> = {
  login: ['a text', (value) => typeof value === 'string'],
  groups: ['a list of texts', (value) => Array.isArray(value) && value.every((item) => typeof item === 'string')],
  profile: ['an object with the attributes of the user in Okta', isObject],
  mfa: ['true or false', (value) => typeof value === 'boolean'],
  zone: ['the name of a network zone', (value) => typeof value === 'string'],
};

/**
 * Reads the people who try out the access from a JSON or YAML file.
 * @param groups the groups of the access file.
 * @throws AccessError that lists every problem.
 */
export function readPeopleFile(path: string, groups: readonly string[]): readonly DemoPerson[] {
  const people = parsed(path);
  if (!Array.isArray(people)) throw new AccessError(`${path}: ${SHAPE}.`);
  const problems = people.flatMap((person: unknown, index) => problemsOf(person, `${path}[${index}]`, groups));
  if (problems.length > 0) throw new AccessError(problems.join('\n'));
  return people.map((person: DemoPerson) => ({ ...person, groups: person.groups ?? [] }));
}

/** JSON is YAML, too. */
function parsed(path: string): unknown {
  const text = read(path);
  try {
    return parse(text);
  } catch (error) {
    throw new AccessError(`${path} is not valid JSON or YAML: ${(error as Error).message}`);
  }
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new AccessError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function problemsOf(person: unknown, place: string, groups: readonly string[]): readonly string[] {
  if (!isObject(person)) return [`${place}: ${SHAPE}.`];
  const misfits = Object.entries(person).flatMap(([key, value]) => {
    const [words, fits] = Object.hasOwn(KEYS, key) ? (KEYS[key] ?? []) : [];
    if (fits === undefined)
      return [`${place}.${key}: There is no such key. Its keys are ${Object.keys(KEYS).join(', ')}.`];
    return fits(value) ? [] : [`${place}.${key}: This is not ${words}, but ${shown(value)}.`];
  });
  const { login } = person;
  if (login === undefined) return [...misfits, `${place}.login: It is missing. ${SHAPE}.`];
  if (misfits.length > 0) return misfits;
  const finding = loginFinding(String(login));
  return [
    ...(finding === undefined ? [] : [`${place}.login: ${finding.message} ${finding.fix}`]),
    ...((person.groups ?? []) as readonly string[]).flatMap((group, index) =>
      groups.includes(group) || group === EVERYONE
        ? []
        : [
            `${place}.groups[${index}]: The access file has no group ${shown(group)}. Its groups are ${nameList(groups)}.`,
          ],
    ),
  ];
}
