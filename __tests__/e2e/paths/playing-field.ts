import { setTimeout as pause } from 'node:timers/promises';
import type { Answer, Client, Credentials, Method } from './client';

/** A user with groups. */
export interface Impersonated {
  readonly user: string;
  readonly groups?: readonly string[];
}

const POLL_MS = 100;
const DEADLINE_MS = 300_000;
const RBAC = '/apis/rbac.authorization.k8s.io/v1';

/** Namespaces in which every attempt is made: that of the control plane, and one in which nothing runs. */
export const KUBE_SYSTEM = 'kube-system';
export const ELSEWHERE = 'elsewhere';
export const NODE = 'node-1';

/** The cluster as its administrator and its kubelets see it. */
export interface PlayingField {
  readonly client: Client;
  /** A request of the administrator, which guards let pass. */
  admin(method: Method, path: string, body?: object): Promise<Answer>;
  /** The same; fails where the answer is an error. */
  must(method: Method, path: string, body?: object): Promise<Answer['body']>;
  /** Service accounts that exist in a namespace. */
  serviceAccounts(namespace: string): Promise<readonly string[]>;
  /** What a kubelet puts into a pod: the token of its service account. Fails if the pod is gone. */
  tokenInPod(pod: Answer['body']): Promise<string>;
  /** Runs one action at a time on an object that others use as well. */
  alone<Result>(object: string, run: () => Promise<Result>): Promise<Result>;
  /** A request of somebody whom RBAC allows everything, so that only policies and standards decide. */
  as(who: Impersonated, method: Method, path: string, body?: object, contentType?: string): Promise<Answer>;
  /** Whether policies and standards let somebody without a role in them create an object. */
  admits(namespace: string, resource: string, object: object): Promise<boolean>;
  /** Whether somebody is allowed something. */
  isAllowed(who: Credentials, attributes: object): Promise<boolean>;
}

export function playingField(client: Client, adminToken: string): PlayingField {
  // Guards let the API server pass, and the group allows everything.
  const credentials = { token: adminToken, impersonated: { user: 'system:apiserver', groups: ['system:masters'] } };
  const turns = new Map<string, Promise<unknown>>();
  const field: PlayingField = {
    client,
    admin: (method, path, body) => client.send(credentials, method, path, body),
    async must(method, path, body) {
      const answer = await field.admin(method, path, body);
      if (answer.status >= 300) {
        throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      return answer.body;
    },
    async serviceAccounts(namespace) {
      const { items } = await field.must('GET', `/api/v1/namespaces/${namespace}/serviceaccounts`);
      return (items as { metadata: { name: string } }[]).map(({ metadata }) => metadata.name);
    },
    async tokenInPod({ metadata: { name, namespace, uid }, spec }) {
      const { serviceAccountName } = spec;
      const boundObjectRef = { apiVersion: 'v1', kind: 'Pod', name, uid };
      const path = `/api/v1/namespaces/${namespace}/serviceaccounts/${serviceAccountName}/token`;
      return (await field.must('POST', path, { spec: { boundObjectRef } })).status.token;
    },
    async alone(object, run) {
      const result = (turns.get(object) ?? Promise.resolve()).then(run);
      turns.set(
        object,
        result.catch(() => {}),
      );
      return result;
    },
    as({ user, groups = [] }, ...request) {
      const impersonated = { user, groups: [...groups, 'system:masters'] };
      return client.send({ ...credentials, impersonated }, ...request);
    },
    async admits(namespace, resource, object) {
      const path = `/api/v1/namespaces/${namespace}/${resource}?dryRun=All`;
      return (await field.as({ user: 'stranger' }, 'POST', path, object)).status === 201;
    },
    async isAllowed(who, resourceAttributes) {
      const { status, body } = await client.send(
        who,
        'POST',
        '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
        { spec: { resourceAttributes } },
      );
      return status === 201 && body.status.allowed === true;
    },
  };
  return field;
}

/** Waits until something is there. It fails after minutes, which only a broken cluster takes. */
export async function until<Value>(what: string, look: () => Promise<Value | undefined | false>): Promise<Value> {
  const end = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) throw new Error(`waited too long: ${what}`);
    await pause(POLL_MS);
  }
}

/** A pod that the standard `restricted` admits. */
export const SAFE_POD = {
  securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } },
  containers: [
    {
      name: 'main',
      image: 'image',
      securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    },
  ],
};

/** Creates what every cluster of EKS or kubeadm has, a node, and a namespace in which nothing runs. */
export async function furnish({ must }: PlayingField): Promise<void> {
  await must('POST', '/api/v1/nodes', { metadata: { name: NODE } });
  await must('PATCH', `/api/v1/nodes/${NODE}/status`, {
    status: {
      // There is no kubelet. The API server connects to no loopback address, and says so after it admitted a request.
      addresses: [{ type: 'InternalIP', address: '127.0.0.1' }],
      daemonEndpoints: { kubeletEndpoint: { Port: 1 } },
      conditions: [{ type: 'Ready', status: 'True' }],
      allocatable: { cpu: '8', memory: '8Gi', pods: '110' },
      capacity: { cpu: '8', memory: '8Gi', pods: '110' },
    },
  });
  // A new node is not ready until a controller has seen its kubelet.
  await must('PATCH', `/api/v1/nodes/${NODE}`, { spec: { taints: null } });
  for (const name of [ELSEWHERE, KUBE_SYSTEM]) await furnishNamespace({ must }, name);
  const workload = (app: string) => ({
    metadata: { name: app },
    spec: {
      selector: { matchLabels: { 'k8s-app': app } },
      template: { metadata: { labels: { 'k8s-app': app } }, spec: SAFE_POD },
    },
  });
  await must('POST', `/apis/apps/v1/namespaces/${KUBE_SYSTEM}/deployments`, workload('coredns'));
  await must('POST', `/apis/apps/v1/namespaces/${KUBE_SYSTEM}/daemonsets`, workload('kube-proxy'));
}

/** Creates a namespace, and a pod in it that others can try to change. */
export async function furnishNamespace(
  { must }: Pick<PlayingField, 'must'>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): Promise<void> {
  if (name !== KUBE_SYSTEM) await must('POST', '/api/v1/namespaces', { metadata: { name, labels } });
  const path = `/api/v1/namespaces/${name}`;
  await until(`the default service account of ${name}`, () =>
    must('GET', `${path}/serviceaccounts/default`).catch(() => undefined),
  );
  await must('POST', `${path}/pods`, { metadata: { name: 'existing' }, spec: SAFE_POD });
}

/** Binds a role, and creates it if it has rules of its own. */
export async function bind(
  { must }: PlayingField,
  { name, kind, namespace }: { name: string; kind: 'ClusterRole' | 'Role'; namespace: string | null },
  subject: object,
  rules?: readonly object[],
  binding = name,
): Promise<void> {
  const place = namespace === null ? RBAC : `${RBAC}/namespaces/${namespace}`;
  if (rules !== undefined) {
    const path = kind === 'ClusterRole' ? `${RBAC}/clusterroles` : `${place}/roles`;
    await must('POST', path, { metadata: { name }, rules });
  }
  await must('POST', `${place}/${namespace === null ? 'clusterrolebindings' : 'rolebindings'}`, {
    metadata: { name: binding },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind, name },
    subjects: [subject],
  });
}

/** The service account of a namespace that is most worth having. */
export async function bestAccount({ serviceAccounts }: PlayingField, place: string): Promise<string> {
  const names = await serviceAccounts(place);
  const best = ['clusterrole-aggregation-controller', 'holder'].find((name) => names.includes(name));
  return best ?? 'default';
}
