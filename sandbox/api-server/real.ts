import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccessRequest } from '../../rbac';
import type { ChildProcess } from '../child-process';
import { runKubectl } from '../kubectl';
import type { CertificateAuthority } from '../okta/certificate-authority';
import type { Tools } from '../tools/build-tools';
import type { ApiClient } from './api-client';
import type { ApiServer, ApiUser } from './api-server';
import { startEtcd } from './etcd';
import { guardsInForce } from './guards-in-force';
import { adminBinding, type IamSession } from './iam-access';
import { type KubeApiserver, startKubeApiserver } from './kube-apiserver';
import { startKubeControllerManager } from './kube-controller-manager';
import { writeKubeconfig } from './kubeconfig';
import { expectedNamespaces, type KubernetesObject } from './kubernetes-objects';
import type { SynthesizedCluster } from './synthesized-clusters';
import { startTokenReview } from './token-review';

/** Version of the API servers, whatever that of a cluster is. */
export const REAL_KUBERNETES = '1.34';

/** A cluster of a synthesis, with what the stacks make in it. */
export interface RealCluster extends SynthesizedCluster {
  /** What the `rbac-<key>` stack makes. */
  readonly objects: readonly KubernetesObject[];
  /** What the `guards-<key>` stack makes. */
  readonly guards: readonly KubernetesObject[];
  /** Who gets in by IAM. */
  readonly iamSessions: readonly IamSession[];
}

export interface RealApiServersProps {
  readonly tools: Tools;
  /** The private folder of the run. */
  readonly folder: string;
  readonly clusters: readonly RealCluster[];
  /** The certificate authority of the run, also of its issuer. */
  readonly ca: CertificateAuthority;
}

export interface RealApiServer extends ApiServer {
  readonly key: string;
  readonly url: string;
  readonly caPem: string;
  /** Kubeconfig of the run's own administrator. */
  readonly adminKubeconfig: string;
  /** Tokens of this run by the principal of IAM that they stand for. */
  readonly iamTokens: ReadonlyMap<string, string>;
  /** Namespaces that the stacks expect and the run made. */
  readonly madeNamespaces: readonly string[];
}

