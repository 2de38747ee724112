import { withoutTokens } from '../../constraints/without-tokens';

test.each([
  ['a token', "unknown option '--token=eyJhbGciOiJSUzI1NiJ9.eyJzdWIi.c2ln_-'", "unknown option '--token=(a token)'"],
  ['a token that is cut off', 'given: eyJhbGciOiJSUzI1NiJ9', 'given: (a token)'],
  ['two tokens', 'eyJh.eyJi.c and eyJk.eyJl.', '(a token) and (a token)'],
  ['other words', 'keyJar.json, obeyJudge', 'keyJar.json, obeyJudge'],
])('hides %s', (_, text, expected) => {
  expect(withoutTokens(text)).toBe(expected);
});
