import { filePatch } from '../../../operate/revoke/file-patch';

const LISTED = [{ group: 'a', path: 'groups.a.logins[0]' }];
const patchOf = (file: string, text: string, listed = LISTED) => filePatch(file, text, 'ana@x.io', listed);

/** The lines that a patch takes out and puts in. */
function changed(diff: string): readonly string[] {
  return diff.split('\n').filter((line) => /^[-+](?!--|\+\+)/.test(line));
}

test.each([
  [
    'one of several',
    'groups:\n  a:\n    logins:\n      - bob # 1\n      - Ana@x.io # 2\n      - eve # 3\n',
    ['-      - Ana@x.io # 2'],
  ],
  ['the last one', 'groups:\n  a:\n    logins:\n      - bob\n      - ana@x.io\n    rule: r\n', ['-      - ana@x.io']],
  [
    'the only one',
    'groups:\n  a:\n    logins: # who\n    - ana@x.io\n  # b\n  b: {}\n',
    ['-    logins: # who', '-    - ana@x.io', '+    logins: [] # who'],
  ],
  [
    'one on a line',
    'groups:\n  a: { logins: [bob, ana@x.io] } # a\n',
    ['-  a: { logins: [bob, ana@x.io] } # a', '+  a: { logins: [bob] } # a'],
  ],
  [
    'the only one on a line',
    'groups: {a: {logins: [ana@x.io]}}\n',
    ['-groups: {a: {logins: [ana@x.io]}}', '+groups: {a: {logins: []}}'],
  ],
])('takes a login out of YAML: %s', (_, text, lines) => {
  const { diff, byHand } = patchOf('access.yaml', text);

  expect(changed(diff)).toEqual(lines);
  expect(byHand).toEqual([]);
});

test.each([
  [
    'one of several',
    '{"groups": {"a": {"logins": [\n  "ana@x.io", // 1\n  "bob" // 2\n]}}}\n',
    ['-  "ana@x.io", // 1'],
  ],
  [
    'the last one',
    '{"groups": {"a": {"logins": [\n  "bob", // 1\n  "ana@x.io" // 2\n]}}}\n',
    ['-  "bob", // 1', '-  "ana@x.io" // 2', '+  "bob" // 1'],
  ],
  [
    'the only one',
    '{"groups": {"a": {"logins": ["ana@x.io"]}}}\n',
    ['-{"groups": {"a": {"logins": ["ana@x.io"]}}}', '+{"groups": {"a": {"logins": []}}}'],
  ],
  [
    'one on a line',
    '{"groups": {"a": {"logins": ["b", "ana@x.io", "c"]}}}\n',
    ['-{"groups": {"a": {"logins": ["b", "ana@x.io", "c"]}}}', '+{"groups": {"a": {"logins": ["b", "c"]}}}'],
  ],
  [
    'the last one on a line',
    '{"groups": {"a": {"logins": ["b", "ana@x.io"]}}}\n',
    ['-{"groups": {"a": {"logins": ["b", "ana@x.io"]}}}', '+{"groups": {"a": {"logins": ["b"]}}}'],
  ],
])('takes a login out of JSON with comments: %s', (_, text, lines) => {
  expect(changed(patchOf('access.jsonc', text).diff)).toEqual(lines);
});

test('takes a login out of all groups, and names the lines', () => {
  const text = 'groups:\n  a:\n    logins: [ana@x.io]\n  b:\n    logins:\n      - bob\n      - ana@x.io\n';
  const { diff, lineOf } = patchOf('access.yaml', text, [...LISTED, { group: 'b', path: 'groups.b.logins[1]' }]);

  expect(changed(diff)).toEqual(['-    logins: [ana@x.io]', '+    logins: []', '-      - ana@x.io']);
  expect([...lineOf]).toEqual([
    ['groups.a.logins[0]', 3],
    ['groups.b.logins[1]', 7],
  ]);
});

test.each([
  ['an alias', 'x: &t [ana@x.io]\ngroups:\n  a: { logins: *t }\n'],
  ['an anchor, which others use', 'groups:\n  a: { logins: &t [ana@x.io] }\n  b: { logins: *t }\n'],
  ['a merged object', 'x: &t { logins: [ana@x.io] }\ngroups:\n  a:\n    <<: *t\n'],
])('leaves a list of YAML to people: %s', (_, text) => {
  expect(patchOf('access.yaml', text)).toMatchObject({ diff: '', byHand: ['groups.a.logins[0]'] });
});

test('names the lines of code with the login', () => {
  const text = "const ops = ['bob@x.io',\n  'Ana@x.io'];\nconst other = 'juana@x.io';\n";

  expect(patchOf('access.config.ts', text)).toMatchObject({
    diff: '',
    lines: [{ line: 2, text: "'Ana@x.io'];" }],
    byHand: ['groups.a.logins[0]'],
  });
});
