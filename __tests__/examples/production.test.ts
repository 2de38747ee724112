import production from '../../examples/production';
import { resources, type StackJson, synthesizedAccess, theAddress, theData, theResource } from '../synthesized';
import { matrixOf } from './matrix-of';

const stacks = synthesizedAccess(production);
const stack = (name: string) => stacks[name] as StackJson;
const okta = stack('okta');
const cluster = stack('cluster-production');
const rbac = stack('rbac-production');
const guards = stack('guards-production');

/** The rules of a ClusterRole, each as `groups: resources: verbs`. */
const rulesOf = (name: string) =>
  resources(rbac, 'kubernetes_cluster_role_v1')
    .find(({ metadata }) => metadata.name === name)
    ?.rule.map(({ api_groups, resources: names, verbs }: Record<string, string[]>) =>
      [api_groups, names, verbs].map((list) => list?.join(' ')).join(': '),
    )
    .sort();

describe('table C, the production guide', () => {
  test('has this matrix', () => {
    expect(matrixOf(production)).toMatchSnapshot();
  });

  test('gives each grant a reason', () => {
    expect(production.grants.filter(({ reason }) => reason === undefined)).toEqual([]);
  });

  test('keeps the namespaces of Kubernetes to on-call, because eks-platform runs workloads on whole clusters', () => {
    expect(production.guards?.systemNamespaces).toEqual(['eks-admins']);
    expect(
      production.placements.flatMap(({ group, namespace, sensitive }) =>
        namespace === null && sensitive.includes('run-workloads') ? [group] : [],
      ),
    ).toEqual(['eks-admins', 'eks-admins', 'eks-platform', 'eks-platform']);
  });

  test('enforces a Pod Security Standard in each of its namespaces, so that no pod becomes its node', () => {
    expect(Object.values(production.namespaces).map(({ podSecurity }) => podSecurity)).toEqual([
      'restricted',
      'restricted',
      'baseline',
    ]);
  });

  test('admits IAM principals by access entries only', () => {
    for (const key of ['production', 'tools']) {
      expect(theResource(stack(`cluster-${key}`), 'aws_eks_cluster').access_config.authentication_mode).toBe('API');
    }
  });

  test('has no warning', () => {
    expect(production.warnings).toEqual([]);
  });

  test('prefixes', () => {
    expect(theResource(cluster, 'aws_eks_identity_provider_config').oidc).toMatchObject({
      username_prefix: 'okta:',
      groups_prefix: 'okta:',
    });
  });

  test('app hardening: rotation with 30 s of leeway, custom issuer, PKCE, no secret', () => {
    for (const app of resources(okta, 'okta_app_oauth')) {
      expect(app).toMatchObject({
        type: 'native',
        grant_types: ['authorization_code', 'refresh_token'],
        refresh_token_rotation: 'ROTATE',
        refresh_token_leeway: 30,
        pkce_required: true,
        token_endpoint_auth_method: 'none',
        omit_secret: true,
      });
    }
    expect(theResource(okta, 'okta_auth_server').issuer_mode).toBe('CUSTOM_URL');
    for (const rule of resources(okta, 'okta_auth_server_policy_rule')) {
      expect(rule).toMatchObject({
        access_token_lifetime_minutes: 15,
        refresh_token_lifetime_minutes: 720,
        refresh_token_window_minutes: 120,
      });
    }
  });

  test('group rule', () => {
    expect(resources(okta, 'okta_group_rule').map(({ name, expression_value }) => [name, expression_value])).toEqual([
      ['eks-developers', 'user.department == "Shop"'],
      ['eks-platform', 'user.department == "Engineering" AND user.employeeType == "FTE"'],
    ]);
  });

  test('two providers on one cluster: there is one, and the answer is break-glass', () => {
    expect(resources(cluster, 'aws_eks_identity_provider_config')).toHaveLength(1);
    expect(resources(cluster, 'aws_eks_access_entry')).toContainEqual(
      expect.objectContaining({
        principal_arn: 'arn:aws:iam::444455556666:role/on-call',
        kubernetes_groups: ['break-glass'],
      }),
    );
  });

  test('required claims: not aud or iss, but a claim of the organization', () => {
    expect(theResource(cluster, 'aws_eks_identity_provider_config').oidc.required_claims).toEqual({
      tenant: 'example',
    });
  });

  test('role developer-restricted, without secrets and pods/exec', () => {
    expect(rulesOf('developer-restricted')).toEqual([
      ': configmaps: get list watch',
      ': namespaces nodes persistentvolumes: get list',
      ': pods/log pods/status: get list',
      ': pods/portforward: create get',
      ': pods: delete get list watch',
      ': services: create get list patch update watch',
      'apps: deployments replicasets: create get list patch update watch',
      'apps: deployments/scale: patch update',
      'networking.k8s.io: ingresses: create get list patch update watch',
    ]);
  });

  test('role platform-engineer, with its reads by name, and without a rule that writes nodes, volumes, or Secrets', () => {
    const rules = rulesOf('platform-engineer');

    expect(rules.filter((rule: string) => !rule.endsWith(': get list watch'))).toEqual([
      ': pods/exec pods/portforward: create get',
      'apps: daemonsets deployments deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale: create delete deletecollection get list patch update watch',
      'autoscaling: horizontalpodautoscalers: create delete deletecollection get list patch update watch',
      'batch: cronjobs jobs: create delete deletecollection get list patch update watch',
    ]);
    expect(rules.join('\n')).toMatch(/^: .* nodes nodes\/status .*: get list watch$/m);
    expect(rules.join('\n')).not.toMatch(/proxy|secrets|\*/);
  });

  test("role namespace-admin: Kubernetes' admin, in namespaces", () => {
    const bindings = resources(rbac, 'kubernetes_role_binding_v1').filter(
      ({ metadata }) => metadata.name === 'oidc-namespace-admin',
    );

    expect(bindings.map(({ metadata, role_ref }) => [metadata.namespace, role_ref.kind, role_ref.name])).toEqual([
      ['payments', 'ClusterRole', 'admin'],
      ['shop', 'ClusterRole', 'admin'],
    ]);
  });

  test('NetworkPolicies: deny all ingress, let oauth-proxy of ingress-nginx in on 8080', () => {
    const policies = resources(rbac, 'kubernetes_network_policy_v1').filter(
      ({ metadata }) => metadata.namespace === 'shop',
    );

    expect(policies.map(({ metadata }) => metadata.name).sort()).toEqual([
      'allow-ingress-ingress-nginx-app-oauth-proxy-8080',
      'deny-ingress',
    ]);
    expect(policies.find(({ metadata }) => metadata.name.startsWith('allow'))?.spec.ingress).toEqual([
      {
        from: [
          {
            namespace_selector: { match_labels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } },
            pod_selector: { match_labels: { app: 'oauth-proxy' } },
          },
        ],
        ports: [{ port: '8080', protocol: 'TCP' }],
      },
    ]);
  });

  test('admission webhook: guards', () => {
    const policies = resources(guards, 'kubernetes_manifest').flatMap(({ manifest }) =>
      manifest.kind === 'ValidatingAdmissionPolicy' ? [manifest.metadata.name] : [],
    );

    expect(policies.sort()).toEqual([
      'oidc-namespace-payments',
      'oidc-run-as-root-controller-revisions',
      'oidc-run-as-root-cron-jobs',
      'oidc-run-as-root-pods',
      'oidc-run-as-root-templates',
      'oidc-secret-deletion',
      'oidc-secret-deletion-namespaces',
      'oidc-system-namespaces',
    ]);
  });

  test("the namespace guard exempts Terraform's own roles", () => {
    const guard = resources(guards, 'kubernetes_manifest').find(
      ({ manifest }) => manifest.metadata.name === 'oidc-namespace-payments' && manifest.spec.failurePolicy,
    );

    expect(JSON.stringify(guard)).toContain('arn:aws:sts::444455556666:assumed-role/pipeline/');
    expect(JSON.stringify(guard)).toContain('arn:aws:sts::444455556666:assumed-role/terraform/');
  });

  test('PrometheusRule: alarms on the control plane logs', () => {
    expect(resources(cluster, 'aws_cloudwatch_metric_alarm').map(({ alarm_name }) => alarm_name)).toEqual(
      ['AnonymousAccess', 'BreakGlass', 'FailedAuthentication', 'Forbidden', 'RefusedOidcTokens'].map(
        (signal) => `EksAccess/production/${signal}`,
      ),
    );
    expect(resources(cluster, 'aws_cloudwatch_metric_alarm')[0]?.alarm_actions).toEqual([
      'arn:aws:sns:eu-central-1:444455556666:security',
    ]);
    expect(resources(stack('cluster-tools'), 'aws_cloudwatch_metric_alarm')[0]?.alarm_actions).toBeUndefined();
  });

  test('audit policy, logs: all control plane logs for a year, in a log group that is created first', () => {
    const { enabled_cluster_log_types, depends_on } = theResource(cluster, 'aws_eks_cluster');

    expect(enabled_cluster_log_types).toEqual(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']);
    expect(depends_on).toContain(theAddress(cluster, 'aws_cloudwatch_log_group'));
    expect(theResource(cluster, 'aws_cloudwatch_log_group')).toEqual({
      name: '/aws/eks/production/cluster',
      retention_in_days: 365,
    });
  });

  test('break-glass: an access entry with admin policy, a reason, and an expiry', () => {
    const entry = resources(cluster, 'aws_eks_access_entry').find(({ kubernetes_groups }) => kubernetes_groups);

    expect(entry?.tags).toEqual({
      'break-glass-expires': '2027-01-31',
      'break-glass-reason': 'Sign-in when Okta does not work',
    });
    expect(resources(cluster, 'aws_eks_access_policy_association').map(({ policy_arn }) => policy_arn)).toEqual([
      'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
      'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
    ]);
  });

  test('checklist: MFA and an allow-list of networks', () => {
    expect(theResource(okta, 'okta_app_signon_policy').catch_all).toBe(false);
    expect(theResource(okta, 'okta_app_signon_policy_rule')).toMatchObject({
      factor_mode: '2FA',
      network_connection: 'ZONE',
    });
    expect(Object.values(okta.data?.okta_network_zone ?? {}).map(({ name }) => name)).toEqual(['Offices', 'VPN']);
  });

  test('checklist: private endpoint, encryption of secrets, protection, support', () => {
    expect(theResource(cluster, 'aws_eks_cluster')).toMatchObject({
      vpc_config: { endpoint_private_access: true, endpoint_public_access: false },
      encryption_config: { resources: ['secrets'] },
      deletion_protection: true,
      upgrade_policy: { support_type: 'STANDARD' },
    });
    expect(theResource(stack('cluster-tools'), 'aws_eks_cluster').vpc_config).toMatchObject({
      endpoint_private_access: true,
      endpoint_public_access: true,
      public_access_cidrs: ['203.0.113.0/24'],
    });
  });

  test('checklist: pod security and a quota', () => {
    const levels = resources(rbac, 'kubernetes_namespace_v1').map(({ metadata }) => [
      metadata.name,
      metadata.labels['pod-security.kubernetes.io/enforce'],
    ]);

    expect(Object.fromEntries(levels)).toEqual({
      'ingress-nginx': 'baseline',
      payments: 'restricted',
      shop: 'restricted',
    });
    expect(theResource(rbac, 'kubernetes_resource_quota_v1').spec.hard).toEqual({
      pods: '100',
      'requests.cpu': '20',
      'requests.memory': '64Gi',
    });
  });

  test('two accounts: each cluster in its own, with its own tags', () => {
    expect(cluster.provider?.aws?.[0]?.allowed_account_ids).toEqual(['444455556666']);
    expect(stack('cluster-tools').provider?.aws?.[0]?.allowed_account_ids).toEqual(['111122223333']);
    expect(stack('cluster-tools').provider?.aws?.[0]?.default_tags[0].tags['data-class']).toBe('restricted');
  });

  test('state: every stack writes and reads it in the bucket', () => {
    const backends = Object.entries(stacks).map(([name, { terraform }]) => [name, terraform?.backend.s3.key]);

    expect(Object.fromEntries(backends)).toEqual(
      Object.fromEntries(Object.keys(stacks).map((name) => [name, `eks-access/${name}.tfstate`])),
    );
    expect(theData(cluster, 'terraform_remote_state')).toMatchObject({
      backend: 's3',
      config: { key: 'eks-access/okta.tfstate' },
    });
  });
});
