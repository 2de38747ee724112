import type { AccessRequest, PolicyRule, ResourceRequest } from '../../rbac';
import { compileRule } from '../../rbac/compiled-rule';

const RULE: PolicyRule = { verbs: ['get'], apiGroups: [''], resources: ['pods'] };
const REQUEST: ResourceRequest = { verb: 'get', apiGroup: '', resource: 'pods' };

function ruleAllows(rule: PolicyRule, request: AccessRequest): boolean {
  return compileRule(rule).allows(request);
}

/** Whether the rule for getting pods with these changes allows getting pods with those changes. */
function allows(rule: Partial<PolicyRule>, request: Partial<ResourceRequest> = {}): boolean {
  return ruleAllows({ ...RULE, ...rule }, { ...REQUEST, ...request });
}

function allowsUrl(nonResourceURLs: readonly string[], path: string, verb = 'get'): boolean {
  return ruleAllows({ verbs: ['get'], nonResourceURLs }, { verb, path });
}

describe('a verb', () => {
  test.each<[string, readonly string[], string, boolean]>([
    ['matches itself', ['list', 'get'], 'get', true],
    ['does not match another', ['get'], 'list', false],
    ['does not match another case', ['GET'], 'get', false],
    ['of a request is not a wildcard', ['get'], '*', false],
    ['is matched by *', ['get', '*'], 'impersonate', true],
    ['is not a pattern', ['get*'], 'get', false],
    ['is not matched by an empty list', [], 'get', false],
  ])('%s', (_, verbs, verb, expected) => {
    expect(allows({ verbs }, { verb })).toBe(expected);
  });
});

describe('an API group', () => {
  test.each<[string, readonly string[] | undefined, string, boolean]>([
    ['matches itself', ['batch', 'apps'], 'apps', true],
    ['does not match another', ['apps'], 'batch', false],
    ['does not match another case', ['Apps'], 'apps', false],
    ['is not the core group', ['apps'], '', false],
    ['that is the core group is not another', [''], 'apps', false],
    ['is matched by *', ['*'], 'apps', true],
    ['that is the core group is matched by *', ['*'], '', true],
    ['of a request is not a wildcard', ['apps'], '*', false],
    ['is not a pattern', ['*.k8s.io'], 'policy.k8s.io', false],
    ['that is the core group is not matched by an empty list', [], '', false],
    ['that is the core group is not matched by a missing list', undefined, '', false],
  ])('%s', (_, apiGroups, apiGroup, expected) => {
    expect(allows({ apiGroups }, { apiGroup })).toBe(expected);
  });
});

describe('a resource', () => {
  test.each<[string, readonly string[] | undefined, string, string | undefined, boolean]>([
    ['matches itself', ['secrets', 'pods'], 'pods', undefined, true],
    ['does not match another', ['secrets'], 'pods', undefined, false],
    ['does not match its singular', ['pod'], 'pods', undefined, false],
    ['does not match another case', ['Pods'], 'pods', undefined, false],
    ['matches with an empty subresource', ['pods'], 'pods', '', true],
    ['does not cover its subresources', ['pods'], 'pods', 'log', false],
    ['is not covered by its subresources', ['pods/log'], 'pods', undefined, false],
    ['matches with its subresource', ['pods/log'], 'pods', 'log', true],
    ['does not match with another subresource', ['pods/log'], 'pods', 'exec', false],
    ['of another name does not match with the subresource', ['pods/status'], 'nodes', 'status', false],
    ['is matched by *', ['*'], 'pods', undefined, true],
    ['with a subresource is matched by *', ['*'], 'pods', 'log', true],
    ['with a subresource is matched by */subresource', ['*/scale'], 'deployments', 'scale', true],
    ['with another subresource is not matched by */subresource', ['*/scale'], 'deployments', 'status', false],
    ['with a longer subresource is not matched by */subresource', ['*/scale'], 'deployments', 'rescale', false],
    ['without a subresource is not matched by */subresource', ['*/scale'], 'deployments', undefined, false],
    ['without a subresource is not matched by */', ['*/'], 'pods', undefined, false],
    ['with a subresource is not matched by resource/*', ['pods/*'], 'pods', 'log', false],
    ['with a subresource is not matched by */*', ['*/*'], 'pods', 'log', false],
    ['of a request is not a wildcard', ['pods'], '*', undefined, false],
    ['is not matched by an empty list', [], 'pods', undefined, false],
    ['is not matched by a missing list', undefined, 'pods', undefined, false],
  ])('%s', (_, resources, resource, subresource, expected) => {
    expect(allows({ resources }, { resource, subresource })).toBe(expected);
  });
});