export interface RealApiServers {
  /** By the key of the cluster. */
  readonly servers: ReadonlyMap<string, RealApiServer>;
  /** Fails when one of the programs ends by itself. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** Starts one etcd, and an API server for each cluster, with what the stacks make in it. */
export async function startRealApiServers(props: RealApiServersProps): Promise<RealApiServers> {
  const { tools, folder, clusters, ca } = props;
  const processes: ChildProcess[] = [];
  const serviceAccountKey = writeServiceAccountKey(folder);
  const iam = new Map(clusters.map(({ key, iamSessions }) => [key, tokensOf(iamSessions)]));
  const reviews = await startTokenReview({
    tokens: new Map([...iam].map(([key, tokens]) => [key, new Map(tokens.map(({ token, user }) => [token, user]))])),
    certificate: await ca.serverCertificate(),
  });
  const close = async () => {
    await Promise.all(processes.map((child) => child.stop()));
    await reviews.close();
  };
  const start = async (cluster: RealCluster, etcdUrl: string): Promise<RealApiServer> => {
    const { key, authentication } = cluster;
    const adminToken = randomToken();
    const tokenReview = { url: reviews.url(key), caPem: ca.caPem };
    const apiserver = await startKubeApiserver({
      binary: tools.kubeApiserver,
      ...{
        name: key,
        folder,
        etcdUrl,
        serviceAccountKey,
        adminToken,
        authentication,
        issuerCaPem: ca.caPem,
        tokenReview,
      },
    });
    processes.push(apiserver.process);
    const adminKubeconfig = join(folder, `${key}.admin.kubeconfig`);
    const user = { token: adminToken };
    writeKubeconfig(adminKubeconfig, [{ name: key, server: apiserver.url, caPem: apiserver.caPem, user }]);
    const binary = tools.kubeControllerManager;
    const [manager, madeNamespaces] = await Promise.all([
      startKubeControllerManager({ binary, name: key, folder, apiserver, adminToken }),
      applyCluster(cluster, folder, adminKubeconfig, apiserver.admin),
    ]);
    processes.push(manager);
    const iamTokens = new Map((iam.get(key) ?? []).map(({ principalArn, token }) => [principalArn, token]));
    return { ...realApiServer(apiserver), key, adminKubeconfig, iamTokens, madeNamespaces };
  };
  try {
    const etcd = startEtcd(tools.etcd, folder);
    processes.push(etcd.process);
    const started = Promise.all(clusters.map((cluster) => start(cluster, etcd.url)));
    const servers = await Promise.race([started, etcd.process.failed]);
    const failed = Promise.race(processes.map((child) => child.failed));
    failed.catch(() => {});
    return { servers: new Map(servers.map((server) => [server.key, server])), failed, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Applies what the stacks make, and what stands in for EKS' access policies; returns the namespaces that it had to add. */
async function applyCluster(
  { objects, guards, iamSessions }: RealCluster,
  folder: string,
  kubeconfig: string,
  admin: ApiClient,
): Promise<readonly string[]> {
  const added = expectedNamespaces(objects);
  const namespaces = added.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const bindings = iamSessions.filter(({ isAdmin }) => isAdmin).map(adminBinding);
  const items = [...namespaces, ...objects, ...bindings, ...guards];
  const { code, stderr } = await runKubectl({
    folder,
    kubeconfig,
    args: ['apply', '--server-side', '--force-conflicts', '-f', '-'],
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  if (code !== 0) throw new Error(`What the stacks make could not be applied:\n${stderr}`);
  if (guards.length > 0) await guardsInForce(admin);
  return added;
}

/** Asks for reviews: what somebody may do is answered without doing it. */
function realApiServer({ url, caPem, admin }: KubeApiserver): Pick<RealApiServer, 'url' | 'caPem' | 'ask'> {
  return {
    url,
    caPem,
    async ask(token, request) {
      const user = token ? await reviewedUser(admin, token) : ANONYMOUS;
      if (typeof user === 'string') return { status: 401, reason: user };
      const { allowed, reason } = await reviewedAccess(admin, user, request);
      return { status: allowed ? 200 : 403, user, reason };
    },
  };
}

const ANONYMOUS: ApiUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** Who has a token, or why nobody does. */
async function reviewedUser(admin: ApiClient, token: string): Promise<ApiUser | string> {
  const { authenticated, user, error } = (await reviewed(admin, 'authentication.k8s.io', 'TokenReview', { token })) as {
    authenticated?: boolean;
    user?: { username: string; groups?: readonly string[] };
    error?: string;
  };
  if (!authenticated || user === undefined) return error ?? 'no authenticator knows this token';
  return { name: user.username, groups: user.groups ?? [] };
}

async function reviewedAccess(
  admin: ApiClient,
  { name, groups }: ApiUser,
  request: AccessRequest,
): Promise<{ allowed: boolean; reason: string }> {
  const attributes =
    'path' in request
      ? { nonResourceAttributes: request }
      : { resourceAttributes: { ...request, apiGroup: undefined, group: request.apiGroup } };
  const spec = { user: name, groups, ...attributes };
  const { allowed, reason = '' } = (await reviewed(admin, 'authorization.k8s.io', 'SubjectAccessReview', spec)) as {
    allowed: boolean;
    reason?: string;
  };
  return { allowed, reason };
}

async function reviewed(admin: ApiClient, group: string, kind: string, spec: object): Promise<unknown> {
  const apiVersion = `${group}/v1`;
  const { status, body } = await admin.request('POST', `/apis/${apiVersion}/${kind.toLowerCase()}s`, {
    apiVersion,
    kind,
    spec,
  });
  if (status !== 201) throw new Error(`The API server answered a ${kind} with ${status}: ${JSON.stringify(body)}`);
  return (body as { status: unknown }).status;
}

function tokensOf(sessions: readonly IamSession[]): readonly (IamSession & { token: string })[] {
  return sessions.map((session) => ({ ...session, token: randomToken() }));
}

function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

function writeServiceAccountKey(folder: string): string {
  const file = join(folder, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return file;
}
