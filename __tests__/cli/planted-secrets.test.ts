import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fakeIssuer } from '../authentication/fake-issuer';
import { CA_BASE64 } from '../sign-in/certificate';
import { accessFiles, runCommandToEnd, SOUND } from './run-command';

// Secrets where people have them, each with a name that no output may contain.
const SECRET = 'planted-secret';
const ENVIRONMENT = {
  AWS_SECRET_ACCESS_KEY: `${SECRET}-aws`,
  OKTA_API_TOKEN: `${SECRET}-okta`,
  OKTA_API_PRIVATE_KEY: `${SECRET}-key`,
};
const ACCESS = {
  ...SOUND,
  clusters: { prod: { kind: 'existing-eks', region: 'eu-west-1', namespaces: ['team-a'] }, dev: SOUND.clusters.dev },
};
const OKTA = { issuer_url: 'https://example.okta.com/oauth2/aus1', client_id_prod: '0oa1', client_id_dev: '0oa2' };
const CLUSTER = { endpoint: 'https://A.gr7.eu-west-1.eks.amazonaws.com', certificate_authority: CA_BASE64 };

const state = (outputs: Record<string, string>) => ({
  version: 4,
  outputs: Object.fromEntries(
    Object.entries({ ...outputs, password: `${SECRET}-output` }).map(([name, value]) => [
      name,
      { value, type: 'string' },
    ]),
  ),
  resources: [{ type: 'random_password', instances: [{ attributes: { result: `${SECRET}-state` } }] }],
});
const KUBECONFIG = {
  ...{ apiVersion: 'v1', kind: 'Config', 'current-context': 'mine' },
  clusters: [
    { name: 'mine', cluster: { server: `https://user:${SECRET}-url@mine` } },
    { name: 'prod', cluster: { server: CLUSTER.endpoint } },
  ],
  users: [
    {
      name: 'mine',
      user: { token: `${SECRET}-token`, password: `${SECRET}-password`, 'client-key-data': `${SECRET}-pem` },
    },
    {
      name: 'prod',
      user: {
        exec: {
          ...{ apiVersion: 'client.authentication.k8s.io/v1', command: 'kubectl', interactiveMode: 'Never' },
          args: ['oidc-login', 'get-token', '--oidc-issuer-url=https://x', `--oidc-client-secret=${SECRET}-client`],
          env: [{ name: 'X', value: `${SECRET}-env` }],
        },
      },
    },
  ],
  contexts: [
    { name: 'mine', context: { cluster: 'mine', user: 'mine' } },
    { name: 'prod', context: { cluster: 'prod', user: 'prod' } },
  ],
};

const folder = accessFiles({
  'access.json': ACCESS,
  'okta.tfstate': state(OKTA),
  'terraform.cluster-prod.tfstate': state(CLUSTER),
  'wrong.tfstate': { ...state(OKTA), outputs: { issuer_url: { value: 7 } } },
  'kubeconfig.json': KUBECONFIG,
});
const path = (name: string) => join(folder, name);
const FILE = ['--file', path('access.json')];
const OUTPUTS = ['--outputs', path('okta.tfstate'), '--outputs', path('terraform.cluster-prod.tfstate')];

let token: string;
const environment = { ...process.env };

beforeAll(async () => {
  Object.assign(process.env, ENVIRONMENT);
  writeFileSync(path('damaged.tfstate'), JSON.stringify(state(OKTA)).replace('"resources"', '"resources'));
  writeFileSync(path('damaged.yaml'), `users:\n- name: a\n  user: { token: ${SECRET}-yaml\nclusters: [`);
  writeFileSync(path('damaged.json'), JSON.stringify(KUBECONFIG, null, 2).replace('"contexts": [', '"contexts": [,'));
  mkdirSync(path('cache'));
  token = await (await fakeIssuer()).sign({ aud: '0oa1' });
  writeFileSync(path('cache/a'), JSON.stringify({ id_token: token, refresh_token: `${SECRET}-refresh` }));
});

afterAll(() => {
  process.env = environment;
});

/** Everything that a command says, also in its error. */
async function said(words: readonly string[]): Promise<string> {
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  try {
    const { stdout } = await runCommandToEnd(...words).catch((error: Error) => ({ stdout: error.message }));
    return stdout + stderr.mock.calls.map(([text]) => text).join('');
  } finally {
    stderr.mockRestore();
  }
}

test.each([
  ['kubeconfig', [...OUTPUTS]],
  ['kubeconfig', ['--outputs', path('wrong.tfstate')]],
  ['kubeconfig', ['--outputs', path('damaged.tfstate')]],
  ['kubeconfig', [...OUTPUTS, '--check', path('kubeconfig.json')]],
  ['kubeconfig', [...OUTPUTS, '--check', path('kubeconfig.json'), '--json']],
  ['kubeconfig', [...OUTPUTS, '--merge', path('kubeconfig.json')]],
  ['kubeconfig', [...OUTPUTS, '--merge', path('damaged.json')]],
  ['kubeconfig', [...OUTPUTS, '--merge', path('damaged.yaml')]],
  ['kubeconfig', [...OUTPUTS, '--merge', path('kubeconfig.json'), '--replace']],
  ['kubeconfig', [...OUTPUTS, '--print', 'commands']],
  ['portal', [...OUTPUTS]],
  ['portal', [...OUTPUTS, '--json']],
  ['flags', ['dev', '--target', 'kubeadm', '--outputs', path('okta.tfstate')]],
  ['matrix', ['--json']],
])('%s %j says no planted secret', async (command, words) => {
  const text = await said([command, ...words, ...FILE]);

  expect(text.length).toBeGreaterThan(50);
  expect(text).not.toContain(SECRET);
});

test.each([
  ['explain', '--cache', path('cache'), '--offline'],
  ['explain', '--cache', path('cache'), '--offline', '--json'],
  ['preview', '--login', 'ana@example.com'],
])('token %s says no planted secret, and no part of the token', async (...words) => {
  const text = await said(['token', ...words, ...FILE]);

  expect(text.length).toBeGreaterThan(50);
  expect(text).not.toContain(SECRET);
  for (const part of token.split('.')) expect(text).not.toContain(part);
});

test('a merge keeps the secrets of others in the file', () => {
  // What the tests above would miss if it were gone.
  expect(readFileSync(path('kubeconfig.json'), 'utf8')).toContain(`${SECRET}-token`);
});
