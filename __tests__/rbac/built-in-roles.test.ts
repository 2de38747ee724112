import { authorizer, builtInRoles, effectiveRules, NEWEST_KUBERNETES, type PolicyRule, ruleText } from '../../rbac';

const VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];
/** The roles of users, what is aggregated to them, and the roles of everybody for discovery. */
const FOR_USERS = [
  'admin',
  'cluster-admin',
  'edit',
  'system:aggregate-to-admin',
  'system:aggregate-to-edit',
  'system:aggregate-to-view',
  'system:basic-user',
  'system:discovery',
  'system:public-info-viewer',
  'system:service-account-issuer-discovery',
  'view',
];
const ROLES = ['view', 'edit', 'admin', 'cluster-admin'] as const;

/** Which of the four roles, each in a cluster role binding, allow something, such as `get pods/log.apps`. */
function rolesThat(version: string): (question: string) => readonly string[] {
  const policy = builtInRoles(version);
  const bindings = ROLES.map((role) => ({ name: role, role, subjects: [{ kind: 'Group', name: role } as const] }));
  const decide = authorizer({ ...policy, clusterRoleBindings: [...policy.clusterRoleBindings, ...bindings] });
  return (question) => ROLES.filter((role) => decide({ user: 'ana', groups: [role] }, requestOf(question)).allowed);
}

function requestOf(question: string) {
  const [verb = '', thing = ''] = question.split(' ');
  if (thing.startsWith('/')) return { verb, path: thing };
  const [path = '', ...group] = thing.split('.');
  const [resource = '', subresource] = path.split('/');
  return { verb, apiGroup: group.join('.'), resource, subresource, namespace: 'team-a' };
}

/** What rules allow, one verb on one resource each. */
function permissionsOf(rules: readonly PolicyRule[]): ReadonlySet<string> {
  return new Set(
    rules.flatMap(({ verbs, apiGroups = [], resources = [] }) =>
      verbs.flatMap((verb) => apiGroups.flatMap((group) => resources.map((name) => `${verb} ${name}.${group}`))),
    ),
  );
}

describe('on 1.34', () => {
  const may = rolesThat('1.34');
  const ALL = ['view', 'edit', 'admin', 'cluster-admin'];
  const WRITERS = ['edit', 'admin', 'cluster-admin'];
  const ADMINS = ['admin', 'cluster-admin'];
  const SUPERUSER = ['cluster-admin'];

  test.each([
    ['get pods', ALL],
    ['watch pods/log', ALL],
    ['get pods/status', ALL],
    ['list configmaps', ALL],
    ['get serviceaccounts', ALL],
    ['get endpoints', ALL],
    ['list events', ALL],
    ['get namespaces', ALL],
    ['get resourcequotas', ALL],
    ['get limitranges', ALL],
    ['list deployments.apps', ALL],
    ['get deployments/scale.apps', ALL],
    ['list cronjobs.batch', ALL],
    ['list ingresses.networking.k8s.io', ALL],
    ['list endpointslices.discovery.k8s.io', ALL],
    ['get poddisruptionbudgets.policy', ALL],
    ['get horizontalpodautoscalers.autoscaling', ALL],
    ['get resourceclaims.resource.k8s.io', ALL],
    ['get secrets', WRITERS],
    ['create secrets', WRITERS],
    ['create pods', WRITERS],
    ['deletecollection pods', WRITERS],
    ['create pods/exec', WRITERS],
    ['get pods/exec', WRITERS],
    ['create pods/portforward', WRITERS],
    ['create pods/eviction', WRITERS],
    ['impersonate serviceaccounts', WRITERS],
    ['create serviceaccounts/token', WRITERS],
    ['create events', WRITERS],
    ['patch deployments.apps', WRITERS],
    ['update deployments/scale.apps', WRITERS],
    ['create ingresses.networking.k8s.io', WRITERS],
    ['get leases.coordination.k8s.io', WRITERS],
    ['create resourceclaims.resource.k8s.io', WRITERS],
    ['get roles.rbac.authorization.k8s.io', ADMINS],
    ['create roles.rbac.authorization.k8s.io', ADMINS],
    ['create rolebindings.rbac.authorization.k8s.io', ADMINS],
    ['create localsubjectaccessreviews.authorization.k8s.io', ADMINS],
    ['create resourcequotas', SUPERUSER],
    ['update limitranges', SUPERUSER],
    ['update namespaces', SUPERUSER],
    ['delete namespaces', SUPERUSER],
    ['update pods/status', SUPERUSER],
    ['update deployments/status.apps', SUPERUSER],
    ['create endpoints', SUPERUSER],
    ['create endpointslices.discovery.k8s.io', SUPERUSER],
    ['patch pods/ephemeralcontainers', SUPERUSER],
    ['get nodes', SUPERUSER],
    ['get persistentvolumes', SUPERUSER],
    ['list storageclasses.storage.k8s.io', SUPERUSER],
    ['list customresourcedefinitions.apiextensions.k8s.io', SUPERUSER],
    ['list widgets.example.com', SUPERUSER],
    ['bind roles.rbac.authorization.k8s.io', SUPERUSER],
    ['escalate roles.rbac.authorization.k8s.io', SUPERUSER],
    ['create clusterrolebindings.rbac.authorization.k8s.io', SUPERUSER],
    ['list events.events.k8s.io', SUPERUSER],
    ['list pods.metrics.k8s.io', SUPERUSER],
    ['get /metrics', SUPERUSER],
    ['get /healthz', SUPERUSER],
  ])('%s is for %j', (question, roles) => {
    expect(may(question)).toEqual(roles);
  });
});