describe('a rule for named objects', () => {
  test.each<[string, readonly string[] | undefined, string | undefined, boolean]>([
    ['allows them', ['a', 'b'], 'b', true],
    ['does not allow others', ['a'], 'b', false],
    ['does not allow another case', ['a'], 'A', false],
    ['does not allow a request without a name', ['a'], undefined, false],
    ['does not allow a request with an empty name', ['a'], '', false],
    ['takes * for a name', ['*'], 'a', false],
    ['takes * for a name, for a request without one too', ['*'], undefined, false],
    ['that has an empty list of names allows every object', [], 'a', true],
    ['that has no list of names allows every object', undefined, 'a', true],
    ['that has an empty list of names allows a request without a name', [], undefined, true],
  ])('%s', (_, resourceNames, name, expected) => {
    expect(allows({ resourceNames }, { name })).toBe(expected);
  });

  test.each(['list', 'watch', 'create', 'deletecollection'])('does not allow %s, which has no name', (verb) => {
    expect(allows({ verbs: ['*'], resourceNames: ['a'] }, { verb })).toBe(false);
  });

  test('allows a list that selects the one name', () => {
    expect(allows({ verbs: ['list'], resourceNames: ['a'] }, { verb: 'list', name: 'a' })).toBe(true);
  });
});

describe('a URL', () => {
  test.each<[string, readonly string[], string, boolean]>([
    ['matches itself', ['/livez', '/healthz'], '/healthz', true],
    ['does not cover what is below it', ['/healthz'], '/healthz/etcd', false],
    ['does not match with a slash more', ['/version'], '/version/', false],
    ['does not match another case', ['/healthz'], '/Healthz', false],
    ['is matched by *', ['*'], '/anything', true],
    ['that is empty is matched by *', ['*'], '', true],
    ['below is matched by a trailing *', ['/healthz/*'], '/healthz/etcd', true],
    ['deep below is matched by a trailing *', ['/healthz/*'], '/healthz/a/b', true],
    ['that ends where the * begins is matched', ['/healthz/*'], '/healthz/', true],
    ['above a trailing /* is not matched', ['/healthz/*'], '/healthz', false],
    ['that only begins the same is matched by a trailing *', ['/api*'], '/apis/apps', true],
    ['is matched by several trailing *', ['/api**'], '/apis', true],
    ['is not matched by a leading *', ['*/healthz'], '/a/healthz', false],
    ['is not matched by a * in the middle', ['/apis/*/v1'], '/apis/apps/v1', false],
    ['is matched by a * in the middle as it stands', ['/apis/*/v1'], '/apis/*/v1', true],
    ['below a * in the middle is not matched', ['/apis/*/v1'], '/apis/*/v1/x', false],
    ['is matched by a prefix with a * in the middle as it stands only', ['/a*i*'], '/api', false],
    ['is not matched by an empty list', [], '/healthz', false],
  ])('%s', (_, nonResourceURLs, path, expected) => {
    expect(allowsUrl(nonResourceURLs, path)).toBe(expected);
  });

  test('is not matched with another verb', () => {
    expect(allowsUrl(['*'], '/healthz', 'post')).toBe(false);
  });
});

describe('resources and URLs', () => {
  test('a rule for all resources allows no URL', () => {
    expect(ruleAllows({ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, { verb: 'get', path: '/healthz' })).toBe(
      false,
    );
  });

  test('a rule for all URLs allows no resource', () => {
    expect(ruleAllows({ verbs: ['*'], nonResourceURLs: ['*'] }, REQUEST)).toBe(false);
  });

  test('the names of a rule do not limit its URLs', () => {
    expect(ruleAllows({ ...RULE, resourceNames: ['a'], nonResourceURLs: ['/x'] }, { verb: 'get', path: '/x' })).toBe(
      true,
    );
  });
});

test('verb, API group, resource and name have to match in one rule', () => {
  const rule: PolicyRule = { verbs: ['get'], apiGroups: ['apps'], resources: ['deployments'], resourceNames: ['a'] };
  const request: ResourceRequest = { verb: 'get', apiGroup: 'apps', resource: 'deployments', name: 'a' };

  expect(ruleAllows(rule, request)).toBe(true);
  expect(ruleAllows(rule, { ...request, verb: 'list' })).toBe(false);
  expect(ruleAllows(rule, { ...request, apiGroup: '' })).toBe(false);
  expect(ruleAllows(rule, { ...request, resource: 'replicasets' })).toBe(false);
  expect(ruleAllows(rule, { ...request, name: 'b' })).toBe(false);
});
