import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import production from '../../examples/production';
import { runKubectl } from '../../sandbox/kubectl';
import { proveRealWorld } from '../../sandbox/proof/prove-real-world';
import type { RealWorld } from '../../sandbox/real-world';
import { BUILD_TIMEOUT, chromium, person, realWorld, TIMEOUT } from './world';

const CLUSTER = 'production';

let world: RealWorld;

beforeAll(async () => {
  world = await realWorld(production);
}, BUILD_TIMEOUT);

afterAll(() => world?.close());

const kubectl = (group: string, ...args: string[]) => person(world, `${group}@demo.example`).kubectl(CLUSTER, args);

/** kubectl with an IAM role. */
const iam = (role: string, ...args: string[]) =>
  runKubectl({ folder: world.folder, kubeconfig: world.kubeconfig, context: `${CLUSTER}/${role}`, args });

const container = { name: 'web', image: 'nginx', securityContext: { runAsNonRoot: true } };

/** A Deployment that the guard against root lets pass. */
const DEPLOYMENT = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } },
  },
};

const POD = ['run', 'root', '--image=nginx', '--dry-run=server'];

describe('the production example', () => {
  test(
    'gives everyone the access in its matrix',
    async () => {
      const proof = await proveRealWorld(production, world, chromium());

      expect(proof.differences).toEqual([]);
      expect(proof.signIns).toBeGreaterThan(5);
      expect(proof.questions).toBeGreaterThan(100);
    },
    TIMEOUT,
  );

  test.each([
    ['eks-developers', 'get pods --namespace=shop', 0],
    ['eks-developers', 'get pods --namespace=payments', 1],
    ['eks-developers', 'get pods', 1],
    ['eks-developers', 'create deployment web --image=nginx --namespace=payments --dry-run=server', 1],
    ['eks-developers', 'delete deployment any --namespace=shop', 1],
    ['eks-developers', 'get secrets --namespace=shop', 1],
    ['eks-leads', 'get secrets --namespace=shop', 0],
    ['eks-leads', 'get secrets --namespace=default', 1],
    ['eks-leads', 'create quota q --hard=pods=1 --namespace=shop --dry-run=server', 1],
    ['eks-platform', 'get nodes', 0],
    ['eks-platform', 'delete node any', 1],
    ['eks-platform', 'get secrets --all-namespaces', 1],
    ['eks-platform', 'get --raw=/api/v1/nodes/any/proxy/pods', 1],
    ['eks-security', 'get pods --all-namespaces', 0],
    ['eks-security', 'get secrets --all-namespaces', 1],
    ['eks-security', 'get --raw=/metrics', 0],
    ['eks-developers', 'get --raw=/metrics', 1],
  ])(
    'for a member of %s, `kubectl %s` has the exit code %i',
    async (group, args, code) => {
      const result = await kubectl(group, ...args.split(' '));

      expect({ code: result.code, stderr: result.stderr }).toEqual({
        code,
        stderr: code === 0 ? expect.anything() : expect.stringMatching(/forbidden/i),
      });
    },
    TIMEOUT,
  );

  test(
    'guards refuse requests that RBAC allows, for pods and for objects that create pods, but not from break-glass roles',
    async () => {
      const guard = (name: string) => expect.stringContaining(`ValidatingAdmissionPolicy '${name}'`);
      const secret = ['delete', 'secret', 'any', '--namespace=shop'];
      await iam('on-call', 'create', 'secret', 'generic', 'any', '--namespace=shop');

      expect((await kubectl('eks-leads', ...secret)).stderr).toEqual(guard('oidc-secret-deletion'));
      expect(
        (await kubectl('eks-platform', 'create', 'deployment', 'root', '--image=nginx', '--dry-run=server')).stderr,
      ).toEqual(guard('oidc-run-as-root-templates'));
      expect(
        (
          await kubectl(
            'eks-platform',
            'create',
            'cronjob',
            'root',
            '--image=nginx',
            '--schedule=0 0 * * *',
            '--dry-run=server',
          )
        ).stderr,
      ).toEqual(guard('oidc-run-as-root-cron-jobs'));
      // RBAC must allow the request, so that the guard is evaluated.
      for (const namespace of ['default', 'payments']) {
        const edit = [
          'rolebinding',
          'any',
          '--clusterrole=edit',
          '--group=okta:eks-platform',
          `--namespace=${namespace}`,
        ];
        await iam('on-call', 'create', ...edit);
      }
      expect((await kubectl('eks-platform', ...POD)).stderr).toEqual(guard('oidc-run-as-root-pods'));
      expect(
        (await kubectl('eks-platform', 'create', 'configmap', 'any', '--namespace=payments', '--dry-run=server'))
          .stderr,
      ).toEqual(guard('oidc-namespace-payments'));

      expect(
        await kubectl('eks-leads', 'create', 'configmap', 'any', '--namespace=payments', '--dry-run=server'),
      ).toMatchObject({
        code: 0,
      });
      expect(await kubectl('eks-admins', ...POD)).toMatchObject({ code: 0 });
      expect(await iam('on-call', ...POD)).toMatchObject({ code: 0 });
      expect(
        await iam('on-call', 'create', 'configmap', 'any', '--namespace=payments', '--dry-run=server'),
      ).toMatchObject({ code: 0 });
      expect(await iam('on-call', ...secret)).toMatchObject({ code: 0 });
    },
    TIMEOUT,
  );

  describe('the guard of the namespaces of Kubernetes', () => {
    const REFUSED = { code: 1, stderr: expect.stringContaining("ValidatingAdmissionPolicy 'oidc-system-namespaces'") };
    const NAMESPACES = ['kube-system', 'kube-public', 'kube-node-lease'];
    const EXEC = (namespace: string) =>
      `get --raw=/api/v1/namespaces/${namespace}/pods/any/exec?command=id&stdout=true`;
    let file = '';

    beforeAll(async () => {
      file = join(world.folder, 'deployment.json');
      writeFileSync(file, JSON.stringify(DEPLOYMENT));
      await iam('on-call', 'create', '--filename', file, '--namespace=kube-system');
      for (const namespace of ['default', 'kube-system']) {
        await iam('on-call', 'create', 'serviceaccount', 'any', `--namespace=${namespace}`);
      }
      // Permissions that the preset does not have, so that RBAC allows the requests and the guard is evaluated.
      const name = 'system-namespaces-test';
      const rules = [
        { apiGroups: [''], resources: ['namespaces'], verbs: ['*'] },
        { apiGroups: [''], resources: ['configmaps', 'secrets', 'serviceaccounts/token'], verbs: ['*'] },
        { apiGroups: ['coordination.k8s.io'], resources: ['leases'], verbs: ['*'] },
      ];
      const role = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name }, rules };
      const roleFile = join(world.folder, 'cluster-role.json');
      writeFileSync(roleFile, JSON.stringify(role));
      await iam('on-call', 'create', '--filename', roleFile);
      const made = await iam(
        'on-call',
        ...['create', 'clusterrolebinding', name, `--clusterrole=${name}`, '--group=okta:eks-platform'],
      );
      expect(made.stderr).toBe('');
    }, TIMEOUT);

    test(
      'refuses changes by others in each of them, and lets them change other namespaces',
      async () => {
        for (const namespace of NAMESPACES) {
          for (const what of [
            ['--filename', file],
            ['configmap', 'any'],
          ]) {
            const create = ['create', ...what, `--namespace=${namespace}`, '--dry-run=server'];

            expect(await kubectl('eks-platform', ...create)).toMatchObject(REFUSED);
          }
        }
        expect(
          await kubectl('eks-platform', 'create', '--filename', file, '--namespace=default', '--dry-run=server'),
        ).toMatchObject({ code: 0 });
      },
      TIMEOUT,
    );

    test.each([
      'scale deployment web --replicas=2 --namespace=kube-system',
      'set image deployment/web web=other --namespace=kube-system',
      'patch deployment web --patch={"metadata":{"labels":{"a":"b"}}} --namespace=kube-system',
      'delete deployment web --namespace=kube-system',
      'delete --raw=/apis/apps/v1/namespaces/kube-system/deployments',
      'create token any --namespace=kube-system',
      'create secret generic any --namespace=kube-system',
      'label namespace kube-system pod-security.kubernetes.io/enforce=privileged --overwrite',
      'label namespace kube-public kubernetes.io/metadata.name=other --overwrite',
      'label namespace kube-node-lease team=a --dry-run=server',
      EXEC('kube-system'),
    ])(
      'refuses `kubectl %s`, which RBAC allows',
      async (args) => {
        expect(await kubectl('eks-platform', ...args.split(' '))).toMatchObject(REFUSED);
      },
      TIMEOUT,
    );

    test.each([
      'label namespace default a=b --dry-run=server',
      'create token any --namespace=default',
      'get deployments --namespace=kube-system',
    ])(
      'lets others do `kubectl %s`',
      async (args) => {
        expect(await kubectl('eks-platform', ...args.split(' '))).toMatchObject({ code: 0 });
      },
      TIMEOUT,
    );

    test(
      'lets its members pass, and break-glass roles',
      async () => {
        const scale = ['scale', 'deployment', 'web', '--replicas=3', '--namespace=kube-system', '--dry-run=server'];

        expect(await kubectl('eks-admins', ...scale)).toMatchObject({ code: 0 });
        expect(await iam('on-call', ...scale)).toMatchObject({ code: 0 });
        // There is no such pod, which only whoever passes the guard is told.
        expect(await kubectl('eks-admins', ...EXEC('kube-system').split(' '))).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('not found'),
        });
      },
      TIMEOUT,
    );

    // With system:masters, RBAC allows everything, so that only the guard decides.
    test.each([
      ['system:serviceaccount:kube-system:any', 'system:serviceaccounts:kube-system', true],
      ['support', 'eks:service-operations', true],
      ['eks:addon-manager', 'any', true],
      ['system:kube-controller-manager', 'any', true],
      ['system:node:any', 'system:nodes', true],
      ['system:serviceaccount:default:any', 'system:serviceaccounts:default', false],
      ['ana', 'any', false],
    ])(
      'lets the user %s with the group %s pass: %p',
      async (user, group, passes) => {
        const answer = await iam(
          'on-call',
          ...['create', 'configmap', 'any', '--namespace=kube-system', '--dry-run=server'],
          ...[`--as=${user}`, `--as-group=${group}`, '--as-group=system:masters'],
        );

        expect(answer).toMatchObject(passes ? { code: 0 } : REFUSED);
      },
      TIMEOUT,
    );
  });

  test(
    'two clusters with their own apps need one sign-in each, even at the same time',
    async () => {
      const admin = person(world, 'ben@example.com');
      admin.forgetTokens();

      const results = await Promise.all(
        [CLUSTER, 'tools'].map((cluster) => admin.kubectl(cluster, ['get', 'pods', '--all-namespaces'])),
      );

      expect(results.map(({ code }) => code)).toEqual([0, 0]);
      expect(await admin.idToken('tools')).not.toBe(await admin.idToken(CLUSTER));
    },
    TIMEOUT,
  );

  test(
    'a cluster refuses the token for the app of another cluster (401)',
    async () => {
      const token = await person(world, 'eks-admins@demo.example').idToken('tools');

      const answer = await world.servers.get(CLUSTER)?.ask(token, { verb: 'get', path: '/version' });

      expect(answer?.status).toBe(401);
      expect(await world.servers.get('tools')?.ask(token, { verb: 'get', path: '/version' })).toMatchObject({
        status: 200,
      });
    },
    TIMEOUT,
  );

  test(
    'break-glass works while Okta is unavailable, and others get an error about the issuer',
    async () => {
      const late = person(world, 'ana@example.com');
      late.forgetTokens();
      await world.issuer.close();

      const { code, stderr } = await late.kubectl(CLUSTER, ['get', 'pods']);

      expect(code).toBe(1);
      expect(stderr).toMatch(/oidc error|connection refused|could not/i);
      expect(await iam('on-call', 'get', 'pods', '--all-namespaces')).toMatchObject({ code: 0 });
    },
    TIMEOUT,
  );
});
