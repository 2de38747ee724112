import { roleDefinition } from '../../model/derived/roles';
import { rulesOfRole } from '../../model/derived/rules-of-role';
import { apiResources, authorizer, type PolicyRule } from '../../rbac';
import { PRESET_ROLES, PRESETS } from '../../rbac/presets';
import { accessWith } from '../access-files';

const READ = ['get', 'list', 'watch'];
const CHANGE = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const ALL = [...READ, ...CHANGE];

/** Which of all verbs rules allow on a resource, such as `pods/log` or `deployments.apps`. */
function verbsOn(rules: readonly PolicyRule[], resource: string): readonly string[] {
  const decide = authorizer({
    clusterRoles: [{ name: 'x', rules }],
    roles: [],
    clusterRoleBindings: [{ name: 'x', role: 'x', subjects: [{ kind: 'User', name: 'ana' }] }],
    roleBindings: [],
  });
  const [path = '', ...group] = resource.split('.');
  const [name = '', subresource] = path.split('/');
  const request = { apiGroup: group.join('.'), resource: name, ...(subresource && { subresource }) };
  return ALL.filter((verb) => decide({ user: 'ana', groups: [] }, { ...request, verb }).allowed);
}

const presetRules = (name: string) => rulesOfRole(roleDefinition(name, accessWith()), '1.35');

describe('table C: developer-restricted', () => {
  const rules = presetRules('developer-restricted');

  test.each([
    ['namespaces', ['get', 'list']],
    ['nodes', ['get', 'list']],
    ['persistentvolumes', ['get', 'list']],
    ['deployments.apps', [...READ, 'create', 'update', 'patch']],
    ['replicasets.apps', [...READ, 'create', 'update', 'patch']],
    ['deployments/scale.apps', ['update', 'patch']],
    ['pods', [...READ, 'delete']],
    ['pods/log', ['get', 'list']],
    ['pods/status', ['get', 'list']],
    ['pods/portforward', ['get', 'create']],
    ['configmaps', READ],
    ['services', [...READ, 'create', 'update', 'patch']],
    ['ingresses.networking.k8s.io', [...READ, 'create', 'update', 'patch']],
  ])('may on %s: %j', (resource, verbs) => {
    expect(verbsOn(rules, resource)).toEqual(verbs);
  });

  test.each([
    'secrets',
    'pods/exec',
    'pods/attach',
    'deployments',
    'statefulsets.apps',
    'ingresses',
    'roles.rbac.authorization.k8s.io',
  ])('may nothing on %s', (resource) => {
    expect(verbsOn(rules, resource)).toEqual([]);
  });

  test('names no more than the table', () => {
    expect(rules.flatMap(({ resources = [] }) => resources).sort()).toEqual([
      'configmaps',
      'deployments',
      'deployments/scale',
      'ingresses',
      'namespaces',
      'nodes',
      'persistentvolumes',
      'pods',
      'pods/log',
      'pods/portforward',
      'pods/status',
      'replicasets',
      'services',
    ]);
  });
});

describe('table C: platform-engineer', () => {
  const rules = presetRules('platform-engineer');

  test.each([
    'nodes',
    'persistentvolumes',
    'namespaces',
    'events',
    'clusterroles.rbac.authorization.k8s.io',
    'customresourcedefinitions.apiextensions.k8s.io',
    'validatingadmissionpolicies.admissionregistration.k8s.io',
    'configmaps',
    'pods',
    'pods/log',
    'nodes/status',
    'nodes.metrics.k8s.io',
  ])('reads %s, and changes nothing of it', (resource) => {
    expect(verbsOn(rules, resource)).toEqual(READ);
  });

  test.each(['deployments.apps', 'jobs.batch', 'horizontalpodautoscalers.autoscaling', 'deployments/scale.apps'])(
    'may everything on %s',
    (resource) => {
      expect(verbsOn(rules, resource)).toEqual(ALL);
    },
  );

  test.each([
    ['pods/exec', ['get', 'create']],
    ['pods/portforward', ['get', 'create']],
    ['secrets', []],
    ['nodes/proxy', []],
    ['nodes/metrics', []],
    ['pods/attach', []],
    ['pods/proxy', []],
    ['services/proxy', []],
    ['serviceaccounts/token', []],
    ['things.example.com', []],
  ])('may on %s: %j', (resource, verbs) => {
    expect(verbsOn(rules, resource)).toEqual(verbs);
  });

  test('names each resource that 1.37 serves by default except Secrets, without a wildcard that would take in nodes/proxy', () => {
    const readable = apiResources('1.37').filter(
      ({ kind, isServedByDefault }) => isServedByDefault && !kind.endsWith('Review') && kind !== 'Secret',
    );

    expect(readable.length).toBeGreaterThan(50);

    for (const { name, apiGroup } of readable) {
      expect(verbsOn(rules, apiGroup ? `${name}.${apiGroup}` : name)).toEqual(expect.arrayContaining(READ));
    }
    expect(JSON.stringify(rules)).not.toContain('*');
  });

  test('reads all resources of 1.37 but these, because new data does not change deployed roles', () => {
    const unread = apiResources('1.37')
      .filter(({ kind }) => !kind.endsWith('Review'))
      .flatMap(({ name, apiGroup, subresources }) =>
        [name, ...['log', 'scale', 'status'].filter((one) => one in subresources).map((one) => `${name}/${one}`)].map(
          (resource) => (apiGroup ? `${resource}.${apiGroup}` : resource),
        ),
      )
      .filter((resource) => verbsOn(rules, resource).length === 0);

    expect(unread).toEqual([
      'secrets',
      'evictionrequests.lifecycle.k8s.io',
      'evictionrequests/status.lifecycle.k8s.io',
      'evictions.lifecycle.k8s.io',
      'evictions/status.lifecycle.k8s.io',
      'compositepodgroups.scheduling.k8s.io',
      'compositepodgroups/status.scheduling.k8s.io',
      'podgroups.scheduling.k8s.io',
      'podgroups/status.scheduling.k8s.io',
      'storageversions.internal.apiserver.k8s.io',
      'storageversions/status.internal.apiserver.k8s.io',
      'devicetaintrules/status.resource.k8s.io',
      'resourcepoolstatusrequests.resource.k8s.io',
      'resourcepoolstatusrequests/status.resource.k8s.io',
      'csinodes/status.storage.k8s.io',
    ]);
  });
});

