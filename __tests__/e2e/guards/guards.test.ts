import { readAccess } from '../../../model';
import { controllerAccounts } from '../../../rbac';
import { guardsInForce } from '../../../sandbox/api-server/guards-in-force';
import { DAY } from '../../day';
import { resources, synthesizedAccess } from '../../synthesized';
import type { Answer, Method } from '../paths/client';
import {
  furnishNamespace,
  type Impersonated,
  KUBE_SYSTEM,
  NODE,
  type PlayingField,
  SAFE_POD,
  until,
} from '../paths/playing-field';
import { type RealCluster, startRealCluster } from '../paths/real-cluster';
import { BUILD_TIMEOUT, TIMEOUT } from '../world';

const POLICIES = '/apis/admissionregistration.k8s.io/v1';
const KINDS = {
  ValidatingAdmissionPolicy: `${POLICIES}/validatingadmissionpolicies`,
  ValidatingAdmissionPolicyBinding: `${POLICIES}/validatingadmissionpolicybindings`,
};
const DRY_RUN = 'dryRun=All';

const OTHERS: Impersonated = { user: 'okta:dev@example.com', groups: ['okta:eks-developers', 'system:authenticated'] };
const MEMBER: Impersonated = { user: 'okta:ana@example.com', groups: ['okta:eks-admins', 'system:authenticated'] };

const GUARDS = {
  secretDeletion: ['eks-admins'],
  runAsRoot: ['eks-admins'],
  systemNamespaces: ['eks-admins'],
  namespaces: { payments: ['eks-admins'] },
};

let cluster: RealCluster;
let field: PlayingField;

beforeAll(async () => {
  cluster = await startRealCluster();
  ({ field } = cluster);
  for (const name of ['payments', 'shop']) await furnishNamespace(field, name);
  await enforce(GUARDS);
}, BUILD_TIMEOUT);

afterAll(() => cluster?.close());

/** Replaces the guards of the cluster by those of a file. */
async function enforce(guards: Record<string, unknown>, version = '1.34') {
  const file = {
    okta: { orgName: 'example' },
    groups: { 'eks-admins': {} },
    clusters: { real: { kind: 'self-managed', kubeconfigContext: 'real', version } },
    grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
    guards,
  };
  const stack = synthesizedAccess(readAccess(file, DAY))['guards-real'];
  for (const path of Object.values(KINDS).reverse()) await field.must('DELETE', path);
  // The sentinel of the guards before has to be gone, so that the next one is not taken for it.
  await until('no policy to be in force', async () => {
    const sentinel = { metadata: { name: 'sandbox-sentinel' } };
    const path = '/api/v1/namespaces/default/configmaps?dryRun=All';
    return (await field.admin('POST', path, sentinel)).status === 201;
  });
  for (const { manifest } of resources(stack, 'kubernetes_manifest')) {
    await field.must('POST', KINDS[manifest.kind as keyof typeof KINDS], manifest);
  }
  await guardsInForce({ request: (method, path, body) => field.admin(method as Method, path, body as object) });
}

/** What somebody is told whom RBAC allows everything: `done`, or the message of the error. */
async function ask(...request: Parameters<PlayingField['as']>): Promise<string> {
  const { status, body } = await field.as(...request);
  return status < 300 ? DONE : body.message;
}

const DONE = 'done';

/** The message about a request that a guard refuses. */
function refusedBy(policy: string): string {
  return expect.stringMatching(`^.* forbidden: ValidatingAdmissionPolicy '${policy}' with`);
}

const pods = (namespace: string) => `/api/v1/namespaces/${namespace}/pods`;
const secrets = (namespace: string) => `/api/v1/namespaces/${namespace}/secrets`;
const apps = (namespace: string, resource: string) => `/apis/apps/v1/namespaces/${namespace}/${resource}`;

