import { roleDefinition } from '../../model/derived/roles';
import { rulesOfRole } from '../../model/derived/rules-of-role';
import { leadsTo, SENSITIVE_PERMISSIONS, sensitivePermissions } from '../../rbac/sensitive-permissions';
import { accessWith } from '../access-files';

const rule = (apiGroup: string, resource: string, verb: string) => ({
  apiGroups: [apiGroup],
  resources: [resource],
  verbs: [verb],
});
const RBAC = 'rbac.authorization.k8s.io';
const ADMISSION = 'admissionregistration.k8s.io';
const CERTIFICATES = 'certificates.k8s.io';
const CLUSTER = { namespace: null, readsAwsAuth: true };
const NAMESPACE = { namespace: 'team-a', readsAwsAuth: true };
const KUBE_SYSTEM = { namespace: 'kube-system', readsAwsAuth: true };

describe('SENSITIVE_PERMISSIONS', () => {
  test('are these', () => {
    expect(SENSITIVE_PERMISSIONS).toEqual([
      'read-secrets',
      'pod-exec',
      'impersonate',
      'bind',
      'escalate',
      'create-tokens',
      'run-workloads',
      'write-secrets',
      'write-aws-auth',
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
    ['read-secrets', '', 'secrets', 'deletecollection'],
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

    expect(sensitivePermissions(rules, CLUSTER)).toEqual([permission]);
    expect(sensitivePermissions(rules, NAMESPACE)).toEqual([permission]);
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

    expect(sensitivePermissions(rules, CLUSTER)).toEqual([permission]);
    expect(sensitivePermissions(rules, NAMESPACE)).toEqual([]);
  });

  test.each([
    ['run-workloads', '', 'pods', 'create'],
    ['run-workloads', '', 'pods', 'patch'],
    ['run-workloads', '', 'replicationcontrollers', 'update'],
    ['run-workloads', '', 'podtemplates', 'create'],
    ['run-workloads', 'apps', 'deployments', 'create'],
    ['run-workloads', 'apps', 'controllerrevisions', 'update'],
    ['run-workloads', 'apps', 'daemonsets', 'patch'],
    ['run-workloads', 'apps', 'replicasets', 'create'],
    ['run-workloads', 'apps', 'statefulsets', 'create'],
    ['run-workloads', 'batch', 'cronjobs', 'create'],
    ['run-workloads', 'batch', 'jobs', 'create'],
    ['write-secrets', '', 'secrets', 'create'],
    ['write-secrets', '', 'secrets', 'update'],
    ['write-aws-auth', '', 'configmaps', 'create'],
    ['write-aws-auth', '', 'configmaps', 'update'],
    ['write-aws-auth', '', 'configmaps', 'patch'],
  ])('are %s on a whole cluster and in kube-system only for %j %s %s', (permission, apiGroup, resource, verb) => {
    const rules = [rule(apiGroup, resource, verb)];

    expect(sensitivePermissions(rules, CLUSTER)).toEqual([permission]);
    expect(sensitivePermissions(rules, KUBE_SYSTEM)).toEqual([permission]);
    expect(sensitivePermissions(rules, NAMESPACE)).toEqual([]);
  });

  test('are read-secrets for a patch, which returns the Secret, and write-secrets in kube-system', () => {
    const rules = [rule('', 'secrets', 'patch')];

    expect(sensitivePermissions(rules, NAMESPACE)).toEqual(['read-secrets']);
    expect(sensitivePermissions(rules, KUBE_SYSTEM)).toEqual(['read-secrets', 'write-secrets']);
  });

  test('are write-aws-auth only where the cluster reads it', () => {
    const rules = [rule('', 'configmaps', 'update')];

    expect(sensitivePermissions(rules, { ...CLUSTER, readsAwsAuth: false })).toEqual([]);
    expect(sensitivePermissions(rules, { ...KUBE_SYSTEM, readsAwsAuth: false })).toEqual([]);
  });

  test('are write-aws-auth where a rule names it, and not where it names other objects alone', () => {
    const named = (...resourceNames: string[]) => [{ ...rule('', 'configmaps', 'patch'), resourceNames }];

    expect(sensitivePermissions(named('features', 'aws-auth'), KUBE_SYSTEM)).toEqual(['write-aws-auth']);
    expect(sensitivePermissions(named('features'), KUBE_SYSTEM)).toEqual([]);
  });

  test.each([
    ['deleting Secrets', rule('', 'secrets', 'delete')],
    ['deleting workloads', rule('apps', 'deployments', 'delete')],
    ['scaling them', rule('apps', 'deployments/scale', 'patch')],
    ['Secrets of another API group', rule('example.com', 'secrets', 'get')],
    ['pods', rule('', 'pods', 'get')],
    ['deleting pods', rule('', 'pods', 'delete')],
    ['evicting them', rule('', 'pods/eviction', 'create')],
    ['their logs', rule('', 'pods/log', 'get')],
    ['forwarding their ports', rule('', 'pods/portforward', 'create')],
    ['reading nodes', rule('', 'nodes', 'get')],
    ['reading roles', rule(RBAC, 'clusterroles', 'get')],
    ['writing roles, which Kubernetes limits to what one has', rule(RBAC, 'clusterroles', 'create')],
    ['reading webhooks', rule(ADMISSION, 'mutatingwebhookconfigurations', 'get')],
    ['every verb on URLs', { nonResourceURLs: ['*'], verbs: ['*'] }],
  ])('are none for %s', (_, one) => {
    expect(sensitivePermissions([one], CLUSTER)).toEqual([]);
  });

  test('are wildcards for any *, and what the * takes in', () => {
    expect(sensitivePermissions([rule('apps', '*', 'get')], CLUSTER)).toEqual(['wildcards']);
    expect(sensitivePermissions([rule('apps', 'deployments', '*')], NAMESPACE)).toEqual(['wildcards']);
    expect(sensitivePermissions([rule('*', 'secrets', 'get')], CLUSTER)).toEqual(['read-secrets', 'wildcards']);
    expect(sensitivePermissions([rule('', 'secrets', '*')], NAMESPACE)).toEqual(['read-secrets', 'wildcards']);
    expect(sensitivePermissions([rule('apps', '*', 'create')], CLUSTER)).toEqual(['run-workloads', 'wildcards']);
    expect(sensitivePermissions([rule('', '*', 'list')], CLUSTER)).toEqual(['read-secrets', 'wildcards']);
  });

  test('are those of a rule for named objects as well', () => {
    const rules = [{ ...rule('', 'secrets', 'get'), resourceNames: ['tls'] }];

    expect(sensitivePermissions(rules, NAMESPACE)).toEqual(['read-secrets']);
  });

  test('are not combined from two rules', () => {
    expect(sensitivePermissions([rule('', 'secrets', 'delete'), rule('', 'pods', 'get')], CLUSTER)).toEqual([]);
  });

  const CHANGES = ['run-workloads', 'write-secrets', 'write-aws-auth'];

  test.each([
    ['view', []],
    ['edit', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens', ...CHANGES]],
    ['admin', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens', ...CHANGES]],
    ['cluster-admin', SENSITIVE_PERMISSIONS],
    ['developer-restricted', ['run-workloads']],
    ['platform-engineer', ['pod-exec', 'run-workloads']],
    ['restricted-user', []],
    ['secret-reader', ['read-secrets']],
    ['pod-exec', ['pod-exec']],
  ])('of %s on a whole cluster are %j', (role, permissions) => {
    expect(sensitivePermissions(rulesOfRole(roleDefinition(role, accessWith()), '1.35'), CLUSTER)).toEqual(permissions);
  });

  test.each([
    ['edit', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens']],
    ['developer-restricted', []],
    ['platform-engineer', ['pod-exec']],
    ['namespace-admin', ['read-secrets', 'pod-exec', 'impersonate', 'create-tokens']],
    ['restricted-user', []],
    ['secret-reader', ['read-secrets']],
    ['secret-writer', ['read-secrets']],
    ['pod-exec', ['pod-exec']],
  ])('of %s in a namespace of people are %j', (role, permissions) => {
    expect(sensitivePermissions(rulesOfRole(roleDefinition(role, accessWith()), '1.35'), NAMESPACE)).toEqual(
      permissions,
    );
  });
});
