import { createServer } from 'node:net';
import { combinedFacts } from '../../../../live/facts/live-facts';
import { ISSUER, type Known, lineOf, resultOf, signInContext } from '../context-with';

const placed = (value: Record<string, unknown>) => ({ value, file: '/home/ana/config' });
const kubeconfigs = {
  ...{ files: ['/home/ana/config'], missing: [], current: 'prod' },
  contexts: new Map([
    ['prod', placed({ cluster: 'prod', user: 'ana' })],
    ['half', placed({ cluster: 'prod', user: 'ben' })],
  ]),
  clusters: new Map([['prod', placed({})]]),
  users: new Map([['ana', placed({})]]),
};
const none = { ...kubeconfigs, contexts: new Map() };

describe('kubeconfig-file', () => {
  test.each([
    ['a file', kubeconfigs, 'ok: 2 contexts in /home/ana/config'],
    ['a file without contexts', none, 'problem: /home/ana/config has no context.'],
    ['no file', { ...none, files: [], missing: ['/home/ana/config'] }, 'problem: /home/ana/config does not exist.'],
    ['one of two', { ...kubeconfigs, missing: ['/b'] }, 'ok: 2 contexts in /home/ana/config (not there: /b)'],
  ])('%s', async (_, files, line) => {
    expect(await lineOf('kubeconfig-file', { kubeconfigs: files })).toBe(line);
  });
});

describe('kubeconfig-context', () => {
  const endpoints = new Map([['prod', { value: 'https://a.example', source: 'outputs.json' }]]);
  const facts = { ...combinedFacts([]), endpoints };

  test.each<[string, Known, string]>([
    ['a whole context', { contextName: 'prod' }, 'ok: context prod'],
    ['no context at all', { kubeconfigs: none }, 'could not check: There is no context at all (see kubeconfig-file).'],
    [
      'a name that is not there',
      { contextName: 'x' },
      'problem: The kubeconfig has no context of the name x. It has prod, half.',
    ],
    [
      'a user that is not there',
      { contextName: 'half' },
      "problem: The context half names the user 'ben', which the kubeconfig does not have.",
    ],
    [
      'none for the endpoint',
      { facts },
      'problem: The kubeconfig has no context for the cluster prod. It has prod, half.',
    ],
    [
      'none that is known to be for the cluster',
      {},
      'could not check: No context has the name prod, and the endpoint of the cluster is not known. Name the context: --context.',
    ],
    [
      'a current context that is not there',
      { contextName: 'prod', kubeconfigs: { ...kubeconfigs, current: 'gone' } },
      "problem: The current context 'gone' does not exist. It has prod, half.",
    ],
  ])('%s', async (_, known, line) => {
    expect(await lineOf('kubeconfig-context', { kubeconfigs, ...known })).toBe(line);
  });
});

describe('kubeconfig-exec', () => {
  const v1beta1 = 'client.authentication.k8s.io/v1beta1';

  test.each([
    [{}, 'ok: kubectl-oidc_login with client.authentication.k8s.io/v1'],
    [{ interactiveMode: '' }, 'problem: The exec stanza has no interactiveMode, so kubectl refuses it.'],
    [{ interactiveMode: '', apiVersion: v1beta1 }, `ok: kubectl-oidc_login with ${v1beta1}`],
    [
      { interactiveMode: 'Maybe' },
      "problem: The exec stanza has the interactiveMode 'Maybe'. Allowed: Never, IfAvailable, Always.",
    ],
    [
      { apiVersion: 'client.authentication.k8s.io/v1alpha1' },
      "problem: The exec stanza has the apiVersion 'client.authentication.k8s.io/v1alpha1', which kubectl does not know. Allowed: client.authentication.k8s.io/v1.",
    ],
  ])('%j', async (changes, line) => {
    const { exec } = signInContext();

    expect(await lineOf('kubeconfig-exec', { kubeconfig: { exec: { ...exec, ...changes } as never } })).toBe(line);
  });

  test('finds a user without one, and one that signs in in another way', async () => {
    expect(await lineOf('kubeconfig-exec', { kubeconfig: { exec: undefined, call: undefined } })).toBe(
      'problem: The user has no exec stanza, so nothing signs the person in.',
    );
    expect(
      await lineOf('kubeconfig-exec', {
        kubeconfig: { exec: { ...signInContext().exec, command: 'aws' } as never, call: undefined },
      }),
    ).toBe('problem: The user signs in with aws, and not with kubelogin at Okta.');
  });
});

describe('the parts of the context', () => {
  const fact = (value: string) => ({ value, source: 'outputs.json' });
  const facts = {
    issuerUrl: fact(ISSUER),
    clientIds: new Map([['prod', fact('0oa2')]]),
    endpoints: new Map([['prod', fact('https://b.example')]]),
    certificateAuthorities: new Map(),
  };

  test.each([
    ['kubeconfig-server', 'problem: Endpoint: The server is https://a.example, and should be https://b.example.'],
    ['kubeconfig-client', 'problem: Client ID: It is 0oa1, and should be 0oa2.'],
    ['kubeconfig-issuer', `ok: ${ISSUER}`],
    ['kubeconfig-scopes', 'ok: scopes email'],
    [
      'kubeconfig-authority',
      'could not check: The kubeconfig has no certificate authority of its own, and nothing says what is right. Add --outputs, or the options for it.',
    ],
  ])('%s is compared with what is known', async (check, line) => {
    expect(await lineOf(check, { kubeconfig: {}, facts })).toBe(line);
  });

  test('are not taken for right where nobody says what is right', async () => {
    for (const check of ['kubeconfig-server', 'kubeconfig-client', 'kubeconfig-issuer', 'kubeconfig-authority']) {
      expect((await resultOf(check, { kubeconfig: {} })).status).toBe('could not check');
    }
  });

  test('could not be checked where another program signs in', async () => {
    expect(await lineOf('kubeconfig-scopes', { kubeconfig: { call: undefined } })).toBe(
      'could not check: The user does not sign in with kubelogin (see kubeconfig-exec).',
    );
  });
});

describe('ports-free', () => {
  test('needs one of the ports, and names the program that holds the others', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as { port: number };
    const holding = (...more: string[]) => ({
      kubeconfig: signInContext([`--listen-address=127.0.0.1:${port}`, ...more]),
    });
    // Only Linux tells who holds a port.
    const holder = process.platform === 'linux' ? `, held by \\S+ \\(process ${process.pid}\\)` : '';

    const taken = await lineOf('ports-free', holding());
    const free = await lineOf('ports-free', holding('--listen-address=127.0.0.1:0'));
    server.close();

    expect(taken).toMatch(new RegExp(`^problem: No port is free: 127\\.0\\.0\\.1:${port}${holder}\\.$`));
    expect(free).toMatch(/^ok: 127\.0\.0\.1:0 is free \(not free: /);
  });

  test('needs none for a device code', async () => {
    expect(await lineOf('ports-free', { kubeconfig: signInContext(['--grant-type=device-code']) })).toBe(
      'ok: a device code needs no port',
    );
  });
});