describe('the policies', () => {
  test(
    'have expressions in which Kubernetes finds no mistake',
    async () => {
      const { items } = await field.must('GET', KINDS.ValidatingAdmissionPolicy);
      const checked = items.map(({ metadata }: Answer['body']) =>
        until(`${metadata.name} to be checked`, async () => {
          const { status } = await field.must('GET', `${KINDS.ValidatingAdmissionPolicy}/${metadata.name}`);
          return status?.typeChecking !== undefined && { name: metadata.name, ...status.typeChecking };
        }),
      );

      expect(items.length).toBeGreaterThan(7);
      for (const { expressionWarnings = [] } of await Promise.all(checked)) expect(expressionWarnings).toEqual([]);
    },
    TIMEOUT,
  );
});

/** A pod with one container of this security context. */
function podSpec(securityContext: object = {}, more: object = {}) {
  return { ...more, containers: [{ name: 'main', image: 'image', securityContext }] };
}

const ROOT = podSpec();
const labels = { app: 'web' };
const template = (spec: object) => ({ metadata: { labels }, spec });
const selected = (spec: object) => ({ selector: { matchLabels: labels }, template: template(spec) });
const job = (spec: object) => ({ template: template({ ...spec, restartPolicy: 'Never' }) });

const TEMPLATES = 'oidc-run-as-root-templates';

/** Everything that creates pods. */
const WORKLOADS: readonly (readonly [string, string, string, (spec: object) => object])[] = [
  ['pods', pods('shop'), 'oidc-run-as-root-pods', (spec) => spec],
  [
    'replicationcontrollers',
    '/api/v1/namespaces/shop/replicationcontrollers',
    TEMPLATES,
    (spec) => ({ selector: labels, template: template(spec) }),
  ],
  ['replicasets', apps('shop', 'replicasets'), TEMPLATES, selected],
  ['deployments', apps('shop', 'deployments'), TEMPLATES, selected],
  ['daemonsets', apps('shop', 'daemonsets'), TEMPLATES, selected],
  ['statefulsets', apps('shop', 'statefulsets'), TEMPLATES, selected],
  ['jobs', '/apis/batch/v1/namespaces/shop/jobs', TEMPLATES, job],
  [
    'cronjobs',
    '/apis/batch/v1/namespaces/shop/cronjobs',
    'oidc-run-as-root-cron-jobs',
    (spec) => ({ schedule: '0 0 * * *', jobTemplate: { spec: job(spec) } }),
  ],
];

