import { warningsWith } from '../../../access-files';

describe('everyone-assigned', () => {
  test('warns where everyone in the organization is assigned', () => {
    const warnings = warningsWith('everyone-assigned', { signIn: { assignment: 'everyone' } });

    expect(warnings).toEqual([
      {
        path: 'signIn.assignment',
        check: 'everyone-assigned',
        message: 'Everyone in the Okta organization gets a token for the clusters, whether they have a grant or not.',
        given: "'everyone'",
        allowed: "'granted', or 'everyone' with this warning",
        fix: "Leave it out, or set it to 'granted'.",
        source: 'https://developer.okta.com/docs/concepts/policies/',
      },
    ]);
  });

  test.each([{}, { signIn: { assignment: 'granted' } }])('is silent with %j', (changes) => {
    expect(warningsWith('everyone-assigned', changes)).toEqual([]);
  });
});
