import { warningsWith } from '../../../access-files';

const warningsOf = (name: string, settings: Record<string, unknown> = { existing: true }) =>
  warningsWith('directory-groups', { groups: { 'eks-admins': {}, [name]: settings } });

describe('directory-groups', () => {
  test('warns about a group that looks like one of a directory', () => {
    const name = 'CN=EKS Admins,OU=Groups,DC=example,DC=com';

    expect(warningsOf(name)).toEqual([
      {
        path: `groups["${name}"]`,
        check: 'directory-groups',
        message:
          'This looks like a group that Active Directory or LDAP owns. A groups filter carries only groups that Okta owns.',
        given: `'${name}'`,
        allowed: 'a group that Okta owns',
        fix: 'Make a group in Okta with a rule such as isMemberOfGroupName(…), and grant that one; or ignore this if Okta owns the group.',
        source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
      },
    ]);
  });

  test.each(['eks-dev', 'CN=x', 'team, ou', 'a=b,c=d'])('is silent on %s', (name) => {
    expect(warningsOf(name)).toEqual([]);
  });

  test('is silent on a group that the file makes', () => {
    expect(warningsOf('CN=a,OU=b', {})).toEqual([]);
  });
});