describe('the guard runAsRoot', () => {
  test.each(WORKLOADS)(
    'refuses %s that could run as root, and lets others run what could not',
    async (_, path, policy, specOf) => {
      const create = (who: Impersonated, spec: object) =>
        ask(who, 'POST', `${path}?${DRY_RUN}`, { metadata: { name: 'web' }, spec: specOf(spec) });

      expect(await create(OTHERS, ROOT)).toEqual(refusedBy(policy));
      expect(await create(OTHERS, SAFE_POD)).toEqual(DONE);
      expect(await create(MEMBER, ROOT)).toEqual(DONE);
    },
    TIMEOUT,
  );

  const nonRoot = { runAsNonRoot: true };

  test.each<[string, object, boolean]>([
    ['privileged', podSpec({ ...nonRoot, privileged: true }), false],
    ['with SYS_ADMIN', podSpec({ ...nonRoot, capabilities: { add: ['SYS_ADMIN'] } }), false],
    ['with sys_admin', podSpec({ ...nonRoot, capabilities: { add: ['NET_ADMIN', 'sys_admin'] } }), false],
    ['with CAP_SYS_ADMIN', podSpec({ ...nonRoot, capabilities: { add: ['CAP_SYS_ADMIN'] } }), false],
    ['with every capability', podSpec({ ...nonRoot, capabilities: { add: ['all'] } }), false],
    ['root in a user namespace', podSpec({}, { hostUsers: false }), false],
    ['with the user root', podSpec({ ...nonRoot, runAsUser: 0 }), false],
    ['with the user root of the pod', podSpec(nonRoot, { securityContext: { runAsUser: 0 } }), false],
    ['with another capability', podSpec({ ...nonRoot, capabilities: { add: ['NET_BIND_SERVICE'] } }), true],
    ['with privilege escalation', podSpec(nonRoot), true],
  ])(
    'with a container %s',
    async (_, spec, passes) => {
      const path = `${pods('shop')}?${DRY_RUN}`;

      expect(await ask(OTHERS, 'POST', path, { metadata: { name: 'web' }, spec })).toEqual(
        passes ? DONE : refusedBy('oidc-run-as-root-pods'),
      );
      expect(await ask(MEMBER, 'POST', path, { metadata: { name: 'web' }, spec })).toEqual(DONE);
    },
    TIMEOUT,
  );

  test(
    'lets only members and controllers write ControllerRevisions',
    async () => {
      const path = apps('shop', 'controllerrevisions');
      await ask(OTHERS, 'POST', apps('shop', 'statefulsets'), {
        metadata: { name: 'db' },
        spec: { ...selected(SAFE_POD), serviceName: 'db' },
      });
      // The controller itself writes one.
      const { metadata, data } = await until('a revision of db', async () => {
        const { items } = await field.must('GET', path);
        return items.find((one: Answer['body']) => one.metadata.ownerReferences?.[0]?.name === 'db');
      });
      const { name, namespace, labels: hash, ownerReferences } = metadata;
      const revision = {
        metadata: { name, namespace, labels: hash, ownerReferences },
        data: { ...data, spec: { template: { ...template(ROOT), $patch: 'replace' } } },
        revision: 1,
      };
      const other = { ...revision, metadata: { ...revision.metadata, name: 'db-other' } };
      const asController = (user: string, groups: readonly string[] = []) =>
        ask({ user, groups }, 'POST', `${path}?${DRY_RUN}`, other);

      expect(await ask(OTHERS, 'DELETE', `${path}/${name}?${DRY_RUN}`)).toEqual(DONE);
      expect(await ask(OTHERS, 'POST', path, other)).toEqual(refusedBy('oidc-run-as-root-controller-revisions'));
      expect(await ask(OTHERS, 'PATCH', `${path}/${name}?${DRY_RUN}`, { revision: 100 })).toEqual(
        refusedBy('oidc-run-as-root-controller-revisions'),
      );
      expect(await ask(MEMBER, 'POST', `${path}?${DRY_RUN}`, other)).toEqual(DONE);
      expect(await asController('system:kube-controller-manager')).toEqual(DONE);
      for (const controller of ['statefulset-controller', 'daemon-set-controller']) {
        expect(
          await asController(`system:serviceaccount:kube-system:${controller}`, ['system:serviceaccounts:kube-system']),
        ).toEqual(DONE);
      }
    },
    TIMEOUT,
  );

  test(
    'does not stop who scales what a member lets run as root',
    async () => {
      const path = apps('shop', 'deployments');
      const spec = { ...selected(ROOT), replicas: 0 };
      await ask(MEMBER, 'POST', path, { metadata: { name: 'old' }, spec });

      expect(await ask(OTHERS, 'PATCH', `${path}/old`, { metadata: { labels } })).toEqual(
        refusedBy('oidc-run-as-root-templates'),
      );
      expect(await ask(OTHERS, 'PATCH', `${path}/old/scale`, { spec: { replicas: 1 } })).toEqual(DONE);
      const autoscaler = {
        metadata: { name: 'old' },
        spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'old' }, maxReplicas: 2 },
      };
      expect(
        await ask(
          ...[OTHERS, 'POST' as const, '/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers', autoscaler],
        ),
      ).toEqual(DONE);
      await until('the pod of old', async () => {
        const { items } = await field.must('GET', pods('shop'));
        return items.some((pod: Answer['body']) => pod.metadata.generateName?.startsWith('old-'));
      });
    },
    TIMEOUT,
  );
});