describe('on each version', () => {
  test.each([
    ['1.30', 168, 382, 399],
    ['1.31', 168, 382, 399],
    ['1.32', 168, 382, 399],
    ['1.33', 168, 382, 399],
    ['1.34', 177, 401, 418],
    ['1.35', 180, 409, 426],
    ['1.36', 180, 409, 426],
    ['1.37', 180, 409, 426],
  ])('%s has %i permissions in view, %i in edit and %i in admin', (version, ...counts) => {
    const { clusterRoles } = builtInRoles(version);

    const permissions = ['view', 'edit', 'admin'].map((name) => permissionsOf(effectiveRules(clusterRoles, name)));

    expect(permissions.map(({ size }) => size)).toEqual(counts);
  });

  test('1.35 has these rules for users and for discovery', () => {
    const { clusterRoles } = builtInRoles('1.35');

    const texts = clusterRoles
      .filter(({ name }) => FOR_USERS.includes(name))
      .map(({ name, rules }) => [name, rules.map(ruleText)]);

    expect(Object.fromEntries(texts)).toMatchSnapshot();
  });

  test.each(VERSIONS)('%s lets view see, and edit write, resource claims from 1.34 on', (version) => {
    const may = rolesThat(version);

    const isThere = Number(version.slice(2)) >= 34;
    expect(may('list resourceclaims.resource.k8s.io').includes('view')).toBe(isThere);
    expect(may('create resourceclaimtemplates.resource.k8s.io').includes('edit')).toBe(isThere);
  });

  test.each(VERSIONS)('%s lets view see, and edit write, events of events.k8s.io from 1.35 on', (version) => {
    const may = rolesThat(version);

    const isThere = Number(version.slice(2)) >= 35;
    expect(may('list events.events.k8s.io').includes('view')).toBe(isThere);
    expect(may('create events.events.k8s.io').includes('edit')).toBe(isThere);
    expect(may('list events')).toEqual(['view', 'edit', 'admin', 'cluster-admin']);
    expect(may('create events')).toEqual(['edit', 'admin', 'cluster-admin']);
  });
});

describe('a version outside the table', () => {
  test.each([
    ['1.29', '1.30'],
    ['1.9', '1.30'],
    ['1.100', NEWEST_KUBERNETES],
    ['2.0', NEWEST_KUBERNETES],
  ])('such as %s has the roles of %s', (version, nearest) => {
    expect(builtInRoles(version)).toEqual(builtInRoles(nearest));
  });
});

