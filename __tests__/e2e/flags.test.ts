import { execFileSync } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { decodeJwt } from 'jose';
import { parse } from 'yaml';
import { readAccess } from '../../model';
import { apiClient } from '../../sandbox/api-server/api-client';
import { type Etcd, startEtcd } from '../../sandbox/api-server/etcd';
import { type KubeApiserver, startKubeApiserver } from '../../sandbox/api-server/kube-apiserver';
import { REAL_KUBERNETES } from '../../sandbox/api-server/real';
import type { RealWorld } from '../../sandbox/real-world';
import { programFile } from '../../sandbox/tools/build-tools';
import { runCommandToEnd } from '../cli/run-command';
import { DAY } from '../day';
import { argumentsOf, asKubelet, type FlagTarget } from '../sign-in/api-server-flags/arguments-of';
import { BUILD_TIMEOUT, chromium, realWorld, TIMEOUT, tools } from './world';

/** Clusters with one app, so that one token is for all of them. */
const FILE = {
  okta: { orgName: 'example' },
  claims: { tenant: '"example"', area: '"eu"' },
  groups: { 'eks-admins': {}, 'eks-viewers': {} },
  clusterDefaults: { app: 'Lab' },
  clusters: {
    one: {
      kind: 'self-managed',
      kubeconfigContext: 'one',
      identityProvider: { requiredClaims: { tenant: 'example' } },
    },
    two: {
      kind: 'self-managed',
      kubeconfigContext: 'k3d-two',
      identityProvider: { requiredClaims: { tenant: 'example', area: 'eu' } },
    },
    bare: { kind: 'self-managed', kubeconfigContext: 'bare', identityProvider: { prefix: '', usernameClaim: 'sub' } },
  },
  grants: [
    { group: 'eks-admins', role: 'cluster-admin', clusters: '*' },
    { group: 'eks-viewers', role: 'view', clusters: '*' },
  ],
};
const PERSON = 'eks-viewers@demo.example';
const ADMIN = 'eks-admins@demo.example';

let world: RealWorld;
let binary: string;
let kubeadm: string;
let etcd: Etcd;
let folder: string;
let serviceAccountKey: string;
let issuerCa: string;
let token: string;
let issued: readonly string[];

beforeAll(async () => {
  world = await realWorld(readAccess(FILE, DAY), ['one']);
  binary = (await tools()).kubeApiserver;
  kubeadm = await programFile(
    { name: 'kubeadm', module: 'kubeadm', package: 'k8s.io/kubernetes/cmd/kubeadm', inAssets: false },
    { report: (line) => process.stderr.write(`${line}\n`) },
  );
  folder = join(world.folder, 'flags');
  mkdirSync(folder);
  etcd = startEtcd((await tools()).etcd, folder);
  serviceAccountKey = write(
    'service-accounts.key',
    generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }) as string,
  );
  issuerCa = write('issuer.pem', world.issuer.caPem);
  write('access.json', JSON.stringify(FILE));
  const { issuerUrl, clientId } = settings();
  issued = ['--issuer', issuerUrl, '--client-id', clientId];
  token = await world.headless(PERSON, chromium()).idToken('one');
}, BUILD_TIMEOUT);

afterAll(async () => {
  await etcd?.process.stop();
  await world?.close();
});

function write(name: string, content: string): string {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
}

const settings = () => {
  const [cluster] = world.clusters;
  if (cluster === undefined) throw new Error('There is no cluster.');
  return cluster.authentication;
};

/** What the command prints. */
async function printed(cluster: keyof typeof FILE.clusters, target: string): Promise<string> {
  const { stdout } = await runCommandToEnd(
    ...['flags', cluster, '--target', target, '--file', join(folder, 'access.json')],
    ...(target === 'audit-policy' ? [] : issued),
  );
  return stdout;
}

/** The arguments for sign-in of the pod that kubeadm makes of its file, with the patches of a folder. */
function argumentsOfKubeadm(clusterConfiguration: string, patches?: string): readonly string[] {
  const out = join(folder, randomBytes(4).toString('hex'));
  mkdirSync(out);
  const directory = patches === undefined ? '' : `patches: { directory: ${patches} }\n`;
  const init = `apiVersion: kubeadm.k8s.io/v1beta4\nkind: InitConfiguration\n${directory}`;
  // Without a version, kubeadm asks the internet for the newest one.
  const config = write('kubeadm.yaml', `${init}---\n${clusterConfiguration}kubernetesVersion: v${REAL_KUBERNETES}.0\n`);
  execFileSync(kubeadm, ['config', 'validate', '--config', config]);
  execFileSync(kubeadm, ['init', 'phase', 'control-plane', 'apiserver', '--dry-run', '--config', config], {
    env: { ...process.env, KUBEADM_INIT_DRYRUN_DIR: out },
  });
  return argumentsOfPod(readFileSync(join(out, 'kube-apiserver.yaml'), 'utf8'));
}