const NOBODY = { apiVersion: 'v1', kind: 'ConfigMap', name: 'nobody', uid: '00000000-0000-0000-0000-000000000000' };
const value = (text: string) => Buffer.from(text).toString('base64');

describe('the guard secretDeletion', () => {
  /** Creates a Secret and the service account that its token is of. */
  async function created(name: string, more: object = {}, namespace = 'shop') {
    const path = secrets(namespace);
    const metadata = { name, labels: { made: name }, annotations: { a: 'b' } };
    await field.must('POST', path, { data: { a: value('1'), b: value('2') }, ...more, metadata });
    return `${path}/${name}`;
  }

  const isGone = (path: string) =>
    until(`${path} to be deleted`, async () => (await field.admin('GET', path)).status === 404);

  const REFUSED = refusedBy('oidc-secret-deletion');

  test(
    'refuses to delete one, several, and those of a namespace',
    async () => {
      const path = await created('deleted');
      const requests = [path, `${secrets('shop')}?labelSelector=made=deleted`];

      for (const request of requests) expect(await ask(OTHERS, 'DELETE', request)).toEqual(REFUSED);
      expect(await ask(OTHERS, 'DELETE', '/api/v1/namespaces/shop')).toEqual(
        refusedBy('oidc-secret-deletion-namespaces'),
      );
      expect(await ask(MEMBER, 'DELETE', `/api/v1/namespaces/shop?${DRY_RUN}`)).toEqual(DONE);
      expect(await ask(MEMBER, 'DELETE', path)).toEqual(DONE);
    },
    TIMEOUT,
  );

  test.each<[string, object]>([
    ['takes a key out', { data: { a: null } }],
    ['takes every key out', { data: null }],
    ['empties a value', { data: { a: '' } }],
    ['empties a value as text', { stringData: { a: '' } }],
    ['gives it an owner that does not exist', { metadata: { ownerReferences: [NOBODY] } }],
  ])(
    'refuses an update that %s',
    async (what, patch) => {
      const path = await created(`updated-${what.replaceAll(' ', '-')}`);

      expect(await ask(OTHERS, 'PATCH', path, patch)).toEqual(REFUSED);
      expect(await ask(MEMBER, 'PATCH', `${path}?${DRY_RUN}`, patch)).toEqual(DONE);
      expect((await field.must('GET', path)).data).toEqual({ a: value('1'), b: value('2') });
    },
    TIMEOUT,
  );

  test(
    'does not stop who overwrites or adds a value, or changes labels',
    async () => {
      const path = await created('kept');

      for (const patch of [
        { data: { a: value('other') } },
        { stringData: { c: 'new' } },
        { metadata: { labels: { x: 'y' }, annotations: { a: null } } },
      ]) {
        expect(await ask(OTHERS, 'PATCH', path, patch)).toEqual(DONE);
      }
    },
    TIMEOUT,
  );

  test(
    'does not stop who deletes an object that owns it',
    async () => {
      const configMaps = '/api/v1/namespaces/shop/configmaps';
      const { metadata: owner } = await field.must('POST', configMaps, { metadata: { name: 'owner' } });
      const ownerReferences = [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'owner', uid: owner.uid }];
      const metadata = { name: 'owned', ownerReferences };
      await field.must('POST', secrets('shop'), { metadata });
      const path = `${secrets('shop')}/owned`;

      expect(await ask(OTHERS, 'PATCH', path, { metadata: { ownerReferences: null } })).toEqual(REFUSED);
      expect(await ask(OTHERS, 'DELETE', `${configMaps}/owner`)).toEqual(DONE);
      await isGone(path);
    },
    TIMEOUT,
  );

  describe('refuses changes after which a controller deletes the Secret, which a member may make', () => {
    test(
      'of its owner',
      async () => {
        const path = await created('collected');

        expect(await ask(OTHERS, 'PATCH', path, { metadata: { ownerReferences: [NOBODY] } })).toEqual(REFUSED);
        expect(await ask(MEMBER, 'PATCH', path, { metadata: { ownerReferences: [NOBODY] } })).toEqual(DONE);
        await isGone(path);
      },
      TIMEOUT,
    );

    test(
      'of the expiration of a bootstrap token',
      async () => {
        // In kube-system, only its own guard would refuse it.
        await enforce({ secretDeletion: ['eks-admins'] });
        const data = { 'token-id': value('abcdef'), 'token-secret': value('0123456789abcdef') };
        const path = await created(
          ...(['bootstrap-token-abcdef', { type: 'bootstrap.kubernetes.io/token', data }, KUBE_SYSTEM] as const),
        );
        const patch = { data: { expiration: value('2020-01-01T00:00:00Z') } };

        expect(await ask(OTHERS, 'PATCH', path, patch)).toEqual(REFUSED);
        expect(await ask(OTHERS, 'PATCH', path, { data: { description: value('any') } })).toEqual(DONE);
        expect(await ask(MEMBER, 'PATCH', path, patch)).toEqual(DONE);
        await isGone(path);
        await enforce(GUARDS);
      },
      TIMEOUT,
    );

    test(
      'of the service account of a token',
      async () => {
        await field.must('POST', '/api/v1/namespaces/shop/serviceaccounts', { metadata: { name: 'holder' } });
        const annotations = { 'kubernetes.io/service-account.name': 'holder' };
        const metadata = { name: 'token', annotations };
        const path = `${secrets('shop')}/token`;
        await field.must('POST', secrets('shop'), { metadata, type: 'kubernetes.io/service-account-token' });
        await until('the token', async () => (await field.must('GET', path)).data?.token !== undefined);
        const nobody = { metadata: { annotations: { 'kubernetes.io/service-account.name': 'nobody' } } };
        const uid = { metadata: { annotations: { 'kubernetes.io/service-account.uid': 'other' } } };

        expect(await ask(OTHERS, 'PATCH', path, nobody)).toEqual(REFUSED);
        expect(await ask(OTHERS, 'PATCH', path, uid)).toEqual(REFUSED);
        expect(await ask(OTHERS, 'PATCH', path, { metadata: { annotations: { a: 'b' } } })).toEqual(DONE);
        expect(await ask(MEMBER, 'PATCH', path, uid)).toEqual(DONE);
        await isGone(path);
      },
      TIMEOUT,
    );
  });
});

