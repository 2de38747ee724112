import { kubercWithPlugin } from '../../../sign-in/kubeconfig/kuberc';

const START = 'apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n';
const allowed = (text: string, program?: string) => kubercWithPlugin(text, 'kuberc', program);

describe('the preferences of kubectl', () => {
  test.each([
    ['', null],
    ['# nothing\n', null],
    [START, null],
    [`${START}credentialPluginPolicy: AllowAll\n`, 'AllowAll'],
    ['apiVersion: other/v1\nkind: Preference\ncredentialPluginPolicy: DenyAll\n', null],
  ])('need nothing in %j', (text, policy) => {
    expect(allowed(text)).toEqual({ text, outcome: 'allowed', policy });
  });

  test('refuse every plugin by DenyAll, and stay as they are', () => {
    const text = `${START}credentialPluginPolicy: DenyAll\n`;

    expect(allowed(text)).toEqual({ text, outcome: 'denied', policy: 'DenyAll' });
  });

  const list = `${START}credentialPluginPolicy: Allowlist # by the security team\ncredentialPluginAllowlist:\n  # AWS\n  - name: aws\n`;

  test('get the plugin on a list, and keep comments', () => {
    expect(allowed(list)).toEqual({
      text: `${list}  - name: kubectl-oidc_login\n`,
      outcome: 'added',
      policy: 'Allowlist',
    });
  });

  test('get it by the key that the list uses: Kubernetes 1.35 knows name only', () => {
    const text = list.replace('name: aws', 'command: aws');

    expect(allowed(text).text).toBe(`${text}  - command: kubectl-oidc_login\n`);
  });

  test.each(['', ' []', ' null'])('get a list in the place of %j', (none) => {
    const text = `${START}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:${none}\naliases: []\n`;

    expect(allowed(text).text).toBe(
      `${START}credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- name: kubectl-oidc_login\naliases: []\n`,
    );
  });

  test('get it in the first document that is a preference', () => {
    const text = `kind: Other\n---\n${list}---\n${START}`;

    expect(allowed(text).text).toBe(`kind: Other\n---\n${list}  - name: kubectl-oidc_login\n---\n${START}`);
  });

  test.each([
    ['- name: kubectl-oidc_login', undefined],
    ['- command: kubectl-oidc_login', undefined],
    ['- name: /usr/bin/kubectl-oidc_login', '/usr/bin/kubectl-oidc_login'],
  ])('have the plugin already by %s', (entry, program) => {
    const text = `${list}  ${entry}\n`;

    expect(allowed(text, program)).toEqual({ text, outcome: 'allowed', policy: 'Allowlist' });
  });

  test('do not have it by another file, another program, or kubectl, which allows every plugin', () => {
    expect(allowed(`${list}  - name: /opt/kubectl-oidc_login\n`, '/usr/bin/kubectl-oidc_login').outcome).toBe('added');
    expect(allowed(`${list}  - name: kubectl-evil\n`, '/usr/bin/kubectl-oidc_login').outcome).toBe('added');
  });

  test('change nothing the second time', () => {
    const { text } = allowed(list);

    expect(allowed(text)).toEqual({ text, outcome: 'allowed', policy: 'Allowlist' });
  });

  test.each([
    [
      `${START}credentialPluginPolicy: Some\n`,
      'kuberc: credentialPluginPolicy is neither AllowAll, DenyAll, nor Allowlist, so kubectl refuses the file. Nothing was changed.',
    ],
    [
      `${START}aliases: [\n`,
      'kuberc, line 4, column 1: The file is damaged: this is not valid YAML. Nothing was changed.',
    ],
  ])('fail for %j', (text, message) => {
    expect(() => allowed(text)).toThrow(message);
  });
});
