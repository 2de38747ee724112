import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiUser } from '../../authentication/user-of-claims';
import { AccessError } from '../../constraints/access-error';
import type { AccessRequest } from '../../rbac';
import { structuredAuthentication } from '../../sign-in/api-server-flags/structured-authentication';
import type { ChildProcess } from '../child-process';
import { runKubectl } from '../kubectl';
import { authorityWithKey, type CertificateAuthority } from '../okta/certificate-authority';
import type { Tools } from '../tools/build-tools';
import type { ApiClient } from './api-client';
import type { ApiServer } from './api-server';
import { startEtcd } from './etcd';
import { guardsInForce } from './guards-in-force';
import { adminBinding, type IamSession } from './iam-access';
import { type ControlPlane, type KubeApiserver, startKubeApiserver } from './kube-apiserver';
import { startKubeControllerManager } from './kube-controller-manager';
import { writeKubeconfig } from './kubeconfig';
import { expectedNamespaces, type KubernetesObject } from './kubernetes-objects';
import type { SynthesizedCluster } from './synthesized-clusters';
import { startTokenReview } from './token-review';

/** Kubernetes version of all API servers, independent of the versions of the clusters. */
export const REAL_KUBERNETES = '1.34';

/** A cluster of synthesized stacks with the objects in it. */
export interface RealCluster extends SynthesizedCluster {
  /** Objects of the `rbac-<key>` stack. */
  readonly objects: readonly KubernetesObject[];
  /** Objects of the `guards-<key>` stack. */
  readonly guards: readonly KubernetesObject[];
  /** IAM roles that have access. */
  readonly iamSessions: readonly IamSession[];
}

export interface RealApiServersProps {
  readonly tools: Tools;
  /** The private folder of the run. */
  readonly folder: string;
  readonly clusters: readonly RealCluster[];
  /** The certificate authority of the run. */
  readonly ca: CertificateAuthority;
  /**
   * The controllers that run: the one that aggregates roles, as administrator, or those of a real control plane, each
   * with its own service account.
   * @default 'aggregation'
   */
  readonly controllers?: 'aggregation' | 'all';
}

export interface RealApiServer extends ApiServer {
  readonly key: string;
  readonly url: string;
  readonly caPem: string;
  /** File of the kubeconfig of the sandbox administrator. */
  readonly adminKubeconfig: string;
  /** Tokens that replace IAM credentials, by the ARN of the principal. */
  readonly iamTokens: ReadonlyMap<string, string>;
  /** Namespaces that the stacks expect to exist and the sandbox created. */
  readonly createdNamespaces: readonly string[];
}