const CONFIG_MAP = { metadata: { name: 'any' } };
const inNamespace = (name: string) => `/api/v1/namespaces/${name}/configmaps?${DRY_RUN}`;
const DEFINITIONS = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const PROXY = `/api/v1/nodes/${NODE}/proxy/pods`;

describe('the guards of namespaces', () => {
  beforeAll(async () => {
    await field.must('POST', DEFINITIONS, {
      metadata: { name: 'things.example.com' },
      spec: {
        group: 'example.com',
        names: { kind: 'Thing', plural: 'things' },
        scope: 'Namespaced',
        versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { type: 'object' } } }],
      },
    });
  });
  afterAll(() => enforce(GUARDS));

  const remove = (who: Impersonated) => ask(who, 'DELETE', `${DEFINITIONS}/things.example.com?${DRY_RUN}`);

  test.each<[string, string, Record<string, unknown>]>([
    ['namespaces', 'oidc-namespace-payments', { namespaces: GUARDS.namespaces }],
    ['systemNamespaces', 'oidc-system-namespaces', { systemNamespaces: GUARDS.systemNamespaces }],
  ])(
    '%s refuses to delete definitions and to connect to nodes, which reaches into every namespace',
    async (_, policy, guards) => {
      await enforce(guards);

      expect(await remove(OTHERS)).toEqual(refusedBy(policy));
      expect(await remove(OTHERS)).toContain('is deleted with its objects in every namespace');
      expect(await remove(MEMBER)).toEqual(DONE);
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
        expect(await ask(OTHERS, method, PROXY)).toEqual(refusedBy(policy));
      }
      // The API server connects to no loopback address, and says so once a request is admitted.
      expect(await ask(MEMBER, 'GET', PROXY)).toBe('address not allowed');
      expect(await ask(OTHERS, 'POST', inNamespace('shop'), CONFIG_MAP)).toEqual(DONE);
      expect(
        await ask(OTHERS, 'PATCH', `${DEFINITIONS}/things.example.com?${DRY_RUN}`, { metadata: { labels } }),
      ).toEqual(DONE);
    },
    TIMEOUT,
  );

  test(
    'without one of them, everyone may whose role allows it',
    async () => {
      await enforce({ secretDeletion: ['eks-admins'], runAsRoot: ['eks-admins'] });

      expect(await remove(OTHERS)).toEqual(DONE);
      expect(await ask(OTHERS, 'GET', PROXY)).toBe('address not allowed');
    },
    TIMEOUT,
  );
});

