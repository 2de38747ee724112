import { spawnSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { parse } from 'yaml';
import { runRevoke } from '../../cli/run-revoke';
import { readAccess } from '../../model';
import type { Revocation } from '../../operate/revoke/revocation';
import { type Etcd, startEtcd } from '../../sandbox/api-server/etcd';
import { type KubeApiserver, startKubeApiserver } from '../../sandbox/api-server/kube-apiserver';
import { httpsFetch } from '../../sandbox/https-fetch';
import { runKubectl } from '../../sandbox/kubectl';
import { type RealWorld, startRealWorld } from '../../sandbox/real-world';
import { signIn, type Tokens } from '../../sandbox/sign-in/authorization-code';
import { readStacks } from '../../sandbox/synthesized/read-stacks';
import { defineAccessStacks } from '../../stacks';
import { DAY } from '../day';
import { inSynthesizedFolder } from '../synthesized';
import { BUILD_TIMEOUT, TIMEOUT, tools } from './world';

const ROLE = {
  rules: [
    { apiGroups: [''], resources: ['configmaps', 'serviceaccounts'], verbs: ['get', 'list', 'create'] },
    { apiGroups: [''], resources: ['serviceaccounts/token', 'pods/exec'], verbs: ['create'] },
    { apiGroups: ['batch'], resources: ['cronjobs'], verbs: ['create'] },
  ],
};
/** One app, so that one token is for both clusters. */
const FILE = {
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {}, 'eks-makers': {} },
  roles: { maker: ROLE },
  clusterDefaults: { app: 'Lab' },
  clusters: {
    prod: { kind: 'existing-eks', region: 'eu-west-1' },
    lab: { kind: 'self-managed', kubeconfigContext: 'lab' },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-makers', role: 'maker', clusters: '*' },
  ],
  signIn: { refresh: { leeway: 0 } },
};
const MAKER = 'eks-makers@demo.example';
const ADMIN = 'eks-admins@demo.example';
const CONFIG_MAPS = '/api/v1/namespaces/default/configmaps';
/** Seconds for which the short ID token is valid, as with a token inline hook. */
const SHORT = 15;

let world: RealWorld;
let file: string;
let maker: Tokens;
let admin: Tokens;
/** What the command said about the maker, before it changed anything. */
let planned: Revocation;

beforeAll(async () => {
  const access = readAccess(FILE, DAY);
  const stacks = inSynthesizedFolder((app) => defineAccessStacks(app, access), readStacks);
  world = await startRealWorld({
    ...{ stacks, access, clusters: ['prod', 'lab'], tools: await tools() },
    management: {},
  });
  file = join(world.folder, 'access.json');
  writeFileSync(file, JSON.stringify(FILE));
  for (const key of ['prod', 'lab']) {
    const { admin: client } = adminOf(key);
    await client('POST', '/api/v1/namespaces/default/serviceaccounts', { metadata: { name: 'robot' } });
  }
  [maker, admin] = await Promise.all([signedIn(MAKER), signedIn(ADMIN)]);
  planned = await revoke(MAKER);
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

function signedIn(login: string): Promise<Tokens> {
  const { issuerUrl, clientId } = authentication();
  const scopes = ['openid', 'email', 'offline_access'];
  return signIn({ issuerUrl, clientId, scopes, login, password: world.password, caPem: world.issuer.caPem });
}

function authentication() {
  const [cluster] = world.clusters;
  if (cluster === undefined) throw new Error('no cluster');
  return cluster.authentication;
}

/** What the command prints about a person. */
async function revoke(login: string, changes: { yes?: boolean; suspend?: boolean } = {}): Promise<Revocation> {
  const { management } = world.issuer;
  process.env.OKTA_API_TOKEN = management?.apiToken;
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await runRevoke(
      login,
      { file, format: 'json', ...changes },
      {
        url: management?.url ?? '',
        caPem: world.issuer.caPem,
      },
    );
    return JSON.parse(write.mock.calls.map(([text]) => text).join(''));
  } finally {
    write.mockRestore();
    delete process.env.OKTA_API_TOKEN;
    process.exitCode = undefined;
  }
}

/** Requests to the API server of a cluster. */
function requests(key: string) {
  const server = world.servers.get(key);
  if (server === undefined) throw new Error(`no cluster ${key}`);
  const fetch = httpsFetch(server.caPem);
  return async (token: string, method: string, path: string, body?: object, headers: Record<string, string> = {}) => {
    const response = await fetch(server.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      ...(body && { body: JSON.stringify(body) }),
    });
    return { status: response.status, text: await response.text() };
  };
}

function adminOf(key: string) {
  const { adminKubeconfig = '' } = world.servers.get(key) ?? {};
  const [{ user }] = JSON.parse(readFileSync(adminKubeconfig, 'utf8')).users;
  const request = requests(key);
  return {
    kubeconfig: adminKubeconfig,
    admin: (method: string, path: string, body?: object) => request(user.token, method, path, body),
  };
}

