import { rulesOfRole } from '../../model/rules-of-role';
import { leadsTo, SENSITIVE_PERMISSIONS, sensitivePermissions } from '../../model/sensitive-permissions';
import { accessWith } from '../access-files';

const rule = (apiGroup: string, resource: string, verb: string) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs: [verb],
});
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';

describe('SENSITIVE_PERMISSIONS', () => {
  test('are these', () => {
    expect(SENSITIVE_PERMISSIONS).toEqual([
      'read-secrets',
      'pod-exec',
      'impersonate',
      'bind',
      'escalate',
      'create-tokens',
      'write-nodes',
      'node-proxy',
      'write-volumes',
      'write-webhooks',
      'approve-certificates',
      'wildcards',
    ]);
  });

  test.each(SENSITIVE_PERMISSIONS)('%s leads to something, in words', (permission) => {
    expect(leadsTo(permission)).toMatch(/^[^\n]{10,}[^.]$/);
  });
});

describe('sensitivePermissions', () => {
  test.each([
    ['read-secrets', '', 'secrets', 'get'],
    ['read-secrets', '', 'secrets', 'list'],
    ['read-secrets', '', 'secrets', 'watch'],
    ['pod-exec', '', 'pods/exec', 'create'],
    ['pod-exec', '', 'pods/exec', 'get'],
    ['pod-exec', '', 'pods/attach', 'create'],
    ['pod-exec', '', 'pods/ephemeralcontainers', 'patch'],
    ['pod-exec', '', '*/exec', 'create'],
    ['impersonate', '', 'serviceaccounts', 'impersonate'],
    ['bind', RBAC, 'roles', 'bind'],
    ['bind', RBAC, 'clusterroles', 'bind'],
    ['escalate', RBAC, 'roles', 'escalate'],
    ['escalate', RBAC, 'clusterroles', 'escalate'],
    ['create-tokens', '', 'serviceaccounts/token', 'create'],
  ])('are %s everywhere for %j %s %s', (permission, apiGroup, resource, verb) => {
    const rules = [rule(apiGroup, resource, verb)];

    expect(sensitivePermissions(rules, 'cluster')).toEqual([permission]);
    expect(sensitivePermissions(rules, 'namespace')).toEqual([permission]);
  });

  test.each([
    ['impersonate', '', 'users', 'impersonate'],
    ['impersonate', '', 'groups', 'impersonate'],
    ['impersonate', 'authentication.k8s.io', 'uids', 'impersonate'],
    ['write-nodes', '', 'nodes', 'patch'],
    ['write-nodes', '', 'nodes/status', 'update'],
    ['node-proxy', '', 'nodes/proxy', 'get'],
    ['node-proxy', '', 'nodes/proxy', 'create'],
    ['write-volumes', '', 'persistentvolumes', 'create'],
    ['write-webhooks', ADMISSION, 'mutatingwebhookconfigurations', 'create'],
    ['write-webhooks', ADMISSION, 'validatingadmissionpolicybindings', 'delete'],
    ['approve-certificates', CERTIFICATES, 'certificatesigningrequests/approval', 'update'],
    ['approve-certificates', CERTIFICATES, 'signers', 'approve'],
  ])('are %s on a whole cluster only for %j %s %s', (permission, apiGroup, resource, verb) => {
    const rules = [rule(apiGroup, resource, verb)];

    expect(sensitivePermissions(rules, 'cluster')).toEqual([permission]);
    expect(sensitivePermissions(rules, 'namespace')).toEqual([]);
  });

  test.each([
    ['writing Secrets', rule('', 'secrets', 'create')],
    ['Secrets of another API group', rule('example.com', 'secrets', 'get')],
    ['pods', rule('', 'pods', 'get')],
    ['their logs', rule('', 'pods/log', 'get')],
    ['forwarding their ports', rule('', 'pods/portforward', 'create')],
    ['reading nodes', rule('', 'nodes', 'get')],
    ['reading roles', rule(RBAC, 'clusterroles', 'get')],
    ['writing roles, which Kubernetes limits to what one has', rule(RBAC, 'clusterroles', 'create')],
    ['reading webhooks', rule(ADMISSION, 'mutatingwebhookconfigurations', 'get')],
    ['every verb on URLs', { nonResourceURLs: ['*'], verbs: ['*'] }],
  ])('are none for %s', (_, one) => {
    expect(sensitivePermissions([one], 'cluster')).toEqual([]);
  });

  test('are wildcards for any *, and what the * takes in', () => {
    expect(sensitivePermissions([rule('apps', '*', 'get')], 'cluster')).toEqual(['wildcards']);
    expect(sensitivePermissions([rule('apps', 'deployments', '*')], 'namespace')).toEqual(['wildcards']);
    expect(sensitivePermissions([rule('*', 'secrets', 'get')], 'cluster')).toEqual(['read-secrets', 'wildcards']);
    expect(sensitivePermissions([rule('', 'secrets', '*')], 'cluster')).toEqual(['read-secrets', 'wildcards']);
    expect(sensitivePermissions([rule('', '*', 'list')], 'cluster')).toEqual(['read-secrets', 'wildcards']);
  });

  test('are those of a rule for named objects as well', () => {
    const rules = [{ ...rule('', 'secrets', 'get'), resourceNames: ['tls'] }];

    expect(sensitivePermissions(rules, 'namespace')).toEqual(['read-secrets']);
  });

  test('are not put together of two rules', () => {
    expect(sensitivePermissions([rule('', 'secrets', 'create'), rule('', 'pods', 'get')], 'cluster')).toEqual([]);
  });

  test.each([
    ['view', []],
    ['edit', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens']],
    ['admin', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens']],
    ['cluster-admin', SENSITIVE_PERMISSIONS],
    ['developer-restricted', []],
    ['platform-engineer', ['read-secrets', 'pod-exec', 'node-proxy', 'wildcards']],
    ['restricted-user', []],
    ['secret-reader', ['read-secrets']],
    ['pod-exec', ['pod-exec']],
  ])('of %s on a whole cluster are %j', (role, permissions) => {
    expect(sensitivePermissions(rulesOfRole(role, accessWith(), '1.35'), 'cluster')).toEqual(permissions);
  });
});