const KUBE_SYSTEM_GROUPS = ['system:serviceaccounts', 'system:serviceaccounts:kube-system'];
const serviceAccount = (name: string): Impersonated => ({
  user: `system:serviceaccount:kube-system:${name}`,
  groups: KUBE_SYSTEM_GROUPS,
});

describe('who passes every guard', () => {
  test.each<[Impersonated, boolean]>([
    [{ user: 'system:apiserver' }, true],
    [{ user: 'system:cloud-controller-manager' }, true],
    [{ user: 'system:kube-controller-manager' }, true],
    [{ user: 'system:kube-scheduler' }, true],
    [{ user: 'system:node:any', groups: ['system:nodes'] }, true],
    [{ user: 'eks:addon-manager' }, true],
    [{ user: 'eks:support-engineer' }, true],
    [{ user: 'operator', groups: ['eks:service-operations'] }, true],
    [{ user: 'arn:aws:sts::111122223333:assumed-role/on-call/a', groups: ['break-glass'] }, true],
    [serviceAccount('any'), true],
    [{ user: 'system:serviceaccount:shop:any', groups: ['system:serviceaccounts:shop'] }, false],
    [{ user: 'eks:dev@example.com' }, false],
    [{ user: 'eks:' }, false],
    [OTHERS, false],
  ])(
    '%j: %p',
    async (who, passes) => {
      expect(await ask(who, 'POST', inNamespace('payments'), CONFIG_MAP)).toEqual(
        passes ? DONE : refusedBy('oidc-namespace-payments'),
      );
      expect(await ask(who, 'POST', `${pods('shop')}?${DRY_RUN}`, { metadata: { name: 'any' }, spec: ROOT })).toEqual(
        passes ? DONE : refusedBy('oidc-run-as-root-pods'),
      );
    },
    TIMEOUT,
  );

  describe('with exemptServiceAccounts', () => {
    beforeAll(() => enforce({ ...GUARDS, exemptServiceAccounts: ['kube-system/karpenter', 'tools/deployer'] }));
    afterAll(() => enforce(GUARDS));

    const change = (who: Impersonated) => ask(who, 'POST', inNamespace('payments'), CONFIG_MAP);

    test.each<[string, Impersonated, boolean]>([
      ['a listed one of kube-system', serviceAccount('karpenter'), true],
      ['a listed one of another namespace', { user: 'system:serviceaccount:tools:deployer', groups: [] }, true],
      ['another one of kube-system', serviceAccount('any'), false],
      ['another one of the other namespace', { user: 'system:serviceaccount:tools:any', groups: [] }, false],
    ])(
      '%s: %s %p',
      async (_, who, passes) => {
        expect(await change(who)).toEqual(passes ? DONE : refusedBy('oidc-namespace-payments'));
      },
      TIMEOUT,
    );

    test(
      'each controller of the control plane passes',
      async () => {
        const existing = (await field.serviceAccounts(KUBE_SYSTEM)).filter((name) => name !== 'default');

        expect(existing.length).toBeGreaterThan(20);
        for (const name of new Set([...existing, ...controllerAccounts()])) {
          expect([name, await change(serviceAccount(name))]).toEqual([name, DONE]);
        }
      },
      TIMEOUT,
    );

    test(
      'the controllers create the pods of a workload in a guarded namespace, and remove them',
      async () => {
        const path = apps('payments', 'deployments');
        await ask(MEMBER, 'POST', path, { metadata: { name: 'web' }, spec: selected(SAFE_POD) });
        const ofWorkload = async () => {
          const { items } = await field.must('GET', `${pods('payments')}?labelSelector=app=web`);
          return items.length as number;
        };

        await until('the pod of web', async () => (await ofWorkload()) > 0);
        await ask(MEMBER, 'DELETE', `${path}/web?propagationPolicy=Background`);
        await until('the pod of web to be removed', async () => (await ofWorkload()) === 0);
      },
      TIMEOUT,
    );

    test(
      'on a version that is not known, all of kube-system pass',
      async () => {
        await enforce({ ...GUARDS, exemptServiceAccounts: ['tools/deployer'] }, '1.40');

        expect(await change(serviceAccount('any'))).toEqual(DONE);
        expect(await change({ user: 'system:serviceaccount:tools:deployer' })).toEqual(DONE);
        expect(await change({ user: 'system:serviceaccount:tools:any' })).toEqual(refusedBy('oidc-namespace-payments'));
      },
      TIMEOUT,
    );
  });
});