/** The arguments for sign-in of a pod. */
function argumentsOfPod(manifest: string): readonly string[] {
  const { command } = parse(manifest).spec.containers[0] as { command: readonly string[] };
  return command.filter((argument) => argument.startsWith('--oidc-')).map(asKubelet);
}

/** The file of kube-apiserver, which needs the authority of the local Okta. */
function structuredFile(text: string): string {
  const file = parse(text);
  file.jwt[0].issuer.certificateAuthority = world.issuer.caPem;
  return write('authentication.yaml', JSON.stringify(file));
}

interface Server extends KubeApiserver {
  /** Who a token is; the status if the API server does not accept it. */
  who(token: string): Promise<{ username: string; groups: readonly string[] } | number>;
}

/** Runs an API server with arguments as long as a test needs it. */
async function withServer(args: readonly string[], run: (server: Server) => Promise<void>): Promise<void> {
  const adminToken = randomBytes(16).toString('hex');
  const name = `server-${randomBytes(4).toString('hex')}`;
  const server = await startKubeApiserver({
    ...{ binary, name, folder, etcdUrl: etcd.url, serviceAccountKey, adminToken, authentication: args },
  });
  const who = async (of: string) => {
    const review = { apiVersion: 'authentication.k8s.io/v1', kind: 'SelfSubjectReview' };
    const client = apiClient(server.url, server.caPem, of);
    const { status, body } = await client.request('POST', '/apis/authentication.k8s.io/v1/selfsubjectreviews', review);
    return status === 201 ? (body as { status: { userInfo: never } }).status.userInfo : status;
  };
  try {
    // The server fetches the keys of the issuer after it is ready.
    for (let attempt = 0; attempt < 600 && (await who(token)) === 401; attempt += 1) await pause(100);
    await run({ ...server, who });
  } finally {
    await server.process.stop();
  }
}

/** A token with other claims than Okta gives. */
function changedToken(changes: object): Promise<string> {
  const { issuerUrl, clientId } = settings();
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    ...{ iss: issuerUrl, aud: clientId, sub: '00u1', email: PERSON, iat: now, exp: now + 3600 },
    ...{ tenant: 'example', area: 'eu', groups: ['eks-viewers'] },
  };
  return world.issuer.signForTest(issuerUrl.split('/').at(-1) as string, { ...claims, ...changes });
}

/** Okta's ID of the person. */
const subject = () => decodeJwt(token).sub;

const KNOWN = {
  username: `okta:${PERSON}`,
  groups: ['okta:eks-viewers', 'system:authenticated'],
};

/** Where the arguments come from: the tool itself where it can be had. */
const SOURCES: readonly (readonly [
  string,
  keyof typeof FILE.clusters,
  FlagTarget,
  (text: string) => readonly string[],
])[] = [
  ['the pod that kubeadm makes', 'two', 'kubeadm', argumentsOfKubeadm],
  ['the pod that kubeadm makes', 'one', 'kubeadm-v1beta3', argumentsOfKubeadm],
  [
    'the pod that kubeadm patches',
    'two',
    'static-pod',
    (text) => {
      mkdirSync(join(folder, 'patches'));
      write('patches/kube-apiserver0+json.yaml', text);
      const plain = 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\n';
      return argumentsOfKubeadm(plain, join(folder, 'patches'));
    },
  ],
  [
    'the pod that kubectl patches',
    'two',
    'static-pod',
    (text) => {
      const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'kube-apiserver' } };
      const containers = [{ name: 'kube-apiserver', command: ['kube-apiserver'] }];
      const manifest = write('manifest.json', JSON.stringify({ ...pod, spec: { containers } }));
      const patch = write('patch.yaml', text);
      return argumentsOfPod(
        execFileSync(
          'kubectl',
          ['patch', '--local', '--type', 'json', '--patch-file', patch, '-f', manifest, '-o', 'yaml'],
          { encoding: 'utf8' },
        ),
      );
    },
  ],
  ...(['kops', 'k3d', 'k3s', 'rke2'] as const).map(
    (target) => ['the file or command', 'two', target, (text: string) => argumentsOf(target, text)] as const,
  ),
];

