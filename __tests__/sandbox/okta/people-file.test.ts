import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPeopleFile } from '../../../sandbox/okta/people-file';

const FOLDER = mkdtempSync(join(tmpdir(), 'people-'));
const FILE = join(FOLDER, 'people.json');

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('readPeopleFile', () => {
  test('reads people and their groups, and nothing else of them', () => {
    writeFileSync(FILE, '[{ "login": "ana@example.com", "groups": ["eks-admins"], "x": 1 }]');

    const people = readPeopleFile(FILE);

    expect(people).toEqual([{ login: 'ana@example.com', groups: ['eks-admins'] }]);
  });

  test.each([
    ['{}', ''],
    ['[null]', '[0]'],
    ['[{ "login": "ana@example.com" }]', '[0]'],
    ['[{ "login": 1, "groups": [] }]', '[0]'],
    ['[{ "login": "ana@example.com", "groups": [1] }]', '[0]'],
    ['[{ "login": "ana@example.com", "groups": [] }, { "groups": [] }]', '[1]'],
  ])('fails for %s', (text, place) => {
    writeFileSync(FILE, text);

    expect(() => readPeopleFile(FILE)).toThrow(
      new Error(
        `${FILE}${place}: a people file is a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"] }].`,
      ),
    );
  });

  test('fails for a login that no person in Okta can have', () => {
    writeFileSync(FILE, '[{ "login": "ana", "groups": [] }]');

    expect(() => readPeopleFile(FILE)).toThrow(
      new Error(
        `${FILE}[0].login: This is no login of a person in Okta. Write the login as it is in the profile of the person, such as ana@example.com.`,
      ),
    );
  });

  test('fails for what is no JSON', () => {
    writeFileSync(FILE, '- login: ana');

    expect(() => readPeopleFile(FILE)).toThrow(/^.*people\.json is no JSON: /);
  });
});