describe('table C: namespace-admin', () => {
  const rules = presetRules('namespace-admin');

  test("has the rules of Kubernetes' admin", () => {
    expect(PRESETS['namespace-admin']).toEqual({
      scope: 'namespace',
      description: expect.any(String),
      builtIn: 'admin',
    });
    expect(rules).toEqual(presetRules('admin'));
    expect(rules.length).toBeGreaterThan(10);
  });

  test.each(['resourcequotas', 'namespaces'])('reads %s, and cannot write it', (resource) => {
    expect(verbsOn(rules, resource)).toEqual(READ);
  });

  test.each(['deployments.apps', 'configmaps', 'rolebindings.rbac.authorization.k8s.io'])(
    'may everything on %s',
    (resource) => {
      expect(verbsOn(rules, resource)).toEqual(ALL);
    },
  );
});

describe('table D: restricted-user', () => {
  test('sees pods and services of a namespace, and nothing else', () => {
    expect(PRESETS['restricted-user']).toEqual({
      scope: 'namespace',
      description: expect.any(String),
      rules: [{ apiGroups: [''], resources: ['pods', 'services'], verbs: READ }],
    });
  });
});

describe('the presets that widen another role', () => {
  test('table C: secret-reader reads Secrets, and nothing else', () => {
    expect(PRESETS['secret-reader'].scope).toBe('cluster');
    expect(presetRules('secret-reader')).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: READ }]);
  });

  test('table C: pod-exec runs commands in pods, and nothing else', () => {
    expect(PRESETS['pod-exec'].scope).toBe('cluster');
    expect(presetRules('pod-exec')).toEqual([{ apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] }]);
  });

  test('secret-writer reads and writes Secrets in a namespace, and nothing else', () => {
    expect(PRESETS['secret-writer'].scope).toBe('namespace');
    expect(presetRules('secret-writer')).toEqual([{ apiGroups: [''], resources: ['secrets'], verbs: ALL }]);
  });
});

describe('every preset', () => {
  const STREAMS = ['pods/exec', 'pods/attach', 'pods/portforward'];

  test.each(PRESET_ROLES)('%s connects to pods by get and create, or not at all', (name) => {
    const verbs = STREAMS.map((resource) => verbsOn(PRESETS[name].rules ?? [], resource));

    expect(verbs.filter((some) => some.length > 0 && some.join() !== 'get,create')).toEqual([]);
  });

  test.each(PRESET_ROLES)('%s has no wildcard, and no proxy of nodes, pods, or services', (name) => {
    expect(JSON.stringify(PRESETS[name].rules ?? [])).not.toMatch(/\*|proxy/);
  });

  test.each(PRESET_ROLES)('%s says in a line what it is for', (name) => {
    expect(PRESETS[name].description).toMatch(/^[^\n]{10,}[^.]$/);
  });

  test.each(PRESET_ROLES)('%s has rules of its own or stands for a role of Kubernetes', (name) => {
    const { rules, builtIn } = PRESETS[name];

    expect([rules, builtIn].filter((one) => one !== undefined)).toHaveLength(1);
  });
});
