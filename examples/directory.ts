import { defineAccess } from '../model';

/** Groups of Active Directory beside those of Okta, clusters that differ, and roles that other programs make. */
export default defineAccess({
  okta: { orgName: 'dev-123456' },
  // A filter by name carries only groups that Okta owns.
  groupsClaim: {
    expression:
      'Arrays.flatten(Groups.startsWith("OKTA", "eks-", 100), Groups.startsWith("active_directory", "EKS", 100))',
  },
  claims: { employee: 'user.employeeNumber' },
  groups: {
    'eks-admins': { logins: ['ana@example.com'] },
    'eks-auditors': { rule: 'user.department == "Audit" AND user.userType == "Employee"' },
    'EKS Developers': { existing: { type: 'APP_GROUP' } },
  },
  clusterDefaults: { region: 'eu-west-1' },
  clusters: {
    orders: { kind: 'existing-eks' },
    // Its audit log has known people by their employee numbers since before Okta.
    payroll: { kind: 'existing-eks', identityProvider: { usernameClaim: 'employee', prefix: 'corp:' } },
  },
  roles: {
    'argocd-viewer': {
      existing: true,
      accept: { 'unknown-rules': 'The chart of Argo CD makes it, and it only reads' },
    },
    'certificate-reader': {
      description: 'Everyone with view also sees certificates',
      aggregateTo: ['view'],
      rules: [{ apiGroups: ['cert-manager.io'], resources: ['certificates'], verbs: ['get', 'list', 'watch'] }],
    },
  },
  namespaces: { argocd: {} },
  backend: { custom: { type: 'gcs', config: { bucket: 'terraform-states', prefix: 'okta-eks-access/{stack}' } } },
  grants: [
    {
      group: 'eks-admins',
      role: 'cluster-admin',
      clusters: '*',
      accept: { wildcards: 'They run the clusters' },
    },
    { group: 'eks-auditors', role: 'view', clusters: '*' },
    { group: 'EKS Developers', role: 'view', clusters: ['orders'] },
    { group: 'EKS Developers', role: 'argocd-viewer', clusters: ['orders'], namespaces: ['argocd'] },
  ],
});
