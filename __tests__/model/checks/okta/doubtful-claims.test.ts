import { warningsWith } from '../../../access-files';

describe('doubtful-claims', () => {
  test('warns about a name that Okta documents for other expressions', () => {
    expect(warningsWith('doubtful-claims', { claims: { a: 'zendesk.role' } })).toEqual([
      {
        path: 'claims.a',
        check: 'doubtful-claims',
        message:
          'zendesk is not user, appuser, app, org, or session, and a claim knows apps only by these names (line 1, column 1).',
        given: "'zendesk.role'",
        allowed: 'attributes such as user.department or appuser.email',
        fix: 'Write user.role, or put a text in quotes.',
        source: 'https://developer.okta.com/docs/reference/okta-expression-language/',
      },
    ]);
  });

  test('is silent on attributes and documented functions', () => {
    const claims = { a: 'appuser.role', b: 'Groups.startsWith("active_directory", "EKS", 100)', c: { existing: true } };

    expect(warningsWith('doubtful-claims', { claims })).toEqual([]);
  });
});
