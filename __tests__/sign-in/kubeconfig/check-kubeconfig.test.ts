import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfigCheckText } from '../../../report/kubeconfig-check-text';
import { createCertificateAuthority } from '../../../sandbox/okta/certificate-authority';
import { type CheckedSignIn, checkKubeconfig } from '../../../sign-in/kubeconfig/check-kubeconfig';
import { kubeconfigOf } from '../../../sign-in/kubeconfig/kubeconfig';
import { kubeconfigYaml } from '../../../sign-in/kubeconfig/merge-kubeconfig';
import type { SignInData } from '../../../sign-in/sign-in-data';
import { CA_BASE64, CA_PEM } from '../certificate';
import { changed, SIGN_IN } from './sign-in';

const TEXT = kubeconfigYaml(kubeconfigOf(SIGN_IN));
const signIn = (data: SignInData, changes: Partial<CheckedSignIn> = {}): CheckedSignIn => ({
  ...{ data, leftOut: [], allClusters: SIGN_IN.clusters },
  ...changes,
});
const check = (text: string, data = SIGN_IN, changes: Partial<CheckedSignIn> = {}) =>
  checkKubeconfig(text, join(tmpdir(), 'config'), signIn(data, changes));
const problemsOf = (text: string, data = SIGN_IN) =>
  check(text, data).contexts[0]?.problems.map(({ what, text: problem }) => `${what}: ${problem}`);

