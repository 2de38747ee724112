import { isSeen, SYMPTOMS } from '../../sign-in/symptoms';

describe('the symptoms of a sign-in', () => {
  test('have a name each, with which an address names them', () => {
    const names = SYMPTOMS.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
  });

  test('are sentences, with code in pairs of backticks', () => {
    for (const { cause, see, mend } of SYMPTOMS) {
      for (const text of [cause, see, mend]) {
        expect(text).toMatch(/^(kube(ctl|login) |[A-Z`]).*\.$/);
        expect(text.split('`').length % 2).toBe(1);
      }
    }
  });

  // What kubectl and kubelogin print, where the same words could be of two symptoms.
  test.each([
    [
      'error: get-token: authentication error: authcode-browser error: authentication error: authorization code flow error: oauth2 error: authorization error: authorization error from server: access_denied User is not assigned to the client application.',
      ['not-assigned'],
    ],
    [
      'error: get-token: authentication error: oidc error: oidc discovery error: Get "https://example.invalid/oauth2/aus1/.well-known/openid-configuration": dial tcp: lookup example.invalid on 10.0.0.53:53: no such host',
      ['issuer-not-found'],
    ],
    [
      'Unable to connect to the server: dial tcp: lookup x.gr7.eu-west-1.eks.amazonaws.com on 10.0.0.53:53: no such host',
      ['endpoint-not-found'],
    ],
    ['Unable to connect to the server: dial tcp 10.1.2.3:443: i/o timeout', ['endpoint-unreachable']],
    [
      "Error from server (Forbidden): secrets \"a\" is forbidden: ValidatingAdmissionPolicy 'oidc-secret-deletion' with binding 'oidc-secret-deletion' denied request: Only members of okta:eks-admins may delete Secrets",
      ['guard'],
    ],
    [
      'Error from server (Forbidden): pods is forbidden: User "okta:ana@example.com" cannot list resource "pods" in API group "" in the namespace "default"',
      ['forbidden'],
    ],
    ['error: You must be logged in to the server (Unauthorized)', ['token-refused']],
    ['No resources found in default namespace.', []],
  ])('are seen in %s', (output, names) => {
    expect(SYMPTOMS.filter((symptom) => isSeen(symptom, output)).map(({ name }) => name)).toEqual(names);
  });

  test('are seen in several lines of output, but not across lines', () => {
    expect(isSeen({ seen: 'a … b' }, 'x\na 1 b\ny')).toBe(true);
    expect(isSeen({ seen: 'a … b' }, 'a \n b')).toBe(false);
    expect(isSeen({ seen: 'a.b' }, 'axb')).toBe(false);
  });
});
