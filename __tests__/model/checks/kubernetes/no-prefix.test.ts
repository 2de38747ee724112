import { warningsWith } from '../../../access-files';

const warningsOf = (prefix: unknown) => warningsWith('no-prefix', { identityProvider: { prefix } });

describe('no-prefix', () => {
  test.each(['', { username: '', groups: '' }, { username: 'okta:', groups: '' }, { username: '', groups: 'okta:' }])(
    'warns about the prefix %j',
    (prefix) => {
      expect(warningsOf(prefix)).toEqual([
        {
          path: 'identityProvider.prefix',
          check: 'no-prefix',
          message: 'Users and groups from Okta cannot be distinguished from those of other sources.',
          given: "''",
          allowed: 'a prefix, or none with this warning',
          fix: 'Set it to okta:, before anything depends on the names.',
          source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
        },
      ]);
    },
  );

  test.each(['okta:', 'x', { username: 'a', groups: 'b' }])('is silent on the prefix %j', (prefix) => {
    expect(warningsOf(prefix)).toEqual([]);
  });
});
