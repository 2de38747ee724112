import { problemsWith } from '../../../access-files';

const problem = (path: string, given: string) => ({
  path,
  check: 'invalid-unicode',
  message: 'This text is not valid Unicode: it contains half of a surrogate pair.',
  given,
  allowed: 'text whose surrogates come in pairs',
  fix: 'Type the character again, or remove the escape from \\ud800 to \\udfff.',
  source: 'https://www.unicode.org/faq/utf_bom.html#utf16-7',
});

describe('invalid-unicode', () => {
  test('fails with the name of a group, once', () => {
    const groups = { 'eks-admins': {}, 'eks-\ud800': {} };

    expect(problemsWith({ groups })).toEqual([problem('groups["eks-\\ud800"]', "'eks-\\ud800'")]);
  });

  test.each([
    ['groups.eks-admins.description', { groups: { 'eks-admins': { description: 'x\udc00' } } }],
    ['groups.eks-admins.logins[0]', { groups: { 'eks-admins': { logins: ['x\udc00@example.com'] } } }],
    ['groups.eks-admins.rule', { groups: { 'eks-admins': { rule: 'user.title == "\udc00"' } } }],
    ['clusters.prod.app', { clusters: { prod: { kind: 'eks', region: 'eu-west-1', app: 'x\udc00' } } }],
    ['identityProvider.prefix.username', { identityProvider: { prefix: { username: '\udc00', groups: 'okta:' } } }],
  ])('fails with the text at %s, once', (path, changes) => {
    expect(problemsWith(changes).map((found) => [found.check, found.path])).toEqual([['invalid-unicode', path]]);
  });

  test('allows a character of two surrogates', () => {
    expect(problemsWith({ groups: { 'eks-admins': { description: '\u{1f600}' } } })).toEqual([]);
  });
});