describe('checking a kubeconfig', () => {
  test('finds nothing in what was just made', () => {
    const found = check(TEXT);

    expect(found).toEqual({
      contexts: ['prod', 'stage', 'home'].map((name) => ({
        context: name,
        cluster: name,
        state: 'right',
        problems: [],
      })),
      others: [],
    });
    expect(kubeconfigCheckText(found, 'config')).toBe(
      'config: 3 contexts, 0 problems\n  prod: right\n  stage: right\n  home: right\n',
    );
  });

  test.each([
    [
      'endpoint',
      TEXT,
      changed({ endpoint: 'https://NEW.gr7.eu-west-1.eks.amazonaws.com' }),
      'The server is https://AB12.gr7.eu-west-1.eks.amazonaws.com, and should be https://NEW.gr7.eu-west-1.eks.amazonaws.com.',
    ],
    ['client ID', TEXT, changed({ clientId: '0oaNEW' }), 'It is 0oa1shared, and should be 0oaNEW.'],
    [
      'issuer',
      TEXT.replace(
        'issuer-url=https://example.okta.com/oauth2/aus1',
        'issuer-url=https://example.okta.com/oauth2/aus2',
      ),
      SIGN_IN,
      'It is https://example.okta.com/oauth2/aus2, and should be https://example.okta.com/oauth2/aus1.',
    ],
    [
      'scopes',
      TEXT.replace('extra-scope=email', 'extra-scope=groups'),
      SIGN_IN,
      'It is groups offline_access, and should be email offline_access.',
    ],
    [
      'redirect port',
      TEXT.replace('127.0.0.1:18000', '127.0.0.1:8001'),
      SIGN_IN,
      'Okta does not send people back to 8001, but to 8000 and 18000.',
    ],
    [
      'PKCE',
      TEXT.replace('pkce-method=S256', 'pkce-method=no'),
      SIGN_IN,
      'It is off (--oidc-pkce-method=no), and Okta refuses the sign-in.',
    ],
    [
      'interactive mode',
      TEXT.replace('interactiveMode: Never', 'env: []'),
      SIGN_IN,
      'It is missing, and kubectl refuses the file.',
    ],
    [
      'credentials',
      TEXT.replace('  user:\n', '  user:\n    token: s3cret\n'),
      SIGN_IN,
      'kubectl uses token instead of signing in.',
    ],
    [
      'credentials',
      TEXT.replace(
        '      - --oidc-pkce-method=S256\n',
        '      - --oidc-pkce-method=S256\n      - --oidc-use-access-token\n',
      ),
      SIGN_IN,
      'kubectl sends the access token (--oidc-use-access-token), which is not for the API server.',
    ],
    [
      'certificate authority',
      TEXT.replace(/certificate-authority-data: .*/, 'insecure-skip-tls-verify: true'),
      SIGN_IN,
      'insecure-skip-tls-verify accepts every server.',
    ],
    [
      'certificate authority',
      TEXT.replace(/certificate-authority-data: .*/, 'extensions: []'),
      SIGN_IN,
      'There is no certificate authority.',
    ],
    [
      'certificate authority',
      TEXT.replace(/certificate-authority-data: .*/, 'certificate-authority: none.pem'),
      SIGN_IN,
      'It could not be read.',
    ],
  ])('finds the wrong %s', (what, text, data, problem) => {
    expect(problemsOf(text, data)).toEqual([`${what}: ${problem}`]);
  });

  test('finds a device code that the app does not allow any more', () => {
    const text = kubeconfigYaml(
      kubeconfigOf({ ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 2) }, { deviceCode: true }),
    );
    const without = { ...SIGN_IN, apps: SIGN_IN.apps.map((app) => ({ ...app, deviceCode: false })) };

    expect(problemsOf(text)).toEqual([]);
    expect(problemsOf(text, without)).toEqual(['device code: The app does not allow it.']);
  });

  test('follows the rotation of a certificate authority', async () => {
    const { caPem } = await createCertificateAuthority();
    const data = (...pems: readonly string[]) => {
      const certificateAuthority = Buffer.from(pems.join('')).toString('base64');
      return { ...SIGN_IN, clusters: SIGN_IN.clusters.map((each) => ({ ...each, certificateAuthority })) };
    };
    const file = (...pems: readonly string[]) => kubeconfigYaml(kubeconfigOf(data(...pems)));

    expect(problemsOf(file(CA_PEM), data(CA_PEM, caPem))).toEqual([
      'certificate authority: 1 of 2 certificates are missing: a rotation is under way, and sign-in will fail after it.',
    ]);
    expect(problemsOf(file(caPem, CA_PEM), data(CA_PEM, caPem))).toEqual([]);
    expect(problemsOf(file(CA_PEM, caPem), data(caPem))).toEqual([
      'certificate authority: 1 of 2 certificates are no longer those of the cluster.',
    ]);
    expect(problemsOf(file(CA_PEM), data(caPem))).toEqual([
      'certificate authority: It is that of another API server, or from before a rotation.',
    ]);
  });

  test('reads a certificate authority from a file beside it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'check-'));
    try {
      writeFileSync(join(folder, 'ca.pem'), CA_PEM);
      const text = TEXT.replaceAll(`certificate-authority-data: ${CA_BASE64}`, 'certificate-authority: ca.pem');

      const { contexts } = checkKubeconfig(text, join(folder, 'config'), signIn(SIGN_IN));

      expect(contexts.map(({ state }) => state)).toEqual(['right', 'right', 'right']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test('knows a context by its server, whatever its name', () => {
    const { contexts } = check(TEXT.replace('- name: prod\n  context:', '- name: production\n  context:'));

    expect(contexts[0]).toEqual({ context: 'production', cluster: 'prod', state: 'right', problems: [] });
  });

  test('says how to get rid of a wrong context under a name of its own, which a merge leaves', () => {
    const text = TEXT.replace('- name: prod\n  context:', '- name: production\n  context:').replaceAll(
      'client-id=0oa1shared',
      'client-id=0oaOld',
    );

    const found = check(text);

    expect(found.contexts[0]).toMatchObject({ context: 'production', state: 'wrong', replacedBy: 'prod' });
    expect(kubeconfigCheckText(found, 'config')).toContain(`  production (cluster prod): no longer right
    client ID: It is 0oaOld, and should be 0oa1shared.
    A merge writes the context prod, and leaves this one.
`);
    expect(kubeconfigCheckText(found, 'config')).toMatch(
      /Mend it: .*\nDelete it: kubectl config delete-context production --kubeconfig config\n$/,
    );
  });

  test('says what is missing, what is gone, what is not known, and what it does not judge', () => {
    const text =
      `${TEXT.replace('- name: stage\n  context:', '- name: old\n  context:').replaceAll('https://CD34', 'https://OLD')}`.replace(
        'contexts:\n',
        'contexts:\n- {name: minikube, context: {cluster: minikube, user: minikube}}\n',
      );

    const found = check(
      text,
      { ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 2) },
      { leftOut: [{ key: 'home', missing: ['endpoint', 'certificate authority'] }] },
    );

    expect(kubeconfigCheckText(found, 'config')).toBe(`config: 4 contexts, 3 problems
  prod: right
  old: not checked
    endpoint: Could not check: it can be for a cluster of which not everything is known: home.
  home: not checked
    endpoint: Could not check: not known are the endpoint, the certificate authority.
  stage: missing: the file has no context for this cluster
Not judged, because they do not sign in here: minikube
Mend it: the same command with --merge config instead of --check config
`);
  });

  test('calls a context gone if no cluster has its name or its server, and says how to delete it', () => {
    const [prod, stage] = SIGN_IN.clusters;
    const text = TEXT.replace('- name: stage\n  context:', "- name: 'my old'\n  context:").replaceAll(
      'https://CD34',
      'https://OLD',
    );

    const found = check(
      text,
      { ...SIGN_IN, clusters: [prod, stage].flatMap((each) => each ?? []) },
      {
        allClusters: SIGN_IN.clusters.slice(0, 2),
      },
    );

    expect(found.contexts.find(({ context }) => context === 'my old')?.state).toBe('gone');
    expect(kubeconfigCheckText(found, 'a file')).toContain(
      "Delete it: kubectl config delete-context 'my old' --kubeconfig 'a file'\n",
    );
  });

  test('does not miss clusters that nobody asked for, and does not call them gone', () => {
    const data = { ...SIGN_IN, clusters: SIGN_IN.clusters.slice(0, 1) };

    // Also not under a name of the person's own, by which nobody can tell for which cluster it is.
    const text = TEXT.replace('- name: stage\n  context:', '- name: my-stage\n  context:');

    expect(check(text, data).contexts).toEqual([{ context: 'prod', cluster: 'prod', state: 'right', problems: [] }]);
  });
});
