import { appearance, spelled } from '../../constraints/look-alike';

describe('appearance', () => {
  test.each([
    ['Cyrillic letters', 'eks-\u0430dmins'],
    ['Greek letters', 'eks-adm\u03b9ns'],
    ['full-width letters', '\uff45ks-admins'],
    ['mathematical letters', 'eks-\u{1d41a}dmins'],
    ['a zero-width space', 'eks-\u200badmins'],
    ['a soft hyphen', 'eks-ad\u00admins'],
    ['a Hangul filler', 'eks-admins\u3164'],
    ['a half-width Hangul filler', 'eks-admins\uffa0'],
    ['a variation selector', 'eks-admins\ufe0f'],
    ['the letter 1 instead of l, and rn instead of m', 'eks-adrnins'],
    ['white space at the end', 'eks-admins\u2800'],
  ])('is the same with %s', (_case, name) => {
    expect(name).not.toBe('eks-admins');
    expect(appearance(name)).toBe(appearance('eks-admins'));
  });

  test('is the same for both forms of a letter with an accent', () => {
    expect(appearance('e\u0301quipe')).toBe(appearance('\u00e9quipe'));
  });

  test.each([
    ['eks-admin', 'eks-admins'],
    ['Eks-admins', 'eks-admins'],
    ['\u00e9quipe', 'equipe'],
    ['team-a', 'team-b'],
    ['eks admins', 'eksadmins'],
  ])('of %j differs from that of %j', (one, other) => {
    expect(appearance(one)).not.toBe(appearance(other));
  });
});

describe('spelled', () => {
  test.each([
    ['eks-admins', '"eks-admins"'],
    ['eks-\u0430dmins\u3164', '"eks-\\u0430dmins\\u3164"'],
    ['\u{1d41a}', '"\\ud835\\udc1a"'],
  ])('shows %j as %s', (name, text) => {
    expect(spelled(name)).toBe(text);
  });
});