describe('the roles and bindings', () => {
  const { clusterRoles, clusterRoleBindings } = builtInRoles('1.34');

  test('are those of users and discovery, and of components and controllers', () => {
    const names = clusterRoles.map(({ name }) => name);

    expect(names.filter((name) => FOR_USERS.includes(name))).toEqual(FOR_USERS);
    expect(names).toEqual(
      expect.arrayContaining(['system:kube-scheduler', 'system:node', 'system:controller:namespace-controller']),
    );
    expect(names).toHaveLength(68);
  });

  test('bind these groups', () => {
    const bound = clusterRoleBindings.filter(({ subjects }) => subjects.some(({ kind }) => kind === 'Group'));

    expect(bound).toEqual([
      { name: 'cluster-admin', role: 'cluster-admin', subjects: [{ kind: 'Group', name: 'system:masters' }] },
      {
        name: 'system:basic-user',
        role: 'system:basic-user',
        subjects: [{ kind: 'Group', name: 'system:authenticated' }],
      },
      {
        name: 'system:discovery',
        role: 'system:discovery',
        subjects: [{ kind: 'Group', name: 'system:authenticated' }],
      },
      {
        name: 'system:monitoring',
        role: 'system:monitoring',
        subjects: [{ kind: 'Group', name: 'system:monitoring' }],
      },
      {
        name: 'system:public-info-viewer',
        role: 'system:public-info-viewer',
        subjects: [
          { kind: 'Group', name: 'system:authenticated' },
          { kind: 'Group', name: 'system:unauthenticated' },
        ],
      },
      {
        name: 'system:service-account-issuer-discovery',
        role: 'system:service-account-issuer-discovery',
        subjects: [{ kind: 'Group', name: 'system:serviceaccounts' }],
      },
    ]);
  });

  test('carry the label that Kubernetes puts on its own roles and bindings', () => {
    for (const { labels } of clusterRoles)
      expect(labels).toMatchObject({ 'kubernetes.io/bootstrapping': 'rbac-defaults' });
  });

  test.each([
    ['system:kube-scheduler', 'create pods/binding', 'team-a', true],
    ['system:kube-scheduler', 'get secrets', 'team-a', false],
    [
      'system:serviceaccount:kube-system:clusterrole-aggregation-controller',
      'escalate clusterroles.rbac.authorization.k8s.io',
      undefined,
      true,
    ],
    ['system:serviceaccount:kube-system:namespace-controller', 'delete namespaces', undefined, true],
    ['system:serviceaccount:default:namespace-controller', 'delete namespaces', undefined, false],
    ['system:serviceaccount:kube-system:token-cleaner', 'delete secrets', 'kube-system', true],
    ['system:serviceaccount:kube-system:token-cleaner', 'delete secrets', 'team-a', false],
  ])('answer whether %s may %s in %s: %j', (user, question, namespace, allowed) => {
    const decide = authorizer(builtInRoles('1.34'));

    expect(decide({ user, groups: [] }, { ...requestOf(question), namespace }).allowed).toBe(allowed);
  });

  test('fill admin, edit and view by labels, so that a role of the cluster can add to them', () => {
    const own = {
      name: 'widgets',
      labels: { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' },
      rules: [{ verbs: ['get'], apiGroups: ['example.com'], resources: ['widgets'] }],
    };

    for (const role of ['view', 'edit', 'admin']) {
      expect(effectiveRules([...clusterRoles, own], role)).toContainEqual(own.rules[0]);
    }
  });
});

describe('everybody', () => {
  const decide = authorizer(builtInRoles('1.34'));
  const may = (group: string, question: string) => decide({ user: 'x', groups: [group] }, requestOf(question)).allowed;

  test.each([
    'get /healthz',
    'get /livez',
    'get /readyz',
    'get /version',
    'get /version/',
    'get /api',
    'get /api/v1',
    'get /apis/apps/v1',
    'get /openapi/v3',
    'create selfsubjectaccessreviews.authorization.k8s.io',
    'create selfsubjectrulesreviews.authorization.k8s.io',
    'create selfsubjectreviews.authentication.k8s.io',
  ])('who is signed in may %s', (question) => {
    expect(may('system:authenticated', question)).toBe(true);
  });

  test.each([
    'get /healthz/etcd',
    'get /metrics',
    'post /version',
    'get /.well-known/openid-configuration',
    'create subjectaccessreviews.authorization.k8s.io',
    'get selfsubjectreviews.authentication.k8s.io',
    'get pods',
    'get namespaces',
  ])('who is signed in may not %s', (question) => {
    expect(may('system:authenticated', question)).toBe(false);
  });

  test('who is not signed in may see health and version only', () => {
    const questions = ['/healthz', '/livez', '/readyz', '/version', '/version/', '/api', '/openapi/v3'];

    const seen = questions.filter((path) => may('system:unauthenticated', `get ${path}`));

    expect(seen).toEqual(['/healthz', '/livez', '/readyz', '/version', '/version/']);
  });

  test.each([
    '/.well-known/openid-configuration',
    '/.well-known/openid-configuration/',
    '/openid/v1/jwks',
    '/openid/v1/jwks/',
  ])('who is a service account may get %s', (path) => {
    expect(may('system:serviceaccounts', `get ${path}`)).toBe(true);
  });
});