/** Milliseconds until something is true, from now. */
async function until(isTrue: () => Promise<boolean>): Promise<number> {
  const start = Date.now();
  while (!(await isTrue())) await pause(200);
  return Date.now() - start;
}

/** Writes how long something took, for whoever runs the test: no test depends on it. */
function measured(what: string, milliseconds: number): void {
  process.stderr.write(`${what}: ${(milliseconds / 1000).toFixed(1)} s\n`);
}

const configMap = () => ({ metadata: { generateName: 'of-person-' } });

/** Applies YAML as the administrator of a cluster. */
async function apply(key: string, yaml: string): Promise<void> {
  const { kubeconfig } = adminOf(key);
  const args = ['apply', '-f', '-'];
  const { code, stderr } = await runKubectl({ folder: world.folder, kubeconfig, args, input: yaml });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
}

describe('on EKS', () => {
  test(
    'the guard refuses changes and connections of the person, and nothing of others, and no reads',
    async () => {
      const request = requests('prod');
      const [guard] = planned.guards;
      expect((await request(maker.idToken, 'POST', CONFIG_MAPS, configMap())).status).toBe(201);

      await apply('prod', guard?.yaml ?? '');
      const waited = await until(
        async () => (await request(maker.idToken, 'POST', CONFIG_MAPS, configMap())).status === 403,
      );

      measured('The guard refused a change after', waited);
      expect(guard?.clusters).toEqual(['prod']);
      expect((await request(maker.idToken, 'POST', CONFIG_MAPS, configMap())).text).toContain(
        'The access of this user has ended',
      );
      const exec = '/api/v1/namespaces/default/pods/none/exec?command=sh';
      expect((await request(maker.idToken, 'POST', exec)).text).toContain('The access of this user has ended');
      const token = '/api/v1/namespaces/default/serviceaccounts/robot/token';
      expect((await request(maker.idToken, 'POST', token, { spec: {} })).text).toContain(
        'The access of this user has ended',
      );
      expect((await request(maker.idToken, 'GET', CONFIG_MAPS)).status).toBe(200);
      expect((await request(admin.idToken, 'POST', CONFIG_MAPS, configMap())).status).toBe(201);
    },
    TIMEOUT,
  );

  test(
    'the guard does not hold an administrator, as the report says',
    async () => {
      const request = requests('prod');
      const report = await revoke(ADMIN);
      const [guard] = report.guards;

      await apply('prod', guard?.yaml ?? '');
      await until(async () => (await request(admin.idToken, 'POST', CONFIG_MAPS, configMap())).status === 403);

      expect(report.clusters.find(({ cluster }) => cluster === 'prod')?.passesGuardBy).toEqual([
        'impersonate others',
        'change admission policies',
        'read Secrets, with the tokens in them',
        'run commands in pods through kubelets',
      ]);
      const others = { 'impersonate-user': 'okta:other', 'impersonate-group': 'okta:eks-admins' };
      expect((await request(admin.idToken, 'POST', CONFIG_MAPS, configMap(), others)).status).toBe(201);
      const { name } = parse(guard?.yaml.split('---')[0] ?? '').metadata;
      const policy = `/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies/${name}`;
      expect((await request(admin.idToken, 'DELETE', policy)).status).toBe(200);
    },
    TIMEOUT,
  );
});

