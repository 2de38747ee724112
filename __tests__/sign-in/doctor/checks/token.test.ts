import { accessWith } from '../../../access-files';
import { CLIENT, ISSUER, type Known, lineOf, NOW, resultOf } from '../context-with';

const seconds = NOW / 1000;
const GOOD = {
  ...{ iss: ISSUER, aud: CLIENT, email: 'ana@example.com', groups: ['eks-admins'] },
  ...{ iat: seconds - 300, exp: seconds + 3300 },
};

/** What a check says about a token with these claims. */
const line = (check: string, changes: object = {}, known: Known = {}) =>
  lineOf(check, { token: { ...GOOD, ...changes }, ...known });

test.each([
  'token-found',
  'token-issuer',
  'token-audience',
  'token-user-name',
  'token-required-claims',
  'token-groups',
  'token-granted-group',
])('%s is ok for a good token, and could not check without one', async (check) => {
  expect(await line(check)).toMatch(/^ok: /);
  expect(await lineOf(check, {})).toBe('could not check: There is no token.');
});

test('token-found says how old a token is, and that kubelogin replaces one that has expired', async () => {
  expect(await line('token-found')).toBe('ok: from the cache of kubelogin, 5 minutes old');
  const expired = { iat: seconds - 4000, exp: seconds - 400 };
  expect(await line('token-found', expired, { refreshes: true })).toBe(
    'ok: from the cache of kubelogin, 66 minutes old; it has expired, and kubelogin refreshes it at the next command',
  );
});

test('token-person compares logins without case', async () => {
  expect(await line('token-person', {}, { login: 'Ana@Example.com' })).toBe('ok: Ana@Example.com');
  expect(await line('token-person', { email: undefined }, { login: 'ana@example.com' })).toBe(
    'could not check: The token has neither a login nor an e-mail address.',
  );
});

test('token-issuer tells the two issuers', async () => {
  expect(await line('token-issuer', { iss: `${ISSUER}/` })).toBe(
    `problem: The token has "${ISSUER}/", and the cluster trusts ${ISSUER}.`,
  );
});

test('token-audience names the app that the token is for', async () => {
  const facts = {
    clientIds: new Map([['stage', { value: '0oa2', source: 'outputs.json' }]]),
    ...{ endpoints: new Map(), certificateAuthorities: new Map() },
  };

  expect(await line('token-audience', { aud: '0oa2' }, { facts })).toBe(
    'problem: The token is for "0oa2", the app stage, and the cluster trusts 0oa1.',
  );
  expect(await line('token-audience', { aud: ['0oa9', CLIENT] })).toBe('ok: 0oa1');
});

test.each([
  [{ email: undefined }, /^problem: The token has no claim email\. It has /],
  [{ email: 7 }, /^problem: The claim email is no text\.$/],
  [{ email_verified: false }, /^problem: The address ana@example\.com is not verified \(email_verified is false\)\.$/],
  [{ email_verified: 'true' }, /^problem: .* \(email_verified is "true"\)\.$/],
  [{ email_verified: true }, /^ok: okta:ana@example\.com$/],
])('token-user-name with %j', async (changes, text) => {
  expect(await line('token-user-name', changes)).toMatch(text);
});

test('token-user-name says how to get a claim that is not one of a scope', async () => {
  const access = accessWith({ claims: { badge: 'user.badge' }, identityProvider: { usernameClaim: 'badge' } });

  expect((await resultOf('token-user-name', { token: GOOD, access })).fix).toMatch(
    /^Make the claim badge on the authorization server/,
  );
});

test('token-required-claims tells each claim that is missing or differs', async () => {
  const access = accessWith({
    claims: { tenant: 'user.tenant', site: 'user.site' },
    identityProvider: { requiredClaims: { tenant: 'shop', site: 'eu' } },
  });

  expect(await line('token-required-claims', { site: 'us' }, { access })).toBe(
    "problem: The token has no claim tenant; the cluster requires 'shop'. The claim site is \"us\"; the cluster requires 'eu'.",
  );
});

test.each([
  [{ groups: undefined }, /^problem: The token has no claim groups, so the person is in no group\./],
  [{ groups: [] }, /^problem: The claim groups is empty\.$/],
  [{ groups: [{ name: 'a' }] }, /^problem: The claim groups is no list of texts\.$/],
  [{ groups: 'eks-admins' }, /^ok: eks-admins$/],
  [{ groups: Array.from({ length: 99 }, () => 'a') }, /^ok: /],
  [
    { groups: Array.from({ length: 100 }, () => 'a') },
    /^problem: The claim groups has 100 groups, and Okta gives at most 100/,
  ],
])('token-groups with %j', async (changes, text) => {
  expect(await line('token-groups', changes)).toMatch(text);
});

test.each([
  [['eks-admins', 'other'], 'ok: eks-admins'],
  [['EKS-Admins'], /^problem: The token has the group 'EKS-Admins', .* The binding wants 'okta:eks-admins'\./],
  [['other'], 'problem: The token has other, and the cluster prod gives roles to eks-admins.'],
  [[], 'could not check: The token has no groups (see token-groups).'],
])('token-granted-group with %j', async (groups, text) => {
  expect(await line('token-granted-group', { groups })).toEqual(
    typeof text === 'string' ? text : expect.stringMatching(text),
  );
});

test('token-granted-group names a grant that has ended', async () => {
  const grants = [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-guests', role: 'view', clusters: '*', expires: '2020-01-31', reason: 'They help us.' },
  ];
  const access = accessWith({ groups: { 'eks-admins': {}, 'eks-guests': {} }, grants });

  expect(await line('token-granted-group', { groups: ['eks-guests'] }, { access })).toBe(
    'problem: The grant of view to eks-guests ended on 2020-01-31 (grants[1].expires).',
  );
});

test('token-refresh applies only where the access file has refresh tokens', async () => {
  const access = accessWith({ signIn: { refresh: { lifetime: '12h' } } });

  expect(await line('token-refresh', {}, { access, refreshes: true })).toBe('ok: there is one');
  expect(await line('token-refresh', {}, { access, refreshes: false })).toBe(
    'problem: The cache of kubelogin has the token without a refresh token.',
  );
  expect(await line('token-refresh')).toBe('could not check: It does not apply.');
});
