import { kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { kubeloginCall } from '../../../sign-in/kubeconfig/kubelogin-arguments';
import { CA_BASE64 } from '../certificate';
import { SIGN_IN } from './sign-in';

const argsOf = (options = {}, at = 0) =>
  kubeconfigOf({ ...SIGN_IN, clusters: SIGN_IN.clusters.slice(at) }, options).users[0]?.user.exec.args;

describe('the kubeconfig', () => {
  test('has a context for each cluster, and a user entry for each app', () => {
    const { clusters, users, contexts, 'current-context': current } = kubeconfigOf(SIGN_IN);

    expect(clusters).toEqual([
      {
        name: 'prod',
        cluster: { server: 'https://AB12.gr7.eu-west-1.eks.amazonaws.com', 'certificate-authority-data': CA_BASE64 },
      },
      {
        name: 'stage',
        cluster: { server: 'https://CD34.gr7.eu-west-1.eks.amazonaws.com', 'certificate-authority-data': CA_BASE64 },
      },
      { name: 'home', cluster: { server: 'https://k8s.example.com:6443' } },
    ]);
    expect(users.map(({ name }) => name)).toEqual([
      'EKS@example.okta.com/oauth2/aus1',
      'home@example.okta.com/oauth2/aus1',
    ]);
    expect(contexts).toEqual([
      { name: 'prod', context: { cluster: 'prod', user: 'EKS@example.okta.com/oauth2/aus1' } },
      { name: 'stage', context: { cluster: 'stage', user: 'EKS@example.okta.com/oauth2/aus1' } },
      { name: 'home', context: { cluster: 'home', user: 'home@example.okta.com/oauth2/aus1' } },
    ]);
    expect(current).toBe('prod');
  });

  test('runs kubelogin with PKCE, exactly the scopes of the app, and its redirect ports', () => {
    expect(kubeconfigOf(SIGN_IN).users[0]?.user.exec).toEqual({
      apiVersion: 'client.authentication.k8s.io/v1',
      command: 'kubectl-oidc_login',
      args: [
        'get-token',
        '--oidc-issuer-url=https://example.okta.com/oauth2/aus1',
        '--oidc-client-id=0oa1shared',
        '--oidc-extra-scope=email',
        '--oidc-extra-scope=offline_access',
        '--oidc-pkce-method=S256',
        '--listen-address=127.0.0.1:8000',
        '--listen-address=127.0.0.1:18000',
      ],
      installHint: expect.stringContaining('kubectl krew install oidc-login'),
      interactiveMode: 'Never',
      provideClusterInfo: false,
    });
    expect(argsOf({}, 2)).toEqual([
      'get-token',
      '--oidc-issuer-url=https://example.okta.com/oauth2/aus1',
      '--oidc-client-id=0oa2home',
      '--oidc-pkce-method=S256',
      '--listen-address=127.0.0.1:9000',
    ]);
  });

  test('prints the address of a device code, for a machine without a browser', () => {
    const args = kubeconfigOf({ ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 1) }, { deviceCode: true }).users[0]
      ?.user.exec.args;

    expect(args?.slice(-3)).toEqual(['--oidc-pkce-method=S256', '--grant-type=device-code', '--skip-open-browser']);
  });

  test('fails for a device code that the app does not allow', () => {
    expect(() => argsOf({ deviceCode: true }, 2)).toThrow(
      'The app home does not allow a sign-in with a device code. Allow it in the access file with signIn.deviceCode: true, apply the stack okta, and run this again; or leave out --device-code.',
    );
  });

  test('keeps tokens in the keyring where asked', () => {
    expect(argsOf({ keyring: true })?.at(-1)).toBe('--token-cache-storage=keyring');
  });

  test('names contexts by the format', () => {
    const names = kubeconfigOf(SIGN_IN, { contextFormat: '{organization}/{app}/{cluster}' }).contexts;

    expect(names.map(({ name }) => name)).toEqual([
      'example.okta.com/EKS/prod',
      'example.okta.com/EKS/stage',
      'example.okta.com/home/home',
    ]);
  });

  test.each([
    [
      '{app}',
      "--context-format gives several clusters the same context:\n  EKS: prod, stage\nWrite a format with {cluster}. Given: '{app}'.",
    ],
    ['{name}', '--context-format has the placeholder {name}. The placeholders are {cluster}, {app}, {organization}.'],
    [
      '{constructor}',
      '--context-format has the placeholder {constructor}. The placeholders are {cluster}, {app}, {organization}.',
    ],
    [
      '-{cluster}',
      "--context-format gives the name '-prod'. A name has at least one character, no control characters, and no hyphen at its start.",
    ],
    [
      '',
      "--context-format gives the name ''. A name has at least one character, no control characters, and no hyphen at its start.",
    ],
    [
      'a\n{cluster}',
      "--context-format gives the name 'a\\nprod'. A name has at least one character, no control characters, and no hyphen at its start.",
    ],
  ])('fails for the format %j', (contextFormat, message) => {
    expect(() => kubeconfigOf(SIGN_IN, { contextFormat })).toThrow(message);
  });
});

describe('a call of kubelogin', () => {
  test('is read in every way that kubelogin reads it', () => {
    const call = kubeloginCall([
      ...['oidc-login', 'get-token', '--oidc-issuer-url', 'https://a', '--oidc-extra-scope=email,profile'],
      ...['--oidc-extra-scope', 'groups', '--skip-open-browser', '--browser-command', 'firefox', '-v1'],
    ]);

    expect(Object.fromEntries(call?.flags ?? [])).toEqual({
      'oidc-issuer-url': ['https://a'],
      'oidc-extra-scope': ['email', 'profile', 'groups'],
      'skip-open-browser': ['true'],
      'browser-command': ['firefox'],
    });
    expect(call?.own).toEqual([
      { behind: '--skip-open-browser', words: ['--browser-command', 'firefox'] },
      { behind: '--skip-open-browser', words: ['-v1'] },
    ]);
  });

  test.each([[[]], [['eks', 'get-token', '--cluster-name', 'a']], [['oidc-login', 'clean']]])(
    'is not found in %j',
    (args) => {
      expect(kubeloginCall(args)).toBeUndefined();
    },
  );
});
