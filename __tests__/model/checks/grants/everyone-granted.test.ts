import { SMALLEST, warningsWith } from '../../../access-files';

const withGrant = (group: string) => ({
  groupsClaim: { startsWith: 'E' },
  groups: { 'E-admins': {}, [group]: { existing: true } },
  grants: [
    { ...SMALLEST.grants[0], group: 'E-admins' },
    { group, role: 'view', clusters: '*' },
  ],
});

describe('everyone-granted', () => {
  test('warns about a grant to every user', () => {
    expect(warningsWith('everyone-granted', withGrant('Everyone'))).toEqual([
      {
        path: 'grants[1].group',
        check: 'everyone-granted',
        message: "This grants 'view' to every user of the Okta organization.",
        given: "'Everyone'",
        allowed: 'a group with the people who need the role, or Everyone with this warning',
        fix: 'Grant it to another group.',
        source: 'https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-main.htm',
      },
    ]);
  });

  test('is silent on a grant to another group, and on Everyone without one', () => {
    expect(warningsWith('everyone-granted', withGrant('E-dev'))).toEqual([]);
    expect(warningsWith('everyone-granted', { groups: { 'eks-admins': {}, Everyone: { existing: true } } })).toEqual(
      [],
    );
  });
});
