import { userNameOn } from '../../../operate/revoke/user-name';
import { accessWith, clusterOf } from '../../access-files';
import { livePerson } from './live';

const nameOn = (identityProvider: object, live = true, claims = {}) => {
  const access = accessWith({ identityProvider, claims });
  return userNameOn(access, clusterOf(access, 'prod'), 'ana@example.com', live ? livePerson() : undefined);
};

test.each([
  [{}, 'okta:ana.b@example.com', 'the email address in Okta'],
  [{ usernameClaim: 'sub' }, 'okta:00uAna', 'the ID of the user in Okta'],
  [{ usernameClaim: 'preferred_username' }, 'okta:Ana@example.com', 'the login in Okta'],
  [{ usernameClaim: 'email', prefix: '' }, 'ana.b@example.com', 'the email address in Okta'],
  [
    { usernameClaim: 'email', prefix: { username: 'u:', groups: 'g:' } },
    'u:ana.b@example.com',
    'the email address in Okta',
  ],
])('with %j, is the claim of the profile with the prefix', (identityProvider, name, because) => {
  expect(nameOn(identityProvider)).toEqual({ name, because, isCertain: true });
});

test('is the value of a claim that the file makes', () => {
  const claims = { team: 'user.department', odd: 'user.missing' };

  expect(nameOn({ usernameClaim: 'team' }, true, claims)).toMatchObject({ name: 'okta:Dev', isCertain: true });
  expect(nameOn({ usernameClaim: 'odd' }, true, claims)).toMatchObject({ name: null, isCertain: false });
  expect(nameOn({ usernameClaim: 'team' }, false, claims)).toMatchObject({ name: null, isCertain: false });
});

test.each([
  [{}, 'okta:ana@example.com'],
  [{ usernameClaim: 'preferred_username' }, 'okta:ana@example.com'],
  [{ usernameClaim: 'sub' }, null],
  [{ usernameClaim: 'name' }, null],
])('without Okta and with %j, is an assumption or not known', (identityProvider, name) => {
  expect(nameOn(identityProvider, false)).toMatchObject({ name, isCertain: false });
});
