import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type ChildProcess, startChildProcess } from '../child-process';
import { rolesAreAggregated } from './aggregated-roles';
import type { KubeApiserver } from './kube-apiserver';
import { writeKubeconfig } from './kubeconfig';

export interface KubeControllerManagerProps {
  readonly binary: string;
  readonly name: string;
  readonly folder: string;
  readonly apiserver: KubeApiserver;
  readonly adminToken: string;
}

const POLL_MS = 50;

/** Starts the controller that aggregates `view`, `edit` and `admin`, and waits until they are complete. */
export async function startKubeControllerManager(props: KubeControllerManagerProps): Promise<ChildProcess> {
  const { binary, name, folder, apiserver, adminToken } = props;
  const config = join(folder, `${name}.controller-manager.kubeconfig`);
  writeKubeconfig(config, [{ name, server: apiserver.url, caPem: apiserver.caPem, user: { token: adminToken } }]);
  const child = startChildProcess({
    command: binary,
    args: [
      `--kubeconfig=${config}`,
      '--controllers=clusterrole-aggregation-controller',
      '--leader-elect=false',
      // Nothing connects to its API.
      '--secure-port=0',
    ],
    folder,
    log: join(folder, `${name}.kube-controller-manager.log`),
  });
  await Promise.race([aggregated(apiserver), child.failed]);
  return child;
}

async function aggregated({ admin }: KubeApiserver): Promise<void> {
  for (;;) {
    const { body } = await admin.request('GET', '/apis/rbac.authorization.k8s.io/v1/clusterroles');
    if (rolesAreAggregated((body as { items: readonly unknown[] }).items)) return;
    await pause(POLL_MS);
  }
}
