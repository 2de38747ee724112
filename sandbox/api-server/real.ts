import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AccessError } from '../../constraints/access-error';
import type { AccessRequest } from '../../rbac';
import type { ChildProcess } from '../child-process';
import { runKubectl } from '../kubectl';
import type { CertificateAuthority } from '../okta/certificate-authority';
import type { Tools } from '../tools/build-tools';
import { startAccessReview } from './access-review';
import type { ApiClient } from './api-client';
import { startEtcd } from './etcd';
import { guardsInForce } from './guards-in-force';
import { adminBinding, type IamSession } from './iam-access';
import { expectedNamespaces, type KubernetesObject } from './kubernetes-objects';
import { randomToken } from './random-token';
import { type RealApiServerProps, type RunningApiServer, startRealApiServer } from './real-api-server';
import type { SynthesizedCluster } from './synthesized-clusters';
import { type ReviewedUser, startTokenReview } from './token-review';

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
   * The controllers that run: those that aggregate roles, delete namespaces, and count for quotas, as administrator,
   * or those of a real control plane, each with its own service account.
   * @default 'aggregation'
   */
  readonly controllers?: 'aggregation' | 'all';
  /**
   * Who enters with IAM, which the local AWS decides.
   * @default - random tokens and bindings replace IAM credentials and access policies
   */
  readonly iam?: IamAccess;
}

/** Who enters the clusters with IAM, and what EKS allows them beside RBAC. */
export interface IamAccess {
  /** @param cluster name of the API server. */
  userOf(cluster: string, token: string): Promise<ReviewedUser | undefined>;
  allows(cluster: string, user: ReviewedUser, request: AccessRequest): boolean;
}

export interface RealApiServer extends RunningApiServer {
  readonly key: string;
  /** Tokens that replace IAM credentials, by the ARN of the principal. */
  readonly iamTokens: ReadonlyMap<string, string>;
  /** Namespaces that the stacks expect to exist and the sandbox created. */
  readonly createdNamespaces: readonly string[];
}

export interface RealApiServers {
  /** The API servers by cluster key. */
  readonly servers: ReadonlyMap<string, RealApiServer>;
  /**
   * Starts one more API server, with nothing in it, which accepts the ID tokens of nobody.
   * @param name unique among all of the run.
   */
  add(name: string): Promise<RunningApiServer>;
  /** Fails when a program ends unexpectedly. */
  readonly failed: Promise<never>;
  close(): Promise<void>;
}

/** Starts one etcd and an API server for each cluster, and applies the objects of the stacks. */
export async function startRealApiServers(props: RealApiServersProps): Promise<RealApiServers> {
  const { tools, folder, clusters, ca, controllers = 'aggregation', iam } = props;
  const processes: ChildProcess[] = [];
  const iamTokens = new Map(clusters.map(({ key, iamSessions }) => [key, tokensOf(iam ? [] : iamSessions)]));
  const reviews = await startTokenReview({
    userOf: iam ? (cluster, token) => iam.userOf(cluster, token) : (key, token) => userOf(iamTokens.get(key), token),
    certificate: await ca.serverCertificate(),
  });
  const authorizer =
    iam && (await startAccessReview({ allows: iam.allows.bind(iam), certificate: await ca.serverCertificate() }));
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const watch = (process: ChildProcess) => {
    processes.push(process);
    process.failed.catch(fail);
  };
  const etcd = startEtcd(tools.etcd, folder);
  watch(etcd.process);
  const serviceAccountKey = writeServiceAccountKey(folder);
  const start = (name: string, given: Pick<RealApiServerProps, 'authentication' | 'fill'> = {}) =>
    startRealApiServer({
      ...{ tools, folder, name, etcdUrl: etcd.url, serviceAccountKey, issuerCaPem: ca.caPem, started: watch, ...given },
      tokenReview: { url: reviews.url(name), caPem: ca.caPem },
      ...(authorizer && { accessReview: { url: authorizer.url(name), caPem: ca.caPem } }),
      allControllers: controllers === 'all',
    });
  const startWithObjects = async (cluster: RealCluster): Promise<RealApiServer> => {
    const { key, authentication } = cluster;
    let createdNamespaces: readonly string[] = [];
    const server = await start(key, {
      authentication,
      async fill(server) {
        createdNamespaces = await applyCluster(cluster, folder, server, iam === undefined);
      },
    });
    const tokens = new Map((iamTokens.get(key) ?? []).map(({ principalArn, token }) => [principalArn, token]));
    return { ...server, key, iamTokens: tokens, createdNamespaces };
  };
  const close = async () => {
    await Promise.all(processes.map((process) => process.stop()));
    await Promise.all([reviews.close(), authorizer?.close()]);
  };
  try {
    const servers = await Promise.race([Promise.all(clusters.map(startWithObjects)), failed]);
    return {
      servers: new Map(servers.map((server) => [server.key, server])),
      add: (name) => Promise.race([start(name), failed]),
      ...{ failed, close },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Applies the objects of a cluster, and the bindings that replace EKS access policies. Returns the namespaces that it created. */
async function applyCluster(
  { objects, guards, iamSessions }: RealCluster,
  folder: string,
  { adminKubeconfig, admin }: { readonly adminKubeconfig: string; readonly admin: ApiClient },
  withBindings: boolean,
): Promise<readonly string[]> {
  const created = expectedNamespaces(objects);
  const namespaces = created.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  const bindings = withBindings ? iamSessions.filter(({ isAdmin }) => isAdmin).map(adminBinding) : [];
  const items = [...namespaces, ...objects, ...bindings, ...guards];
  const { code, stderr } = await runKubectl({
    folder,
    kubeconfig: adminKubeconfig,
    args: ['apply', '--server-side', '--force-conflicts', '-f', '-'],
    input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }),
  });
  if (code !== 0) throw new AccessError(`kubectl could not apply the objects of the stacks:\n${stderr}`);
  if (guards.length > 0) await guardsInForce(admin);
  return created;
}

type IamToken = IamSession & { readonly token: string };

function tokensOf(sessions: readonly IamSession[]): readonly IamToken[] {
  return sessions.map((session) => ({ ...session, token: randomToken() }));
}

function userOf(tokens: readonly IamToken[] = [], token: string): ReviewedUser | undefined {
  return tokens.find((known) => known.token === token)?.user;
}

function writeServiceAccountKey(folder: string): string {
  const file = join(folder, 'service-accounts.key');
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  writeFileSync(file, privateKey.export({ type: 'sec1', format: 'pem' }), { mode: 0o600 });
  return file;
}
