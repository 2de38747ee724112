import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthenticationConfig } from '../../authentication/authentication-config';
import type { ApiUser } from '../../authentication/user-of-claims';
import { AccessError } from '../../constraints/access-error';
import type { AccessRequest } from '../../rbac';
import type { ChildProcess } from '../child-process';
import { authorityWithKey } from '../okta/certificate-authority';
import type { Tools } from '../tools/build-tools';
import type { ApiClient } from './api-client';
import type { ApiServer } from './api-server';
import { changeAuthentication, writeAuthentication } from './authentication-file';
import { type ControlPlane, startKubeApiserver, type Webhook } from './kube-apiserver';
import { startKubeControllerManager } from './kube-controller-manager';
import { writeKubeconfig } from './kubeconfig';
import { randomToken } from './random-token';

export interface RealApiServerProps {
  readonly tools: Tools;
  /** The private folder of the run. */
  readonly folder: string;
  /** Name for files, and prefix in etcd. */
  readonly name: string;
  readonly etcdUrl: string;
  /** PEM file of the key that signs service account tokens. */
  readonly serviceAccountKey: string;
  /** Whose ID tokens it accepts at first. @default - nobody's */
  readonly authentication?: AuthenticationConfig;
  /** Certificate authority of the issuer, in PEM. */
  readonly issuerCaPem: string;
  readonly tokenReview: Webhook;
  readonly accessReview?: Webhook;
  /** Whether every controller of a real control plane runs, each with its own service account. */
  readonly allControllers: boolean;
  /** Called with each program when it has started. */
  readonly started: (process: ChildProcess) => void;
  /** Creates what the cluster has, while its controllers start. @default - it stays empty */
  readonly fill?: (server: Pick<RunningApiServer, 'admin' | 'adminKubeconfig'>) => Promise<void>;
}

/** A kube-apiserver with its controllers. */
export interface RunningApiServer extends ApiServer {
  readonly name: string;
  readonly url: string;
  readonly caPem: string;
  /** A client with the token of the sandbox administrator. */
  readonly admin: ApiClient;
  /** File of the kubeconfig of the sandbox administrator. */
  readonly adminKubeconfig: string;
  /** Changes whose ID tokens it accepts; undefined for nobody's. Ends when this is in force. */
  trust(authentication: AuthenticationConfig | undefined): Promise<void>;
  stop(): Promise<void>;
}

/** Starts an API server and its controllers, and waits until they are ready. */
export async function startRealApiServer(props: RealApiServerProps): Promise<RunningApiServer> {
  const { tools, folder, name, etcdUrl, serviceAccountKey, issuerCaPem, tokenReview, accessReview } = props;
  const adminToken = randomToken();
  const controlPlane = props.allControllers ? await newControlPlane(name, folder) : undefined;
  const authenticationFile = join(folder, `${name}.authentication.json`);
  writeAuthentication(authenticationFile, props.authentication, issuerCaPem);
  const apiserver = await startKubeApiserver({
    binary: tools.kubeApiserver,
    ...{ name, folder, etcdUrl, serviceAccountKey, adminToken, tokenReview, accessReview, controlPlane },
    authentication: [`--authentication-config=${authenticationFile}`],
  });
  props.started(apiserver.process);
  const { url, caPem, admin } = apiserver;
  const adminKubeconfig = join(folder, `${name}.admin.kubeconfig`);
  writeKubeconfig(adminKubeconfig, [{ name, server: url, caPem, user: { token: adminToken } }]);
  const [manager] = await Promise.all([
    startKubeControllerManager({
      binary: tools.kubeControllerManager,
      ...{ name, folder, apiserver, adminToken, serviceAccountKey, controlPlane, started: props.started },
    }),
    props.fill?.({ admin, adminKubeconfig }),
  ]);
  return {
    ...{ name, url, caPem, admin, adminKubeconfig },
    ask: (token, request) => ask(admin, token, request),
    trust: (config) => changeAuthentication(authenticationFile, config, { caPem: issuerCaPem, admin }),
    async stop() {
      await Promise.all([manager.stop(), apiserver.process.stop()]);
    },
  };
}

/** Uses TokenReview and SubjectAccessReview, so that no request is executed. */
async function ask(admin: ApiClient, token: string | undefined, request: AccessRequest) {
  const user = token ? await reviewToken(admin, token) : ANONYMOUS;
  if (typeof user === 'string') return { status: 401 as const, reason: user };
  const { allowed, reason } = await reviewAccess(admin, user, request);
  return { status: allowed ? (200 as const) : (403 as const), user, reason };
}

const ANONYMOUS: ApiUser = { name: 'system:anonymous', groups: ['system:unauthenticated'] };

/** A user as TokenReview answers it, with what only authorizers read. */
interface TokenUser extends ApiUser {
  readonly extra?: Readonly<Record<string, readonly string[]>>;
}

/** The user of a token, or the reason why the token is not accepted. */
async function reviewToken(admin: ApiClient, token: string): Promise<TokenUser | string> {
  const { authenticated, user, error } = (await review(admin, 'authentication.k8s.io', 'TokenReview', { token })) as {
    authenticated?: boolean;
    user?: { username: string; groups?: readonly string[]; extra?: TokenUser['extra'] };
    error?: string;
  };
  if (!authenticated || user === undefined) return error ?? 'no authenticator accepts this token';
  return { name: user.username, groups: user.groups ?? [], ...(user.extra && { extra: user.extra }) };
}

async function reviewAccess(
  admin: ApiClient,
  { name, groups, extra }: TokenUser,
  request: AccessRequest,
): Promise<{ allowed: boolean; reason: string }> {
  const attributes =
    'path' in request
      ? { nonResourceAttributes: request }
      : { resourceAttributes: { ...request, apiGroup: undefined, group: request.apiGroup } };
  const spec = { user: name, groups, extra, ...attributes };
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

async function newControlPlane(name: string, folder: string): Promise<ControlPlane> {
  const { certificatePem, keyPem } = await authorityWithKey(`client certificates of ${name}`);
  const clientCa = {
    certificate: join(folder, `${name}.client-ca.pem`),
    key: join(folder, `${name}.client-ca.key`),
  };
  writeFileSync(clientCa.certificate, certificatePem);
  writeFileSync(clientCa.key, keyPem, { mode: 0o600 });
  return { controllerManagerToken: randomToken(), clientCa };
}
