import { claimNameFinding, requiredClaimFinding, textClaimFinding } from '../../../constraints/okta/claim-names';

test.each([
  'email',
  'name',
  'sub',
  'aud',
  'scope',
  'group',
  'role',
  'permissions',
  'client_id',
  'sid',
  'active',
  'ver',
])('claimNameFinding refuses %s, which Okta reserves', (name) => {
  expect(claimNameFinding(name)).toEqual({
    message: `Okta reserves the claim '${name}', and refuses another one of this name.`,
    given: `'${name}'`,
    allowed: 'a name that Okta does not reserve, such as groups or tenant',
    fix: 'Choose another name.',
    source: 'https://support.okta.com/help/s/article/list-of-reserved-claim-names',
  });
});

test.each(['groups', 'tenant', 'roles', 'upn', 'Email', 'https://example.com/team', 'username', 'cid'])(
  'claimNameFinding is silent on %s',
  (name) => {
    expect(claimNameFinding(name)).toBeUndefined();
  },
);

test.each([
  ['aud', 'EKS checks aud anyway: it is the client ID of the app, and cannot be another text.'],
  ['iss', 'EKS checks iss anyway: it is the issuer, and cannot be another text.'],
  ['exp', "The claim 'exp' of Okta is not a text, and EKS compares texts only."],
  ['email_verified', "The claim 'email_verified' of Okta is not a text, and EKS compares texts only."],
  ['tenant', undefined],
  ['sub', undefined],
])('requiredClaimFinding of %s: %s', (claim, message) => {
  expect(requiredClaimFinding(claim)?.message).toBe(message);
});

test('textClaimFinding refuses a list as user name', () => {
  expect(textClaimFinding('amr')?.message).toBe("The claim 'amr' of Okta is not a text, and EKS compares texts only.");
  expect(textClaimFinding('upn')).toBeUndefined();
});