describe('outside EKS', () => {
  test(
    'a rule of userValidationRules refuses the token of the person, and of nobody else',
    async () => {
      const request = requests('lab');
      const [rule] = planned.validationRules;
      const path = join(world.folder, 'lab.authentication.json');
      const config = JSON.parse(readFileSync(path, 'utf8'));
      expect((await request(maker.idToken, 'GET', CONFIG_MAPS)).status).toBe(200);

      config.jwt[0].userValidationRules = parse(rule?.yaml ?? '').userValidationRules;
      writeFileSync(path, JSON.stringify(config));
      const waited = await until(async () => (await request(maker.idToken, 'GET', CONFIG_MAPS)).status === 401);

      measured('The rule refused the ID token after', waited);
      expect(rule?.clusters).toEqual(['lab']);
      expect((await request(admin.idToken, 'GET', CONFIG_MAPS)).status).toBe(200);
    },
    TIMEOUT,
  );

  describe('with an audit log', () => {
    let etcd: Etcd;
    let server: KubeApiserver;
    let log: string;

    beforeAll(async () => {
      const folder = join(world.folder, 'audited');
      mkdirSync(folder);
      const { etcd: etcdBinary, kubeApiserver: binary } = await tools();
      etcd = startEtcd(etcdBinary, folder);
      const key = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
      const serviceAccountKey = join(folder, 'service-accounts.key');
      writeFileSync(serviceAccountKey, key.export({ type: 'sec1', format: 'pem' }));
      const policy = join(folder, 'policy.json');
      const rules = [{ level: 'Metadata' }];
      writeFileSync(policy, JSON.stringify({ apiVersion: 'audit.k8s.io/v1', kind: 'Policy', rules }));
      log = join(folder, 'audit.log');
      server = await startKubeApiserver({
        ...{ binary, name: 'audited', folder, etcdUrl: etcd.url, serviceAccountKey },
        adminToken: randomBytes(16).toString('hex'),
        authentication: [
          `--authentication-config=${join(world.folder, 'prod.authentication.json')}`,
          ...[`--audit-policy-file=${policy}`, `--audit-log-path=${log}`],
        ],
      });
    }, BUILD_TIMEOUT);

    afterAll(async () => {
      await server?.process.stop();
      await etcd?.process.stop();
    });

    test(
      'the query finds what the person made, and nothing else',
      async () => {
        const { idToken } = maker;
        const bindings = '/apis/rbac.authorization.k8s.io/v1/clusterrolebindings';
        const accounts = '/api/v1/namespaces/default/serviceaccounts';
        const reviews = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';
        const review = { spec: { resourceAttributes: { verb: 'get', resource: 'pods' } } };
        const made = async (path: string, body: object, token?: string) => {
          const { status, body: answer } = await server.admin.request('POST', path, body, token);
          expect({ status, answer }).toMatchObject({ status: 201 });
        };
        await made(bindings, {
          metadata: { name: 'all' },
          roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'okta:eks-makers' }],
        });
        // The server fetches the keys of the issuer after it is ready.
        await until(async () => (await server.admin.request('GET', CONFIG_MAPS, undefined, idToken)).status === 200);
        await made(reviews, review, idToken);
        await made(accounts, { metadata: { name: 'robot' } }, idToken);
        await made(`${accounts}/robot/token`, { spec: {} }, idToken);
        await made(
          bindings,
          {
            metadata: { name: 'robots' },
            roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
            subjects: [{ kind: 'ServiceAccount', name: 'robot', namespace: 'default' }],
          },
          idToken,
        );

        const { query = '' } = planned.activity.find(({ clusters: [cluster] }) => cluster?.logGroup === null) ?? {};
        const { stdout, stderr } = spawnSync('jq', ['-c', query, log], { encoding: 'utf8' });

        expect(stderr).toBe('');
        const found = stdout
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line).slice(1, 6));
        expect(found).toEqual([
          ['create', 'default', 'serviceaccounts', null, 'robot'],
          ['create', 'default', 'serviceaccounts', 'token', 'robot'],
          ['create', null, 'clusterrolebindings', null, 'robots'],
        ]);
      },
      TIMEOUT,
    );
  });
});

test('before --yes, nothing has changed in Okta', () => {
  expect(planned.steps.map(({ action, group, state }) => [action, group, state])).toEqual([
    ['suspend', null, 'offered'],
    ['end-sessions', null, 'would'],
    ['remove-member', 'eks-makers', 'would'],
  ]);
  expect(planned.unchecked).toEqual([]);
});

test(
  'with --yes, Okta gives the person no token any more, and the API server refuses the last one when it expires',
  async () => {
    const request = requests('prod');
    const { issuerUrl, clientId } = authentication();
    const refreshed = async () => {
      const body = { grant_type: 'refresh_token', client_id: clientId, refresh_token: maker.refreshToken ?? '' };
      const response = await httpsFetch(world.issuer.caPem)(`${issuerUrl}/v1/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(body).toString(),
      });
      return response.status;
    };
    const expires = Math.floor(Date.now() / 1000) + SHORT;
    const serverId = issuerUrl.split('/').at(-1) as string;
    const last = await world.issuer.signForTest(serverId, { ...decodeJwt(maker.idToken), exp: expires });
    expect((await request(last, 'GET', CONFIG_MAPS)).status).toBe(200);

    const { steps } = await revoke(MAKER, { yes: true, suspend: true });

    expect(steps.map(({ action, state }) => [action, state])).toEqual([
      ['suspend', 'done'],
      ['end-sessions', 'done'],
      ['remove-member', 'done'],
    ]);
    expect(await refreshed()).toBe(400);
    await expect(signedIn(MAKER)).rejects.toThrow();
    // Nothing in Okta ends an ID token.
    expect((await request(maker.idToken, 'GET', CONFIG_MAPS)).status).toBe(200);
    await until(async () => (await request(last, 'GET', CONFIG_MAPS)).status === 401);
    const late = Date.now() - expires * 1000;
    measured('The API server refused the last ID token after its end by', late);
    expect(late).toBeGreaterThanOrEqual(0);
    expect((await revoke(MAKER)).memberships).toEqual([]);
  },
  TIMEOUT,
);