describe('a real API server', () => {
  test.each(SOURCES)(
    'with the flags of %s for %s and %s knows a person from Okta, and refuses another required claim',
    async (_source, cluster, target, read) => {
      const args = read(await printed(cluster, target));

      await withServer([...args, `--oidc-ca-file=${issuerCa}`], async ({ who }) => {
        expect(await who(token)).toMatchObject(KNOWN);
        expect(await who(await changedToken({}))).toMatchObject(KNOWN);
        expect(await who(await changedToken({ tenant: 'other' }))).toBe(401);
        expect(typeof (await who(await changedToken({ area: 'other' })))).toBe(cluster === 'two' ? 'number' : 'object');
        expect(await who(await changedToken({ aud: 'other' }))).toBe(401);
      });
    },
    TIMEOUT,
  );

  test(
    'with flags without a prefix knows a person by the bare name, and a group of Kubernetes itself',
    async () => {
      const args = argumentsOf('k3s', await printed('bare', 'k3s'));

      await withServer([...args, `--oidc-ca-file=${issuerCa}`], async ({ who }) => {
        expect(await who(token)).toMatchObject({
          username: subject(),
          groups: ['eks-viewers', 'system:authenticated'],
        });
        // What the rules of an AuthenticationConfiguration refuse.
        expect(await who(await changedToken({ groups: ['system:nodes'] }))).toMatchObject({
          groups: ['system:nodes', 'system:authenticated'],
        });
      });
    },
    TIMEOUT,
  );

  test.each(['authentication-config', 'authentication-config-v1beta1'])(
    'with %s knows a person from Okta, and refuses another required claim',
    async (target) => {
      const file = structuredFile(await printed('two', target));

      await withServer([`--authentication-config=${file}`], async ({ who }) => {
        expect(await who(token)).toMatchObject(KNOWN);
        expect(await who(await changedToken({ tenant: 'other' }))).toBe(401);
        expect(await who(await changedToken({ area: 'other' }))).toBe(401);
        expect(await who(await changedToken({ area: undefined }))).toBe(401);
      });
    },
    TIMEOUT,
  );

  test.each(['authentication-config', 'authentication-config-v1beta1'])(
    'with %s refuses names of Kubernetes itself',
    async (target) => {
      const file = structuredFile(await printed('bare', target));

      await withServer([`--authentication-config=${file}`], async ({ who }) => {
        expect(await who(token)).toMatchObject({
          username: subject(),
          groups: ['eks-viewers', 'system:authenticated'],
        });
        expect(await who(await changedToken({ groups: ['eks-viewers', 'system:masters'] }))).toBe(401);
        expect(await who(await changedToken({ sub: 'system:kube-scheduler' }))).toBe(401);
      });
    },
    TIMEOUT,
  );

  test(
    'with the audit policy logs what a person from Okta changes, but no Secret, and only the fact of others',
    async () => {
      const policy = write('audit-policy.yaml', await printed('one', 'audit-policy'));
      const log = join(folder, 'audit.log');
      const args = argumentsOf('k3s', await printed('one', 'k3s'));
      const audit = [`--audit-policy-file=${policy}`, `--audit-log-path=${log}`];

      await withServer([...args, `--oidc-ca-file=${issuerCa}`, ...audit], async ({ admin }) => {
        const person = await changedToken({ email: ADMIN, groups: ['eks-admins'] });
        const create = async (path: string, object: { metadata: { name: string } }, of?: string) => {
          const { status, body } = await admin.request('POST', path, object, of);
          expect({ status, body }).toMatchObject({ status: 201 });
        };
        await create('/apis/rbac.authorization.k8s.io/v1/clusterrolebindings', {
          metadata: { name: 'oidc-cluster-admin' },
          ...{ roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' } },
          ...{ subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'okta:eks-admins' }] },
        });
        await create('/api/v1/namespaces', { metadata: { name: 'by-person' } }, person);
        const secret = { metadata: { name: 'of-person' }, ...{ stringData: { password: 'PLANTED-SECRET' } } };
        await create('/api/v1/namespaces/by-person/secrets', secret, person);
        await create('/api/v1/namespaces', { metadata: { name: 'by-admin' } });
        await admin.request('GET', '/api/v1/namespaces/by-person', undefined, person);
      });

      const text = readFileSync(log, 'utf8');
      const events = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as AuditEvent)
        .filter(({ verb, objectRef }) => verb !== 'list' && /^(by-|of-)/.test(objectRef?.name ?? ''))
        .map(({ level, verb, user, objectRef, requestObject }) => [
          ...[level, verb, user.username, objectRef?.resource, requestObject !== undefined],
        ]);
      expect(events).toEqual([
        ['RequestResponse', 'create', `okta:${ADMIN}`, 'namespaces', true],
        ['Metadata', 'create', `okta:${ADMIN}`, 'secrets', false],
        ['Metadata', 'create', 'sandbox-admin', 'namespaces', false],
        ['Metadata', 'get', `okta:${ADMIN}`, 'namespaces', false],
      ]);
      expect(text).not.toContain('PLANTED-SECRET');
      expect(text).not.toContain(Buffer.from('PLANTED-SECRET').toString('base64'));
    },
    TIMEOUT,
  );
});

interface AuditEvent {
  readonly level: string;
  readonly verb: string;
  readonly user: { readonly username: string };
  readonly objectRef?: { readonly resource: string; readonly name?: string };
  readonly requestObject?: unknown;
}
