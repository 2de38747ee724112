import type { Attempt } from './attacker';
import type { Answer } from './client';
import { created, isDone, newName } from './creating';
import { KUBE_SYSTEM, SAFE_POD, until } from './playing-field';

type Json = Readonly<Record<string, unknown>>;

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
  /** The object for a pod template. */
  readonly spec: (template: Json, labels: Json) => Json;
}

const kind = (apiVersion: string, name: string, spec: Kind['spec']): Kind => ({
  ...{ apiVersion, kind: name, resource: `${name.toLowerCase()}s`, spec },
});
const job = (template: Json) => ({
  template: { ...template, spec: { ...(template.spec as Json), restartPolicy: 'Never' } },
});
const selected = (template: Json, matchLabels: Json) => ({ selector: { matchLabels }, template });

/** What creates pods, the slowest last. */
const CONTROLLERS: readonly Kind[] = [
  kind('v1', 'ReplicationController', (template, selector) => ({ selector, template })),
  kind('apps/v1', 'ReplicaSet', selected),
  kind('apps/v1', 'Deployment', selected),
  kind('apps/v1', 'DaemonSet', selected),
  kind('apps/v1', 'StatefulSet', selected),
  kind('batch/v1', 'Job', job),
  kind('batch/v1', 'CronJob', (template) => ({ schedule: '* * * * *', jobTemplate: { spec: job(template) } })),
];

/** Workloads that exist in kube-system on EKS and with kubeadm. */
const EXISTING = [
  { resource: 'deployments', name: 'coredns' },
  { resource: 'daemonsets', name: 'kube-proxy' },
];

/** A pod that is root on its node. */
export const RUN_ROOT: Json = {
  hostPID: true,
  containers: [{ name: 'main', image: 'image', securityContext: { privileged: true } }],
  volumes: [{ name: 'node', hostPath: { path: '/' } }],
};

/** A pod that the standard `restricted` admits, with a volume, and with the group of root as its group. */
export const RUN_VOLUME = (claimName: string): Json => ({
  securityContext: { ...SAFE_POD.securityContext, runAsGroup: 0, supplementalGroups: [0] },
  containers: SAFE_POD.containers.map((container) => ({
    ...container,
    volumeMounts: [{ name: 'node', mountPath: '/node' }],
  })),
  volumes: [{ name: 'node', persistentVolumeClaim: { claimName } }],
});

/** Tries each way to run a pod in a namespace. Returns the first pod that is admitted. */
export async function running(attempt: Attempt, place: string, spec: Json): Promise<Answer['body'] | undefined> {
  const { field } = attempt;
  const labels = { attempt: newName() };
  const template: Json = { metadata: { labels }, spec: { ...SAFE_POD, ...spec } };
  const pod = await created(attempt, `/api/v1/namespaces/${place}/pods`, (name) => ({
    ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, labels }, spec: template.spec },
  }));
  if (pod !== undefined) return pod;
  for (const { apiVersion, kind, resource, spec: specOf } of CONTROLLERS) {
    const path = pathOf(apiVersion, place, resource);
    const workload = await created(attempt, path, (name) => ({
      ...{ apiVersion, kind, metadata: { name }, spec: specOf(template, labels) },
    }));
    if (workload === undefined) continue;
    const found = await podOf(attempt, place, labels, workload.metadata.name);
    if (found !== undefined) return found;
    await field.admin('DELETE', `${path}/${workload.metadata.name}?propagationPolicy=Background`);
  }
  return place === KUBE_SYSTEM ? runningInExisting(attempt, labels, template.spec as Json) : undefined;
}

async function runningInExisting(
  attempt: Attempt,
  labels: { readonly attempt: string },
  spec: Json,
): Promise<Answer['body'] | undefined> {
  const { field, send } = attempt;
  for (const { resource, name } of EXISTING) {
    const path = `${pathOf('apps/v1', KUBE_SYSTEM, resource)}/${name}`;
    const found = await field.alone(path, async () => {
      const { metadata, spec: old, ...rest } = await field.must('GET', path);
      const { resourceVersion: _any, ...kept } = metadata;
      const changed = {
        template: {
          metadata: { labels: { ...old.template.metadata.labels, ...labels } },
          spec: { ...old.template.spec, ...spec },
        },
      };
      const isChanged =
        isDone(await send('PATCH', path, { spec: changed })) ||
        isDone(await send('PUT', path, { ...rest, metadata: kept, spec: { ...old, ...changed } }));
      return isChanged ? podOf(attempt, KUBE_SYSTEM, labels, name) : undefined;
    });
    if (found !== undefined) return found;
  }
  return undefined;
}

function pathOf(apiVersion: string, namespace: string, resource: string): string {
  return `${apiVersion === 'v1' ? '/api' : '/apis'}/${apiVersion}/namespaces/${namespace}/${resource}`;
}

/** Waits for the pod of a workload; undefined if its controller is refused to create it. */
async function podOf(
  { field }: Attempt,
  place: string,
  { attempt }: { readonly attempt: string },
  workload: string,
): Promise<Answer['body'] | undefined> {
  const found = await until(`a pod of ${workload} in ${place}`, async () => {
    const { items: pods } = await field.must(
      'GET',
      `/api/v1/namespaces/${place}/pods?labelSelector=attempt=${attempt}`,
    );
    if (pods.length > 0) return { pod: pods[0] };
    const failures = await field.must('GET', `/api/v1/namespaces/${place}/events?fieldSelector=reason=FailedCreate`);
    const isItsOwn = ({ involvedObject }: Answer['body']) => new RegExp(`^${workload}(-|$)`).test(involvedObject.name);
    return failures.items.some(isItsOwn) && { pod: undefined };
  });
  return found.pod;
}
