import { signInScopes } from '../../../model/derived/sign-in-scopes';
import { accessWith } from '../../access-files';

function scopes(changes: Record<string, unknown>): readonly string[] {
  const access = accessWith(changes);
  const [app] = access.apps;
  if (app === undefined) throw new Error('no app');
  return signInScopes(access, app);
}

test.each([
  ['the e-mail claim', {}, ['email']],
  ['the subject', { identityProvider: { usernameClaim: 'sub' } }, []],
  ['the login', { identityProvider: { usernameClaim: 'preferred_username' } }, ['profile']],
  ['a claim that the file makes', { claims: { uid: 'user.login' }, identityProvider: { usernameClaim: 'uid' } }, []],
  ['a required claim', { identityProvider: { usernameClaim: 'sub', requiredClaims: { name: 'Ana' } } }, ['profile']],
  ['refresh tokens', { signIn: { refresh: {} } }, ['email', 'offline_access']],
])('are those of %s', (_, changes, expected) => {
  expect(scopes(changes)).toEqual(expected);
});

test('are those of every cluster with the app', () => {
  const cluster = { kind: 'eks', region: 'eu-west-1', app: 'EKS' };
  const clusters = { a: cluster, b: { ...cluster, identityProvider: { usernameClaim: 'preferred_username' } } };

  expect(scopes({ clusters })).toEqual(['email', 'profile']);
});
