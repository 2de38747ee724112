import { tokenIn } from '../../../sign-in/token/token-text';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIwMHUxIn0.c2lnbmF0dXJl';

test.each([
  ['the token itself', TOKEN],
  ['a line break at its end', `${TOKEN}\n`],
  ['a header', `Authorization: Bearer ${TOKEN}`],
  ['what kubelogin prints', JSON.stringify({ kind: 'ExecCredential', status: { token: TOKEN } })],
  ["an entry of kubelogin's cache", JSON.stringify({ id_token: TOKEN, refresh_token: 'secret' }, null, 2)],
])('is found in %s', (_, text) => {
  expect(tokenIn(text)).toBe(TOKEN);
});

test.each([
  ['nothing', ''],
  ['an opaque token', 'r3fr3sh'],
  ['two parts', 'a.b'],
  ['four parts', 'a.b.c.d'],
  ['JSON without a token', '{"status":{}}'],
  ['a token that is no text', '{"id_token":7}'],
  ['damaged JSON', `{"id_token":"${TOKEN}"`],
  ['a megabyte', `${'a'.repeat(1_000_000)}.b.c`],
  ['bytes', '\u0000.\u0001.\u0002'],
])('is not found in %s', (_, text) => {
  expect(tokenIn(text)).toBeUndefined();
});
