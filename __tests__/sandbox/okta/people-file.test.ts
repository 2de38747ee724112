import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccessError } from '../../../constraints/access-error';
import { readPeopleFile } from '../../../sandbox/okta/people-file';

const FOLDER = mkdtempSync(join(tmpdir(), 'people-'));
const FILE = join(FOLDER, 'people.json');
const SHAPE =
  'A people file is a list such as [{ "login": "ana@example.com", "groups": ["eks-admins"], "profile": { "department": "Platform" } }]';

afterAll(() => rmSync(FOLDER, { recursive: true }));

describe('readPeopleFile', () => {
  test.each([
    '[{ "login": "ana@example.com", "groups": ["eks-admins"], "profile": { "department": "x" }, "mfa": true, "zone": "VPN" }]',
    '- login: ana@example.com\n  groups: [eks-admins]\n  profile: { department: x }\n  mfa: true\n  zone: VPN\n',
  ])('reads people from %j', (text) => {
    writeFileSync(FILE, text);

    expect(readPeopleFile(FILE, ['eks-admins'])).toEqual([
      { login: 'ana@example.com', groups: ['eks-admins'], profile: { department: 'x' }, mfa: true, zone: 'VPN' },
    ]);
  });

  test('knows the group Everyone, which no file has to name', () => {
    writeFileSync(FILE, '- login: ana@example.com\n  groups: [Everyone]\n');

    expect(readPeopleFile(FILE, [])).toEqual([{ login: 'ana@example.com', groups: ['Everyone'] }]);
  });

  test('needs a login only', () => {
    writeFileSync(FILE, '[{ "login": "ana@example.com" }]');

    expect(readPeopleFile(FILE, [])).toEqual([{ login: 'ana@example.com', groups: [] }]);
  });

  test.each([
    ['{}', `: ${SHAPE}.`],
    ['[null]', `[0]: ${SHAPE}.`],
    ['[{ "login": 1 }]', '[0].login: This is not a text, but 1.'],
    ['[{ "login": "ana@example.com", "groups": [1] }]', '[0].groups: This is not a list of texts, but a list of 1.'],
    ['[{ "login": "ana@example.com", "mfa": "yes" }]', "[0].mfa: This is not true or false, but 'yes'."],
    ['[{ "login": "ana@example.com" }, { "groups": [] }]', `[1].login: It is missing. ${SHAPE}.`],
    [
      '[{ "login": "ana@example.com", "group": [], "toString": 1 }]',
      `[0].group: There is no such key. Its keys are login, groups, profile, mfa, zone.\n${FILE}[0].toString: There is no such key. Its keys are login, groups, profile, mfa, zone.`,
    ],
  ])('fails for %s', (text, problem) => {
    writeFileSync(FILE, text);

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(new AccessError(`${FILE}${problem}`));
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
    writeFileSync(FILE, '[{ "login": ');

    expect(() => readPeopleFile(FILE, ['eks-admins'])).toThrow(/^.*people\.json is not valid JSON or YAML: /);
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
