import { problemsWith } from '../../../access-files';

describe('everyone-group', () => {
  test('refuses to make the group Everyone', () => {
    expect(problemsWith({ groups: { 'eks-admins': {}, Everyone: {} } })).toEqual([
      {
        path: 'groups.Everyone',
        check: 'everyone-group',
        message: 'Each organization has this group already, and Okta makes no second one.',
        given: "'Everyone'",
        allowed: 'any other name, or existing: true',
        fix: 'Set existing: true.',
        source: 'https://help.okta.com/en-us/content/topics/users-groups-profiles/usgp-main.htm',
      },
    ]);
  });

  test.each([{ Everyone: { existing: true } }, { everyone: {} }])('allows %j', (groups) => {
    expect(problemsWith({ groups: { 'eks-admins': {}, ...groups } })).toEqual([]);
  });
});
