import { requestedMethod, requestedResource, requestedVerb } from '../../../model/review/request-words';
import { apiResources, builtInRoles, NEWEST_KUBERNETES } from '../../../rbac';

const CUSTOM = [
  { apiGroups: ['argoproj.io'], resources: ['applications', 'applications/sync'], verbs: ['get', 'override'] },
  { apiGroups: [''], resources: ['pod'], verbs: ['delet'] },
];

describe('requestedResource', () => {
  test.each([
    ['pods', '', 'pods'],
    ['pod', '', 'pods'],
    ['po', '', 'pods'],
    ['Pod', '', 'pods'],
    ['deploy', 'apps', 'deployments'],
    ['Deployment', 'apps', 'deployments'],
    ['deployments.apps', 'apps', 'deployments'],
    ['deployments.v1.apps', 'apps', 'deployments'],
    ['DEPLOY', 'apps', 'deployments'],
    ['Deployment.V1.Apps', 'apps', 'deployments'],
    ['pods.v1.', '', 'pods'],
    ['pods.', '', 'pods'],
    ['ingresses.networking', 'networking.k8s.io', 'ingresses'],
    ['events.events', 'events.k8s.io', 'events'],
    ['events.v1.events.k8s.io', 'events.k8s.io', 'events'],
    ['sts', 'apps', 'statefulsets'],
    ['cj', 'batch', 'cronjobs'],
    ['netpol', 'networking.k8s.io', 'networkpolicies'],
    ['ingress', 'networking.k8s.io', 'ingresses'],
    ['hpa', 'autoscaling', 'horizontalpodautoscalers'],
    ['clusterrole', 'rbac.authorization.k8s.io', 'clusterroles'],
    ['ev', '', 'events'],
    ['nodes', '', 'nodes'],
    ['crd', 'apiextensions.k8s.io', 'customresourcedefinitions'],
    ['users', '', 'users'],
    ['*', '', '*'],
  ])('accepts %s as kubectl does', (word, apiGroup, resource) => {
    expect(requestedResource(word, undefined, [])).toEqual({ apiGroup, resource });
  });

  test.each([
    ['po/log', '', 'pods', 'log'],
    ['sa/token', '', 'serviceaccounts', 'token'],
    ['no/proxy', '', 'nodes', 'proxy'],
    ['nodes/metrics', '', 'nodes', 'metrics'],
    ['deploy/scale', 'apps', 'deployments', 'scale'],
    ['deployments.apps/scale', 'apps', 'deployments', 'scale'],
    ['userextras/scopes', 'authentication.k8s.io', 'userextras', 'scopes'],
    ['pods/*', '', 'pods', '*'],
    ['*/scale', '', '*', 'scale'],
  ])('knows the subresource of %s', (word, apiGroup, resource, subresource) => {
    expect(requestedResource(word, undefined, [])).toEqual({ apiGroup, resource, subresource });
  });

  test.each([
    ['events', 'events.k8s.io'],
    ['nodes', 'metrics.k8s.io'],
    ['deployments', 'extensions'],
  ])('accepts %s of another group, %s, if it is given', (resource, apiGroup) => {
    expect(requestedResource(resource, apiGroup, [])).toEqual({ apiGroup, resource });
  });

  test('knows the custom resources of the rules, with the subresources that each can have', () => {
    const application = { apiGroup: 'argoproj.io', resource: 'applications' };

    expect(requestedResource('applications', undefined, CUSTOM)).toEqual(application);
    expect(requestedResource('applications/sync', undefined, CUSTOM)).toEqual({ ...application, subresource: 'sync' });
    expect(requestedResource('applications/status', undefined, CUSTOM)).toEqual({
      ...application,
      subresource: 'status',
    });
  });

  test.each([
    ['widgets', 'example.com'],
    ['services', 'serving.knative.dev'],
    ['gateways', 'gateway.networking.k8s.io'],
    ['applications', 'argoproj.io'],
  ])('accepts unknown %s of the custom group %s if the caller says so', (resource, apiGroup) => {
    const withStatus = { apiGroup, resource, subresource: 'status' };

    expect(requestedResource(resource, apiGroup, [], true)).toEqual({ apiGroup, resource });
    expect(requestedResource(`${resource}.${apiGroup}/status`, undefined, [], true)).toEqual(withStatus);
    expect(requestedResource(`${resource}.v1.${apiGroup}/status`, undefined, [], true)).toEqual(withStatus);
    expect(() => requestedResource(resource, apiGroup, [])).toThrow(
      `No role of the file names '${resource}' in the API group '${apiGroup}'.`,
    );
  });

  test.each([
    ['Certificate.cert-manager.io', undefined, "'Certificate' is not the name of a custom resource"],
    ['widgets', undefined, "Kubernetes has no resource 'widgets'."],
    ['widgets', 'app', "Kubernetes has no API group 'app'."],
    ['deploymets', 'apps', "The API group 'apps' has no resource 'deploymets'. Did you mean 'deployments'?"],
    ['pods/logs', undefined, "pods has no subresource 'logs'."],
  ])('fails on %j in the group %j even then: it cannot be a custom resource', (word, apiGroup, message) => {
    expect(() => requestedResource(word, apiGroup, [], true)).toThrow(message);
  });

  test('fails on two API groups', () => {
    expect(requestedResource('deployments.v1.apps', 'apps', [])).toEqual({ apiGroup: 'apps', resource: 'deployments' });
    expect(() => requestedResource('deployments.apps', 'extensions', [])).toThrow(
      "'deployments.apps' names another API group than 'extensions'. Give one of the two.",
    );
  });

  test('names every resource that is equally near', () => {
    expect(() => requestedResource('rolse', undefined, [])).toThrow("Did you mean 'roles'?");
    expect(() => requestedResource('cw', undefined, [])).toThrow(/Did you mean '[a-z]+' or '[a-z]+'/);
  });

  test.each([
    [
      'deploymets',
      undefined,
      "Kubernetes has no resource 'deploymets'. Did you mean 'deployments'? For a custom resource, also give its API group, and --unknown if no role of the file names it.",
    ],
    [
      'widgets',
      undefined,
      "Kubernetes has no resource 'widgets'. For a custom resource, also give its API group, and --unknown if no role of the file names it.",
    ],
    ['applications', undefined, "Kubernetes has no resource 'applications'. For a custom resource, "],
    ['pods/logs', undefined, "pods has no subresource 'logs'. Did you mean 'log'? It has attach, binding, "],
    ['secrets/exec', undefined, "secrets has no subresource 'exec'. It has none."],
    ['deployments', 'batch', "'deployments' is not in the API group 'batch'. It is in apps and in extensions."],
    ['pods', 'apps', "'pods' is not in the API group 'apps'. It is in the core group ('') and in metrics.k8s.io."],
    ['deployments', 'app', "Kubernetes has no API group 'app'. Did you mean 'apps'? It has apps, "],
    ['deployments', 'apps/v1', "Kubernetes has no API group 'apps/v1'."],
    [
      'clusterroles',
      'rbac.authorisation.k8s.io',
      "No role of the file names 'clusterroles' in the API group 'rbac.authorisation.k8s.io'. Did you mean 'rbac.authorization.k8s.io'?",
    ],
    [
      'Certificate',
      'cert-manager.io',
      "No role of the file names 'Certificate' in the API group 'cert-manager.io'. Use the name of a custom resource, the plural in lowercase, and --unknown.",
    ],
    [
      'Workflow.v1alpha1.argoproj.io',
      undefined,
      "No role of the file names 'Workflow' in the API group 'argoproj.io'.",
    ],
    ['widgets', 'scheduling.k8s.io', "The API group 'scheduling.k8s.io' has no resource 'widgets'."],
    ['deploymets', 'apps', "The API group 'apps' has no resource 'deploymets'. Did you mean 'deployments'?"],
    ['pods\u001b[2J', undefined, "Kubernetes has no resource 'pods\\u001b[2J'."],
    ['', undefined, "Kubernetes has no resource ''."],
    ['/log', undefined, "Kubernetes has no resource '/log'."],
  ])('fails on %j in the group %j', (word, apiGroup, message) => {
    expect(() => requestedResource(word, apiGroup, [])).toThrow(message);
  });

  test('fails on the singular of a custom resource that the rules name', () => {
    expect(() => requestedResource('application', 'argoproj.io', CUSTOM)).toThrow(
      "No role of the file names 'application' in the API group 'argoproj.io'. Did you mean 'applications'?",
    );
  });

  test('fails on a resource of Kubernetes that a rule misspells', () => {
    expect(requestedResource('pod', undefined, CUSTOM).resource).toBe('pods');
    expect(() =>
      requestedResource('podz', undefined, [{ apiGroups: [''], resources: ['podz'], verbs: ['get'] }]),
    ).toThrow("Kubernetes has no resource 'podz'. Did you mean 'pods'?");
  });

  test('knows each resource and subresource of the built-in roles', () => {
    const rules = ['1.30', NEWEST_KUBERNETES].flatMap((version) =>
      builtInRoles(version).clusterRoles.flatMap((role) => role.rules),
    );
    const named = rules.flatMap(({ apiGroups = [], resources = [] }) =>
      apiGroups.flatMap((apiGroup) => resources.map((resource) => [resource, apiGroup] as const)),
    );

    expect(named.length).toBeGreaterThan(150);
    for (const [resource, apiGroup] of named.filter(([, group]) => group !== '*')) {
      expect(requestedResource(resource, apiGroup, [])).toMatchObject({ apiGroup, resource: resource.split('/')[0] });
    }
  });

  test('accepts each name, kind, and short name of Kubernetes, with its group', () => {
    for (const { apiGroup, name: resource, kind, shortNames } of apiResources(NEWEST_KUBERNETES)) {
      for (const word of [resource, kind, ...shortNames]) {
        expect(requestedResource(word, apiGroup, [])).toEqual({ apiGroup, resource });
      }
    }
  });
});

