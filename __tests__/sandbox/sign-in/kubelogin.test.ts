import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headlessUser, kubeloginContext } from '../../../sandbox/sign-in/kubelogin';

const CLUSTER = {
  key: 'production',
  server: 'https://127.0.0.1:6443',
  caPem: 'SERVER CA',
  issuerUrl: 'https://localhost:1/oauth2/a',
  app: {
    ...{ name: 'EKS', clientId: 'client', deviceCode: false },
    scopes: ['email', 'offline_access'],
    redirectPorts: [8000, 18000],
  },
};

describe('the kubeconfig context for kubelogin', () => {
  const props = { kubelogin: '/bin/kubelogin', issuerCa: '/run/ca.pem', tokens: '/run/tokens' };

  test('signs in with PKCE, on the redirect ports of the app, in the user’s own browser', () => {
    const context = kubeloginContext(CLUSTER, props);

    expect(context).toEqual({
      name: 'production',
      server: 'https://127.0.0.1:6443',
      caPem: 'SERVER CA',
      user: {
        exec: {
          apiVersion: 'client.authentication.k8s.io/v1',
          command: '/bin/kubelogin',
          args: [
            'get-token',
            '--oidc-issuer-url=https://localhost:1/oauth2/a',
            '--oidc-client-id=client',
            '--oidc-extra-scope=email',
            '--oidc-extra-scope=offline_access',
            '--oidc-pkce-method=S256',
            '--listen-address=127.0.0.1:8000',
            '--listen-address=127.0.0.1:18000',
            '--certificate-authority=/run/ca.pem',
            '--token-cache-storage=disk',
            '--token-cache-dir=/run/tokens',
          ],
          installHint: expect.stringContaining('kubectl krew install oidc-login'),
          interactiveMode: 'Never',
          provideClusterInfo: false,
        },
      },
    });
  });

  test('has a short timeout for a headless browser', () => {
    const { user } = kubeloginContext(CLUSTER, { ...props, browser: '/run/browser' });

    expect(user).toMatchObject({
      exec: { args: expect.arrayContaining(['--browser-command=/run/browser', '--authentication-timeout-sec=150']) },
    });
  });
});

describe('a headless user', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'person-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const person = (kubelogin = '') => {
    const file = join(folder, 'kubelogin');
    writeFileSync(file, `#!/bin/sh\n${kubelogin}\n`);
    chmodSync(file, 0o755);
    return headlessUser({
      login: "ana o'hara@demo.example",
      password: "it's $secret",
      folder,
      kubelogin: file,
      issuerCa: '/run/ca.pem',
      chromium: '/bin/chromium',
      clusters: [CLUSTER],
    });
  };

  test('has a kubeconfig and a browser script that only the owner can read', () => {
    const { kubeconfig } = person();

    const modes = [kubeconfig, join(folder, "ana%20o'hara%40demo.example.browser")].map(
      (file) => statSync(file).mode & 0o777,
    );
    expect(modes).toEqual([0o600, 0o700]);
    expect(JSON.parse(readFileSync(kubeconfig, 'utf8'))).toMatchObject({
      'current-context': 'production',
      contexts: [{ name: 'production' }],
    });
  });

  test('passes login and password to the browser unchanged, as environment variables', () => {
    person();

    const script = readFileSync(join(folder, "ana%20o'hara%40demo.example.browser"), 'utf8');

    expect(script).toContain("export SANDBOX_LOGIN='ana o'\\''hara@demo.example'\n");
    expect(script).toContain("export SANDBOX_PASSWORD='it'\\''s $secret'\n");
    expect(script).toContain(`export TMPDIR='${folder}'\n`);
    expect(script.trimEnd().split('\n').at(-1)).not.toContain('secret');
  });

  test('gets the ID token from kubelogin', async () => {
    const token = await person(`echo '{"status":{"token":"a.b.c"}}'`).idToken('production');

    expect(token).toBe('a.b.c');
  });

  test('fails with the message of kubelogin', async () => {
    const token = person('echo "access_denied User is not assigned" >&2; exit 1').idToken('production');

    await expect(token).rejects.toThrow('kubelogin could not sign in:\naccess_denied User is not assigned\n');
  });

  test('deletes cached tokens', () => {
    const { forgetTokens } = person();
    const tokens = join(folder, "ana%20o'hara%40demo.example.tokens");
    mkdirSync(tokens);

    forgetTokens();

    expect(() => statSync(tokens)).toThrow('ENOENT');
  });
});