describe('with allowPrivilegeEscalation: false', () => {
  beforeAll(() => enforce({ ...GUARDS, allowPrivilegeEscalation: false }));
  afterAll(() => enforce(GUARDS));

  test.each<[object, boolean]>([
    [{ runAsNonRoot: true }, false],
    [{ runAsNonRoot: true, allowPrivilegeEscalation: true }, false],
    [{ runAsNonRoot: true, allowPrivilegeEscalation: false }, true],
    [{ allowPrivilegeEscalation: false }, false],
  ])(
    'a container with %j passes: %p',
    async (securityContext, passes) => {
      const spec = podSpec(securityContext);

      expect(await ask(OTHERS, 'POST', `${pods('shop')}?${DRY_RUN}`, { metadata: { name: 'any' }, spec })).toEqual(
        passes ? DONE : refusedBy('oidc-run-as-root-pods'),
      );
    },
    TIMEOUT,
  );
});

describe("in the mode 'warn'", () => {
  beforeAll(() => enforce({ ...GUARDS, mode: 'warn' }));

  test.each<[string, Method, () => string, object | undefined]>([
    ['oidc-run-as-root-pods', 'POST', () => `${pods('shop')}?${DRY_RUN}`, { metadata: { name: 'any' }, spec: ROOT }],
    ['oidc-namespace-payments', 'POST', () => inNamespace('payments'), CONFIG_MAP],
    ['oidc-system-namespaces', 'POST', () => inNamespace(KUBE_SYSTEM), CONFIG_MAP],
    ['oidc-secret-deletion-namespaces', 'DELETE', () => `/api/v1/namespaces/shop?${DRY_RUN}`, undefined],
  ])(
    '%s warns, and refuses nothing',
    async (policy, method, path, body) => {
      const answer = await field.as(OTHERS, method, path(), body);

      expect(answer.status).toBeLessThan(300);
      expect(answer.warnings).toContainEqual(expect.stringContaining(`ValidatingAdmissionPolicy '${policy}'`));
      expect((await field.as(MEMBER, method, path(), body)).warnings).not.toContainEqual(
        expect.stringContaining(`'${policy}'`),
      );
    },
    TIMEOUT,
  );
});
