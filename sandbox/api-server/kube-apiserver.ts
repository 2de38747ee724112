import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildProcess, startChildProcess } from '../child-process';
import { freePort } from '../free-port';
import { type ApiClient, apiClient } from './api-client';
import { kubeconfig } from './kubeconfig';

export interface KubeApiserverProps {
  readonly binary: string;
  /** Name of the cluster, which is also its prefix in etcd. */
  readonly name: string;
  /** The private folder, which is also the working directory of etcd. */
  readonly folder: string;
  readonly etcdUrl: string;
  /** PEM file of the key that signs service account tokens. */
  readonly serviceAccountKey: string;
  /** Token of the sandbox administrator. */
  readonly adminToken: string;
  /** The flags with which people from Okta can sign in. */
  readonly authentication: readonly string[];
  /**
   * Webhook that authenticates other tokens, which are those of IAM.
   * @default - other tokens are not accepted
   */
  readonly tokenReview?: Webhook;
  /** Webhook that authorizes what RBAC does not allow. @default - nothing else is allowed */
  readonly accessReview?: Webhook;
  /**
   * What lets the controllers of a real control plane sign in.
   * @default - there are none, so that no service account is created and pods need none
   */
  readonly controlPlane?: ControlPlane;
}

/** An HTTPS server that the API server asks. */
export interface Webhook {
  readonly url: string;
  readonly caPem: string;
}

/** Credentials of a control plane whose controllers use service accounts. */
export interface ControlPlane {
  /** Token of the user `system:kube-controller-manager`. */
  readonly controllerManagerToken: string;
  /** PEM files of the authority that issues client certificates. */
  readonly clientCa: { readonly certificate: string; readonly key: string };
}

export interface KubeApiserver {
  readonly url: string;
  readonly caPem: string;
  /** A client with the token of the sandbox administrator. */
  readonly admin: ApiClient;
  readonly process: ChildProcess;
}

const POLL_MS = 50;
const MOST_ATTEMPTS = 3;

/** Starts an API server on a free port of 127.0.0.1 and waits until it is ready. */
export async function startKubeApiserver(props: KubeApiserverProps): Promise<KubeApiserver> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnFreePort(props);
    } catch (error) {
      // Another program can take the port before the API server does.
      if (attempt === MOST_ATTEMPTS || !(error as Error).message.includes('address already in use')) throw error;
    }
  }
}

async function startOnFreePort(props: KubeApiserverProps): Promise<KubeApiserver> {
  const { binary, name, folder, etcdUrl, serviceAccountKey, adminToken, authentication } = props;
  const { controlPlane, tokenReview, accessReview } = props;
  const port = await freePort();
  const url = `https://127.0.0.1:${port}`;
  const file = (kind: string, content: string | object) => {
    const path = join(folder, `${name}.${kind}`);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
    return path;
  };
  const certificates = join(folder, `${name}.certificates-${port}`);
  const child = startChildProcess({
    command: binary,
    args: [
      `--etcd-servers=${etcdUrl}`,
      `--etcd-prefix=/${name}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${port}`,
      `--cert-dir=${certificates}`,
      `--token-auth-file=${file('tokens.csv', tokens(props))}`,
      ...authentication,
      ...(tokenReview === undefined
        ? []
        : [
            `--authentication-token-webhook-config-file=${file('token-review.json', webhookConfig(tokenReview))}`,
            '--authentication-token-webhook-version=v1',
            // Tests change which tokens are valid and ask again at once, so answers must not be cached for long.
            '--authentication-token-webhook-cache-ttl=1s',
          ]),
      ...(accessReview === undefined
        ? ['--authorization-mode=RBAC']
        : [
            '--authorization-mode=RBAC,Webhook',
            `--authorization-webhook-config-file=${file('access-review.json', webhookConfig(accessReview))}`,
            '--authorization-webhook-version=v1',
            // What the webhook answers changes with each call of EKS' API.
            '--authorization-webhook-cache-authorized-ttl=1s',
            '--authorization-webhook-cache-unauthorized-ttl=1s',
          ]),
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${serviceAccountKey}`,
      `--service-account-signing-key-file=${serviceAccountKey}`,
      '--service-cluster-ip-range=10.0.0.0/24',
      ...(controlPlane === undefined
        ? // This plugin waits for service accounts, and no controller creates them here.
          ['--disable-admission-plugins=ServiceAccount']
        : // EKS and kubeadm allow privileged pods.
          [`--client-ca-file=${controlPlane.clientCa.certificate}`, '--allow-privileged']),
      '--profiling=false',
    ],
    folder,
    log: join(folder, `${name}.kube-apiserver.log`),
  });
  try {
    const caPem = await Promise.race([ready(url, join(certificates, 'apiserver.crt'), adminToken), child.failed]);
    return { url, caPem, admin: apiClient(url, caPem, adminToken), process: child };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

/** Waits until the server is ready and returns the certificate that it generates for itself. */
async function ready(url: string, certificate: string, token: string): Promise<string> {
  for (;;) {
    try {
      const caPem = readFileSync(certificate, 'utf8');
      const { status } = await apiClient(url, caPem, token).request('GET', '/readyz');
      if (status === 200) return caPem;
    } catch {
      // The server is still starting.
    }
    await pause(POLL_MS);
  }
}

function tokens({ adminToken, controlPlane }: KubeApiserverProps): string {
  const admin = `${adminToken},sandbox-admin,sandbox-admin,system:masters\n`;
  if (controlPlane === undefined) return admin;
  const manager = 'system:kube-controller-manager';
  return `${admin}${controlPlane.controllerManagerToken},${manager},${manager}\n`;
}

function webhookConfig({ url, caPem }: Webhook): object {
  return kubeconfig([{ name: 'webhook', server: url, caPem, user: {} }]);
}
