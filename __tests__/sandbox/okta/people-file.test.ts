import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../../constraints/access-error';
import { readPeopleFile } from '../../../sandbox/okta/people-file';

const FOLDER = mkdtempSync(join(tmpdir(), 'people-'));
const FILE = join(FOLDER, 'people.json');

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('readPeopleFile', () => {
  test('reads people and their groups, and ignores other keys', () => {
    writeFileSync(FILE, '[{ "login": "ana@example.com", "groups": ["eks-admins"], "x": 1 }]');

    const people = readPeopleFile(FILE, ['eks-admins']);

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

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(
      new Error(
        `${FILE}${place}: A people file contains a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"] }].`,
      ),
    );
  });

  test('fails for a login that is not allowed in Okta', () => {
    writeFileSync(FILE, '[{ "login": " ana", "groups": [] }]');

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(
      new Error(
        `${FILE}[0].login: Okta has no login like this. Use the login in the Okta profile of the user, such as ana@example.com.`,
      ),
    );
  });

  test('fails for invalid JSON', () => {
    writeFileSync(FILE, '- login: ana');

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(/^.*people\.json is not valid JSON: /);
  });

  test('fails for unknown groups, and reports all problems at once', () => {
    writeFileSync(
      FILE,
      '[{ "login": " ana", "groups": ["eks-a"] }, { "login": "ben@example.com", "groups": ["eks-b"] }]',
    );

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(
      new AccessError(
        [
          `${FILE}[0].login: Okta has no login like this. Use the login in the Okta profile of the user, such as ana@example.com.`,
          `${FILE}[0].groups[0]: The access file has no group 'eks-a'. Its groups are eks-admins.`,
          `${FILE}[1].groups[0]: The access file has no group 'eks-b'. Its groups are eks-admins.`,
        ].join('\n'),
      ),
    );
  });

  test('fails for a missing file, without a stack trace', () => {
    const read = () => readPeopleFile(join(FOLDER, 'nobody.json'), []);

    expect(read).toThrow(AccessError);
    expect(read).toThrow(/nobody\.json cannot be read: ENOENT/);
  });
});