export interface RealApiServers {
  /** The API servers by cluster key. */
  readonly servers: ReadonlyMap<string, RealApiServer>;
  /** Fails when a program ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** Starts one etcd and an API server for each cluster, and applies the objects of the stacks. */
export async function startRealApiServers(props: RealApiServersProps): Promise<RealApiServers> {
  const { tools, folder, clusters, ca, controllers = 'aggregation' } = props;
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
    const { key } = cluster;
    const adminToken = randomToken();
    const tokenReview = { url: reviews.url(key), caPem: ca.caPem };
    const controlPlane = controllers === 'all' ? await newControlPlane(key, folder) : undefined;
    const apiserver = await startKubeApiserver({
      binary: tools.kubeApiserver,
      ...{
        name: key,
        folder,
        etcdUrl,
        serviceAccountKey,
        adminToken,
        authentication: [`--authentication-config=${writeAuthentication(cluster, folder, ca)}`],
        tokenReview,
        controlPlane,
      },
    });
    processes.push(apiserver.process);
    const adminKubeconfig = join(folder, `${key}.admin.kubeconfig`);
    const user = { token: adminToken };
    writeKubeconfig(adminKubeconfig, [{ name: key, server: apiserver.url, caPem: apiserver.caPem, user }]);
    const binary = tools.kubeControllerManager;
    const [manager, createdNamespaces] = await Promise.all([
      startKubeControllerManager({
        ...{ binary, name: key, folder, apiserver, adminToken, serviceAccountKey, controlPlane },
      }),
      applyCluster(cluster, folder, adminKubeconfig, apiserver.admin),
    ]);
    processes.push(manager);
    const iamTokens = new Map((iam.get(key) ?? []).map(({ principalArn, token }) => [principalArn, token]));
    return { ...realApiServer(apiserver), key, adminKubeconfig, iamTokens, createdNamespaces };
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

function writeAuthentication({ key, authentication }: RealCluster, folder: string, { caPem }: CertificateAuthority) {
  const file = join(folder, `${key}.authentication.json`);
  writeFileSync(file, JSON.stringify(structuredAuthentication(authentication, { certificateAuthority: caPem })));
  return file;
}

/** Applies the objects of a cluster and the bindings that replace EKS access policies. Returns the namespaces that it created. */
async function applyCluster(
  { objects, guards, iamSessions }: RealCluster,
  folder: string,
  kubeconfig: string,
  admin: ApiClient,
): Promise<readonly string[]> {
  const created = expectedNamespaces(objects);
  const namespaces = created.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const bindings = iamSessions.filter(({ isAdmin }) => isAdmin).map(adminBinding);
  const items = [...namespaces, ...objects, ...bindings, ...guards];
  const { code, stderr } = await runKubectl({
    folder,
    kubeconfig,
    args: ['apply', '--server-side', '--force-conflicts', '-f', '-'],
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  if (code !== 0) throw new AccessError(`kubectl could not apply the objects of the stacks:\n${stderr}`);
  if (guards.length > 0) await guardsInForce(admin);
  return created;
}

/** Uses TokenReview and SubjectAccessReview, so that no request is executed. */
function realApiServer({ url, caPem, admin }: KubeApiserver): Pick<RealApiServer, 'url' | 'caPem' | 'ask'> {
  return {
    url,
    caPem,
    async ask(token, request) {
      const user = token ? await reviewToken(admin, token) : ANONYMOUS;
      if (typeof user === 'string') return { status: 401, reason: user };
      const { allowed, reason } = await reviewAccess(admin, user, request);
      return { status: allowed ? 200 : 403, user, reason };
    },
  };
}

const ANONYMOUS: ApiUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** The user of a token, or the reason why the token is not accepted. */
async function reviewToken(admin: ApiClient, token: string): Promise<ApiUser | string> {
  const { authenticated, user, error } = (await review(admin, 'authentication.k8s.io', 'TokenReview', { token })) as {
    authenticated?: boolean;
    user?: { username: string; groups?: readonly string[] };
    error?: string;
  };
  if (!authenticated || user === undefined) return error ?? 'no authenticator accepts this token';
  return { name: user.username, groups: user.groups ?? [] };
}

async function reviewAccess(
  admin: ApiClient,
  { name, groups }: ApiUser,
  request: AccessRequest,
): Promise<{ allowed: boolean; reason: string }> {
  const attributes =
    'path' in request
      ? { nonResourceAttributes: request }
      : { resourceAttributes: { ...request, apiGroup: undefined, group: request.apiGroup } };
  const spec = { user: name, groups, ...attributes };
  const { allowed, reason = '' } = (await review(admin, 'authorization.k8s.io', 'SubjectAccessReview', spec)) as {
    allowed: boolean;
    reason?: string;
  };
  return { allowed, reason };
}

async function review(admin: ApiClient, group: string, kind: string, spec: object): Promise<unknown> {
  const apiVersion = `${group}/v1`;
  const { status, body } = await admin.request('POST', `/apis/${apiVersion}/${kind.toLowerCase()}s`, {
    apiVersion,
    kind,
    spec,
  });
  if (status !== 201) throw new AccessError(`The API server returned ${status} for a ${kind}: ${JSON.stringify(body)}`);
  return (body as { status: unknown }).status;
}

function tokensOf(sessions: readonly IamSession[]): readonly (IamSession & { token: string })[] {
  return sessions.map((session) => ({ ...session, token: randomToken() }));
}

function randomToken(): string {
  return randomBytes(32).toString('base64url');
}

async function newControlPlane(key: string, folder: string): Promise<ControlPlane> {
  const { certificatePem, keyPem } = await authorityWithKey(`client certificates of ${key}`);
  const clientCa = {
    certificate: join(folder, `${key}.client-ca.pem`),
    key: join(folder, `${key}.client-ca.key`),
  };
  writeFileSync(clientCa.certificate, certificatePem);
  writeFileSync(clientCa.key, keyPem, { mode: 0o600 });
  return { controllerManagerToken: randomToken(), clientCa };
}

function writeServiceAccountKey(folder: string): string {
  const file = join(folder, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return file;
}
