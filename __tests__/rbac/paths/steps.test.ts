import { apiResources } from '../../../rbac';
import { KUBERNETES_VERSIONS } from '../../../rbac/kubernetes/versions';
import { HARMLESS } from '../../../rbac/paths/harmless';
import type { Permission, Resources } from '../../../rbac/paths/permission';
import { STEPS } from '../../../rbac/paths/steps';

interface Asked {
  readonly apiGroup: string;
  readonly resource: string;
  readonly verb: string;
}

/** Resources and verbs that RBAC asks about and that no API server lists. */
const VIRTUAL: readonly Asked[] = [
  ...asked('', ['users', 'groups', 'serviceaccounts'], ['impersonate']),
  ...asked('authentication.k8s.io', ['uids', 'userextras'], ['impersonate']),
  ...asked('authentication.k8s.io', ['users', 'groups', 'uids', 'userextras'], ['impersonate:user-info']),
  ...asked('authentication.k8s.io', ['serviceaccounts'], ['impersonate:serviceaccount']),
  ...asked('authentication.k8s.io', ['nodes'], ['impersonate:arbitrary-node', 'impersonate:associated-node']),
  ...asked('rbac.authorization.k8s.io', ['roles', 'clusterroles'], ['bind', 'escalate']),
  ...asked('certificates.k8s.io', ['signers'], ['approve', 'sign', 'attest']),
  ...asked(
    '',
    ['metrics', 'stats', 'spec', 'log', 'checkpoint', 'configz', 'healthz', 'pods'].map((name) => `nodes/${name}`),
    ['get', 'create', 'update', 'patch', 'delete'],
  ),
  ...asked('argoproj.io', ['applications'], ['create', 'update', 'patch']),
];

function asked(apiGroup: string, resources: readonly string[], verbs: readonly string[]): readonly Asked[] {
  return resources.flatMap((resource) => verbs.map((verb) => ({ apiGroup, resource, verb })));
}

function isIn({ on, verbs }: Pick<Permission, 'on' | 'verbs'>, { apiGroup, resource, verb }: Asked): boolean {
  return verbs.includes(verb) && on.some((resources) => has(resources, apiGroup, resource));
}

function has({ apiGroup: group, resources }: Resources, apiGroup: string, resource: string): boolean {
  const isGroup = group === '*' || group === apiGroup || (group === 'custom' && apiGroup === 'argoproj.io');
  const [, subresource] = resource.split('/');
  const whole = subresource === undefined ? '*' : `*/${subresource}`;
  return isGroup && (resources.includes(resource) || resources.includes(whole));
}

const isStep = (one: Asked) => STEPS.some(({ needs }) => needs.some((need) => isIn(need, one)));
const isHarmless = (one: Asked) => HARMLESS.some((harmless) => isIn(harmless, one));

const kubernetes = Object.keys(KUBERNETES_VERSIONS).map((version) => ({
  version,
  requests: apiResources(version).flatMap(({ apiGroup, name, verbs, subresources }) => [
    ...asked(apiGroup, [name], verbs),
    ...Object.entries(subresources).flatMap(([subresource, ofIt]) => asked(apiGroup, [`${name}/${subresource}`], ofIt)),
  ]),
}));
const everyRequest = [...kubernetes.flatMap(({ requests }) => requests), ...VIRTUAL];

test.each(kubernetes)('every verb on every resource of Kubernetes $version is a step, or harmless', ({ requests }) => {
  expect(requests.filter((one) => !isStep(one) && !isHarmless(one))).toEqual([]);
});

test('every verb on every virtual resource is a step, or harmless', () => {
  expect(VIRTUAL.filter((one) => !isStep(one) && !isHarmless(one))).toEqual([]);
});

test.each(HARMLESS.flatMap(({ on, verbs, reason }) => on.map((resources) => ({ reason, verbs, ...resources }))))(
  'what is harmless exists: $apiGroup $resources',
  ({ apiGroup, resources, verbs }) => {
    for (const resource of resources) {
      const found = everyRequest.filter((one) => isIn({ on: [{ apiGroup, resources: [resource] }], verbs }, one));
      expect({ resource, exists: found.length > 0 }).toEqual({ resource, exists: true });
    }
  },
);

test.each(STEPS)('$does: each of its permissions exists', ({ needs, source }) => {
  for (const { on, verbs } of needs) {
    for (const { apiGroup, resources } of on) {
      for (const resource of resources.filter((name) => name !== '*')) {
        const one = everyRequest.filter((request) =>
          isIn({ on: [{ apiGroup, resources: [resource] }], verbs }, request),
        );
        expect({ resource, exists: one.length > 0 }).toEqual({ resource, exists: true });
      }
    }
  }
  expect(source).toMatch(/^https:\/\//);
});
