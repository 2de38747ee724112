import { defineAccess } from '../model';

/**
 * The tutorial exactly as its author built it: no prefix, everyone assigned, one redirect URI, no logs.
 * `access.config.ts` is the same with corrections. The checks warn about the differences.
 */
export default defineAccess({
  okta: { orgName: 'dev-123456', baseUrl: 'okta.com' },
  authorizationServer: { name: 'EKS', audience: 'http://localhost:8000' },
  groupsClaim: { name: 'groups', startsWith: 'eks-' },
  identityProvider: { name: 'Okta', usernameClaim: 'email', prefix: '' },
  signIn: { assignment: 'everyone', redirectPorts: [8000] },
  groups: {
    'eks-admins': { description: 'Admins who can administer the EKS cluster' },
  },
  clusters: {
    'eks-cluster': {
      kind: 'eks',
      region: 'us-west-1',
      app: 'EKS',
      roleName: 'EKSCluster',
      authenticationMode: 'API',
      logs: [],
    },
  },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: ['eks-cluster'] }],
});
