import { readFileSync } from 'node:fs';
import { isObject } from '../../model/is-object';
import { loginFinding } from '../../model/login';
import type { DemoPerson } from './demo-people';

const SHAPE = 'a people file is a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"] }]';

/** Reads the people who try the access out from a JSON file. */
export function readPeopleFile(path: string): readonly DemoPerson[] {
  return peopleOf(parsed(path), path);
}

function parsed(path: string): unknown {
  const text = readFileSync(path, 'utf8');
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}`);
  }
}

function peopleOf(value: unknown, path: string): readonly DemoPerson[] {
  if (!Array.isArray(value)) throw new Error(`${path}: ${SHAPE}.`);
  return value.map((person: unknown, index) => {
    if (!isDemoPerson(person)) throw new Error(`${path}[${index}]: ${SHAPE}.`);
    const finding = loginFinding(person.login);
    if (finding !== undefined) throw new Error(`${path}[${index}].login: ${finding.message} ${finding.fix}`);
    return { login: person.login, groups: person.groups };
  });
}

function isDemoPerson(value: unknown): value is DemoPerson {
  if (!isObject(value)) return false;
  const { login, groups } = value;
  return typeof login === 'string' && Array.isArray(groups) && groups.every((group) => typeof group === 'string');
}
