import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ISSUER, lineOf, NOW, resultOf, signInContext } from '../context-with';

const folder = mkdtempSync(join(tmpdir(), 'doctor-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a program into the folder. */
function program(name: string, script = 'exit 0'): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o700 });
  return file;
}

function kuberc(name: string, text: string): NodeJS.ProcessEnv {
  const file = join(folder, name);
  writeFileSync(file, `apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n${text}`);
  return { KUBERC: file, PATH: folder };
}

describe('kubectl-installed', () => {
  test.each([
    [undefined, 'problem: No kubectl is on PATH.'],
    ['v1.21.9', 'problem: /bin/kubectl is kubectl v1.21.9, which does not know client.authentication.k8s.io/v1.'],
    ['v1.22.0', 'ok: kubectl v1.22.0 in /bin/kubectl'],
    ['', 'could not check: /bin/kubectl does not say its version.'],
  ])('%s', async (kubectl, line) => {
    expect(await lineOf('kubectl-installed', { kubectl })).toBe(line);
  });
});

describe('kubelogin-installed', () => {
  test('takes a program by its path, and asks no other program for its version', async () => {
    const command = program('my-plugin', 'touch /tmp/must-not-run; exit 1');
    const kubeconfig = { exec: { ...signInContext().exec, command } as never };

    expect(await lineOf('kubelogin-installed', { kubeconfig })).toBe(
      `ok: kubelogin of an unknown version in ${command}`,
    );
  });

  test('finds a path at which nothing is', async () => {
    const kubeconfig = { exec: { ...signInContext().exec, command: '/no/kubelogin' } as never };

    expect(await lineOf('kubelogin-installed', { kubeconfig })).toBe(
      'problem: The kubeconfig runs /no/kubelogin, which is not there.',
    );
  });

  test('does not run kubectl oidc-login without the plugin, which could start itself without end', async () => {
    const { exec } = signInContext();
    const args = ['oidc-login', ...(exec?.args ?? [])];
    program('kubectl', 'touch "$0.ran"');
    const kubeconfig = { exec: { ...exec, command: 'kubectl', args } as never };

    const { status, evidence, fix } = await resultOf('kubelogin-installed', {
      kubeconfig,
      environment: { PATH: folder },
    });

    expect([status, evidence]).toEqual([
      'problem',
      'The kubeconfig runs kubectl oidc-login, and kubectl-oidc_login is not on PATH.',
    ]);
    expect(fix).toContain('kubectl of the Google Cloud SDK');
  });
});

describe('kuberc-policy', () => {
  test.each([
    ['no policy', '', 'v1.36.0', 'ok: FILE allows every program'],
    [
      'a list with the program',
      'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: kubectl-oidc_login\n',
      'v1.36.0',
      'ok: FILE lists kubectl-oidc_login',
    ],
    [
      'a list without it',
      'credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: aws\n',
      'v1.35.0',
      'problem: The list of FILE does not have kubectl-oidc_login. It has aws.',
    ],
    [
      'a list without it, and a kubectl that reads none',
      'credentialPluginPolicy: Allowlist\n',
      'v1.34.0',
      'ok: kubectl v1.34.0 does not read the policy Allowlist of FILE, which 1.35 and newer obey',
    ],
    [
      'a policy that there is not',
      'credentialPluginPolicy: Perhaps\n',
      'v1.36.0',
      'could not check: FILE: credentialPluginPolicy is neither AllowAll, DenyAll, nor Allowlist, so kubectl refuses the file. Nothing was changed.',
    ],
  ])('%s', async (name, text, kubectl, line) => {
    const environment = kuberc(name.replaceAll(' ', '-'), text);

    const found = await lineOf('kuberc-policy', { kubeconfig: {}, environment, kubectl });

    expect(found.replace(environment.KUBERC ?? '', 'FILE')).toBe(line);
  });

  test('takes a list with the path of the program', async () => {
    const file = program('kubectl-oidc_login');
    const environment = kuberc(
      'by-path',
      `credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: ${file}\n`,
    );

    expect(await lineOf('kuberc-policy', { kubeconfig: {}, environment, kubectl: 'v1.36.0' })).toMatch(
      /^ok: .* lists kubectl-oidc_login$/,
    );
  });

  test.each([{ KUBERC: 'off' }, { HOME: '/no/home' }])(
    'says that there are no preferences with %j',
    async (environment) => {
      expect(await lineOf('kuberc-policy', { kubeconfig: {}, environment })).toBe('ok: there are no preferences');
    },
  );
});

describe('clock', () => {
  const found = (seconds: number | undefined) => ({
    issuer: {
      foundDiscovery: async () => ({
        ...{ url: ISSUER, issuer: ISSUER, keysUrl: '', authorizeUrl: '', ownTime: NOW },
        issuerTime: seconds === undefined ? undefined : NOW - seconds * 1000,
      }),
    },
  });

  test.each([
    [60, 'ok: the clock is 60 s ahead of Okta'],
    [61, 'problem: The clock is 61 s ahead of Okta. kubelogin takes tokens for expired.'],
    [-61, 'problem: The clock is 61 s behind Okta. kubelogin sends tokens that have expired.'],
    [undefined, 'could not check: The issuer does not say its time.'],
  ])('%s', async (seconds, line) => {
    expect(await lineOf('clock', found(seconds))).toBe(line);
  });

  test('could not check without the issuer', async () => {
    expect(await lineOf('clock', {})).toBe('could not check: It is not known.');
  });
});
