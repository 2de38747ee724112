import { warningsWith } from '../../../access-files';

describe('everyone-assigned', () => {
  test('warns if everyone in the organization is assigned', () => {
    const warnings = warningsWith('everyone-assigned', { signIn: { assignment: 'everyone' } });

    expect(warnings).toEqual([
      {
        path: 'signIn.assignment',
        check: 'everyone-assigned',
        message: 'Everyone in the Okta organization gets a token for the clusters, with or without a grant.',
        given: "'everyone'",
        allowed: "'granted', or 'everyone' with this warning",
        fix: "Omit it, or set it to 'granted'.",
        source: 'https://developer.okta.com/docs/concepts/policies/',
      },
    ]);
  });

  test.each([{}, { signIn: { assignment: 'granted' } }])('is silent with %j', (changes) => {
    expect(warningsWith('everyone-assigned', changes)).toEqual([]);
  });
});
