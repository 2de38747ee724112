import { defineAccess } from '../model';

/**
 * Three existing clusters for existing teams. No cluster is recreated, and users get access by joining an Okta group. The
 * clusters share one app, so one sign-in works for all three.
 */
export default defineAccess({
  okta: { orgName: 'dev-123456' },
  authorizationServer: { name: 'EKS', existing: true },
  groups: {
    'eks-platform': { description: 'Runs the clusters', logins: ['ana@example.com', 'ben@example.com'] },
    'eks-checkout': { description: 'Builds the checkout', rule: 'user.department == "Checkout"' },
    'eks-everyone': { existing: true },
  },
  clusterDefaults: { app: 'Portal', deployers: ['arn:aws:iam::111122223333:role/pipeline'] },
  clusters: {
    development: { kind: 'existing-eks', region: 'eu-west-1' },
    staging: { kind: 'existing-eks', region: 'eu-west-1' },
    production: { kind: 'existing-eks', region: 'eu-central-1', name: 'production-2021' },
  },
  namespaces: { checkout: { podSecurity: 'baseline' } },
  grants: [
    {
      group: 'eks-platform',
      role: 'cluster-admin',
      clusters: '*',
      accept: { wildcards: 'The platform team owns the clusters' },
    },
    {
      group: 'eks-checkout',
      role: 'developer-restricted',
      clusters: ['development', 'staging'],
      namespaces: ['checkout'],
    },
    { group: 'eks-checkout', role: 'view', clusters: ['production'], namespaces: ['checkout'] },
    { group: 'eks-everyone', role: 'view', clusters: ['development'] },
  ],
});
