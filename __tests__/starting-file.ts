import { defineAccess } from '../model';

/** The access file that the project starts with, and that README.md shows. Users edit `access.config.ts`; this one stays. */
export default defineAccess({
  okta: { orgName: 'dev-123456', baseUrl: 'okta.com' },
  groups: {
    'eks-admins': { description: 'Admins who can administer the EKS cluster' },
  },
  clusters: {
    'eks-cluster': { kind: 'eks', region: 'us-west-1', app: 'EKS', roleName: 'EKSCluster', authenticationMode: 'API' },
  },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
});