describe('requestedVerb', () => {
  test.each([
    'get',
    'deletecollection',
    'impersonate',
    'escalate',
    '*',
    'impersonate:user-info',
    'impersonate-on:user-info:list',
  ])('knows %s', (verb) => {
    expect(requestedVerb(verb, [])).toBe(verb);
  });

  test('accepts an unknown verb if the caller says so', () => {
    expect(requestedVerb('tickle', [], true)).toBe('tickle');
    expect(() => requestedVerb('GET', [], true)).toThrow("Kubernetes has no verb 'GET'. Did you mean 'get'?");
  });

  test('knows the verbs of custom resources in the rules', () => {
    expect(requestedVerb('override', CUSTOM)).toBe('override');
  });

  test.each([
    ['delet', "Kubernetes has no verb 'delet'. Did you mean 'delete'? It has get, list, watch, create, "],
    ['GET', "Kubernetes has no verb 'GET'. Did you mean 'get'?"],
    ['read', "Kubernetes has no verb 'read'."],
    ['', "Kubernetes has no verb ''."],
  ])('fails on %j', (verb, message) => {
    expect(() => requestedVerb(verb, CUSTOM)).toThrow(message);
  });
});

describe('requestedMethod', () => {
  test.each(['get', 'post', 'head', '*'])('knows %s', (method) => {
    expect(requestedMethod(method)).toBe(method);
  });

  test.each(['list', 'gett'])('fails on %s', (method) => {
    expect(() => requestedMethod(method)).toThrow(`Kubernetes has no verb '${method}'.`);
  });
});
