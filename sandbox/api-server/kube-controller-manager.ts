import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildProcess, startChildProcess } from '../child-process';
import { rolesAreAggregated } from './aggregated-roles';
import type { ControlPlane, KubeApiserver } from './kube-apiserver';
import { writeKubeconfig } from './kubeconfig';

export interface KubeControllerManagerProps {
  readonly binary: string;
  readonly name: string;
  readonly folder: string;
  readonly apiserver: KubeApiserver;
  readonly adminToken: string;
  /** PEM file of the key that signs service account tokens. */
  readonly serviceAccountKey: string;
  /**
   * What lets every controller of a real control plane run, each with its own service account.
   * @default - those run that aggregate roles, delete namespaces, and count for quotas, as administrator
   */
  readonly controlPlane?: ControlPlane;
  /** Called when the program has started. @default - nothing happens */
  readonly started?: (process: ChildProcess) => void;
}

/** Without the second one, a deleted namespace would never go; Terraform waits until the third one has seen a quota. */
const FEW_CONTROLLERS = 'clusterrole-aggregation-controller,namespace-controller,resourcequota-controller';
const POLL_MS = 50;

/** Starts the controllers, and waits until `view`, `edit` and `admin` are aggregated. */
export async function startKubeControllerManager(props: KubeControllerManagerProps): Promise<ChildProcess> {
  const { binary, name, folder, apiserver, adminToken, controlPlane } = props;
  const config = join(folder, `${name}.controller-manager.kubeconfig`);
  const user = { token: controlPlane?.controllerManagerToken ?? adminToken };
  writeKubeconfig(config, [{ name, server: apiserver.url, caPem: apiserver.caPem, user }]);
  const child = startChildProcess({
    command: binary,
    args: [
      `--kubeconfig=${config}`,
      ...(controlPlane === undefined ? [`--controllers=${FEW_CONTROLLERS}`] : everyController(props, controlPlane)),
      '--leader-elect=false',
      // Nothing connects to its API.
      '--secure-port=0',
    ],
    folder,
    log: join(folder, `${name}.kube-controller-manager.log`),
  });
  props.started?.(child);
  await Promise.race([aggregated(apiserver), child.failed]);
  return child;
}

function everyController(
  { name, folder, apiserver, serviceAccountKey }: KubeControllerManagerProps,
  { clientCa }: ControlPlane,
): readonly string[] {
  const rootCa = join(folder, `${name}.ca.pem`);
  writeFileSync(rootCa, apiserver.caPem);
  return [
    // There is no kubelet, and this controller would taint every node, so that no DaemonSet creates a pod.
    // kubeadm enables the one that deletes expired bootstrap tokens.
    '--controllers=*,-node-lifecycle-controller,token-cleaner-controller',
    '--use-service-account-credentials',
    `--service-account-private-key-file=${serviceAccountKey}`,
    `--root-ca-file=${rootCa}`,
    `--cluster-signing-cert-file=${clientCa.certificate}`,
    `--cluster-signing-key-file=${clientCa.key}`,
  ];
}

async function aggregated({ admin }: KubeApiserver): Promise<void> {
  for (;;) {
    const { body } = await admin.request('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles');
    if (rolesAreAggregated((body as { items: readonly unknown[] }).items)) return;
    await pause(POLL_MS);
  }
}
