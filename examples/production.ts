import { defineAccess } from '../model';

const SECURITY = '111122223333';
const WORKLOADS = '444455556666';

/** A production setup: two accounts, private endpoints, guards, alarms, break-glass, and grants with a reason and an expiry. */
export default defineAccess({
  okta: { orgName: 'example', baseUrl: 'okta.com' },
  authorizationServer: { name: 'EKS production', description: 'Sign-in to Kubernetes', issuerMode: 'CUSTOM_URL' },
  claims: { tenant: '"example"' },
  identityProvider: { prefix: 'okta:', requiredClaims: { tenant: 'example' } },
  signIn: {
    refresh: { lifetime: '12h', idle: '2h', rotation: true, leeway: 30 },
    accessTokenMinutes: 15,
    authenticationPolicy: { requireMfa: true, networkZones: ['Offices', 'VPN'] },
  },
  groups: {
    'eks-admins': { description: 'On-call administrators', logins: ['ana@example.com', 'ben@example.com'] },
    'eks-platform': {
      description: 'Platform engineers',
      rule: 'user.department == "Engineering" AND user.employeeType == "FTE"',
    },
    'eks-developers': { description: 'Builds the shop', rule: 'user.department == "Shop"' },
    'eks-leads': { description: 'Leads of the shop', logins: ['cleo@example.com'] },
    'eks-security': { description: 'Reads everything, changes nothing', existing: false },
  },
  roles: {
    auditor: {
      description: 'Who may do what, and what happened',
      rules: [
        {
          apiGroups: ['rbac.authorization.k8s.io'],
          resources: ['clusterrolebindings', 'clusterroles', 'rolebindings', 'roles'],
          verbs: ['get', 'list', 'watch'],
        },
        { apiGroups: [''], resources: ['events', 'namespaces'], verbs: ['get', 'list', 'watch'] },
        { verbs: ['get'], nonResourceURLs: ['/metrics', '/logs/*'] },
      ],
    },
    'config-editor': {
      scope: 'namespace',
      description: 'Changes one ConfigMap',
      rules: [
        { apiGroups: [''], resources: ['configmaps'], resourceNames: ['features'], verbs: ['get', 'update', 'patch'] },
      ],
    },
  },
  clusterDefaults: {
    version: '1.35',
    authenticationMode: 'API',
    endpoint: { private: true },
    logs: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'],
    logRetentionDays: 365,
    supportType: 'STANDARD',
    deletionProtection: true,
    namespaces: ['ingress-nginx'],
    tags: { 'data-class': 'internal' },
  },
  clusters: {
    production: {
      kind: 'eks',
      region: 'eu-central-1',
      account: { id: WORKLOADS, roleArn: `arn:aws:iam::${WORKLOADS}:role/terraform` },
      network: {
        subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-1a1b2c3d4e5f60718', 'subnet-2a1b2c3d4e5f60718'],
        securityGroupIds: ['sg-0a1b2c3d4e5f60718'],
      },
      secretsKeyArn: `arn:aws:kms:eu-central-1:${WORKLOADS}:key/0f8fad5b-d9cb-469f-a165-70867728950e`,
      deployers: [`arn:aws:iam::${WORKLOADS}:role/pipeline`],
      breakGlass: {
        roleArn: `arn:aws:iam::${WORKLOADS}:role/on-call`,
        expires: '2027-01-31',
        reason: 'Sign-in when Okta does not work',
      },
      alarms: { topicArn: `arn:aws:sns:eu-central-1:${WORKLOADS}:security` },
    },
    tools: {
      kind: 'eks',
      region: 'eu-west-1',
      account: { id: SECURITY, roleArn: `arn:aws:iam::${SECURITY}:role/terraform` },
      endpoint: { private: true, publicCidrs: ['203.0.113.0/24'] },
      breakGlass: {
        roleArn: `arn:aws:iam::${SECURITY}:role/on-call`,
        expires: '2027-01-31',
        reason: 'Sign-in when Okta does not work',
      },
      alarms: {},
      tags: { 'data-class': 'restricted' },
    },
  },
  namespaces: {
    shop: {
      create: true,
      podSecurity: 'restricted',
      denyIngress: true,
      allowIngressFrom: [{ namespace: 'ingress-nginx', podLabels: { app: 'oauth-proxy' }, port: 8080 }],
      quota: { 'requests.cpu': '20', 'requests.memory': '64Gi', pods: 100 },
    },
    payments: { create: true, podSecurity: 'restricted', denyIngress: true },
    'ingress-nginx': { create: true, podSecurity: 'baseline' },
  },
  guards: {
    secretDeletion: ['eks-admins', 'system:serviceaccounts:ingress-nginx'],
    runAsRoot: ['eks-admins'],
    // eks-platform runs workloads on whole clusters, so it must not run them as service accounts of the control plane.
    systemNamespaces: ['eks-admins'],
    namespaces: { payments: ['eks-admins', 'eks-leads'] },
  },
  grants: [
    {
      group: 'eks-admins',
      role: 'cluster-admin',
      clusters: '*',
      reason: 'On call',
      accept: { wildcards: 'On-call has to be able to mend anything' },
    },
    {
      group: 'eks-platform',
      role: 'platform-engineer',
      clusters: '*',
      reason: 'Runs the add-ons of the clusters, and helps teams with their workloads',
      accept: {
        'pod-exec': 'Debugs add-ons together with on-call',
        'run-workloads': 'Runs add-ons in their own namespaces; systemNamespaces leaves kube-system to on-call',
        'becomes-node': 'Add-ons such as log collectors need the nodes; reviewed each quarter',
      },
    },
    {
      group: 'eks-developers',
      role: 'developer-restricted',
      clusters: ['production'],
      namespaces: ['shop'],
      reason: 'Deploys the shop',
    },
    {
      group: 'eks-developers',
      role: 'pod-exec',
      clusters: ['production'],
      namespaces: ['shop'],
      expires: '2027-01-31',
      reason: 'Migration of the shop until the end of January',
      accept: { 'pod-exec': 'The migration is run by hand, in the pods of the shop' },
    },
    {
      group: 'eks-leads',
      role: 'namespace-admin',
      clusters: ['production'],
      namespaces: ['payments', 'shop'],
      reason: 'Owns the two services',
      accept: {
        'read-secrets': 'Leads rotate the credentials of their services',
        'pod-exec': 'Leads debug in production',
        impersonate: "Part of Kubernetes' admin: service accounts of the namespace",
        'create-tokens': "Part of Kubernetes' admin: service accounts of the namespace",
      },
    },
    {
      group: 'eks-developers',
      role: 'config-editor',
      clusters: ['production'],
      namespaces: ['shop'],
      reason: 'Turns features of the shop on and off',
    },
    { group: 'eks-security', role: 'auditor', clusters: '*', reason: 'Quarterly access review' },
    { group: 'eks-security', role: 'view', clusters: '*', reason: 'Investigates incidents' },
  ],
  backend: {
    s3: {
      bucket: 'example-terraform-state',
      region: 'eu-central-1',
      keyPrefix: 'eks-access',
      kmsKeyId: `arn:aws:kms:eu-central-1:${SECURITY}:key/7c9e6679-7425-40de-944b-e07fc1f90ae7`,
    },
  },
  tags: { owner: 'platform', 'managed-by': 'okta-eks-access' },
});
