import { apiResources, NEWEST_KUBERNETES } from '../../rbac';

const VERSIONS = ['1.30', '1.31', '1.32', '1.33', '1.34', '1.35', '1.36', '1.37'];

const resourceOf = (version: string, apiGroup: string, name: string) =>
  apiResources(version).find((resource) => resource.apiGroup === apiGroup && resource.name === name);

describe('apiResources', () => {
  test('know pods', () => {
    expect(resourceOf('1.34', '', 'pods')).toEqual({
      apiGroup: '',
      name: 'pods',
      kind: 'Pod',
      shortNames: ['po'],
      isNamespaced: true,
      isServedByDefault: true,
      verbs: ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'],
      subresources: {
        attach: ['create', 'get'],
        binding: ['create'],
        ephemeralcontainers: ['get', 'patch', 'update'],
        eviction: ['create'],
        exec: ['create', 'get'],
        log: ['get'],
        portforward: ['create', 'get'],
        proxy: ['create', 'delete', 'get', 'patch', 'update'],
        resize: ['get', 'patch', 'update'],
        status: ['get', 'patch', 'update'],
      },
    });
  });

  test.each([
    ['', 'secrets', '1.30', '1.30'],
    ['networking.k8s.io', 'servicecidrs', '1.30', '1.33'],
    ['resource.k8s.io', 'resourceclaims', '1.30', '1.34'],
    ['storage.k8s.io', 'volumeattributesclasses', '1.30', '1.34'],
    ['admissionregistration.k8s.io', 'mutatingadmissionpolicies', '1.32', '1.36'],
    ['certificates.k8s.io', 'podcertificaterequests', '1.34', '1.37'],
    ['certificates.k8s.io', 'clustertrustbundles', '1.30', '1.37'],
    ['storagemigration.k8s.io', 'storageversionmigrations', '1.30', '1.37'],
    ['scheduling.k8s.io', 'workloads', '1.35', undefined],
    ['lifecycle.k8s.io', 'evictionrequests', '1.37', undefined],
    ['metrics.k8s.io', 'pods', '1.30', undefined],
  ])('of %s have %s since %s, and API servers serve it by default since %s', (apiGroup, name, since, served) => {
    const found = VERSIONS.map((version) => resourceOf(version, apiGroup, name));

    expect(VERSIONS[found.findIndex((resource) => resource !== undefined)]).toBe(since);
    expect(VERSIONS[found.findIndex((resource) => resource?.isServedByDefault)]).toBe(served);
  });

  test.each([
    ['resource.k8s.io', 'resourceclasses', '1.30'],
    ['resource.k8s.io', 'podschedulingcontexts', '1.31'],
  ])('of %s have %s until %s', (apiGroup, name, until) => {
    expect(VERSIONS.findLast((version) => resourceOf(version, apiGroup, name) !== undefined)).toBe(until);
  });

  test('put namespaced resources first, and of one name that of the core group', () => {
    const resources = apiResources(NEWEST_KUBERNETES);
    const groupsOf = (wanted: string) =>
      resources.filter(({ name }) => name === wanted).map(({ apiGroup }) => apiGroup);

    expect(resources.findIndex(({ isNamespaced }) => !isNamespaced)).toBe(
      resources.findLastIndex(({ isNamespaced }) => isNamespaced) + 1,
    );
    expect(groupsOf('pods')).toEqual(['', 'metrics.k8s.io']);
    expect(groupsOf('nodes')).toEqual(['', 'metrics.k8s.io']);
    expect(groupsOf('events')).toEqual(['', 'events.k8s.io']);
  });
});
