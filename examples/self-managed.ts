import { defineAccess } from '../model';

/** Okta and RBAC for a cluster outside EKS. Its operator sets the OIDC flags of the API server. */
export default defineAccess({
  okta: { orgName: 'dev-123456' },
  authorizationServer: { name: 'k8s-auth' },
  groupsClaim: { startsWith: 'k8s-' },
  identityProvider: { prefix: '' },
  signIn: { redirectPorts: [8000] },
  groups: {
    'k8s-admins': { description: 'Users who can access k8s cluster as admins', logins: ['ana@example.com'] },
    'k8s-restricted-users': {
      description: 'Users who can only view pods and services in default namespace',
      logins: ['ben@example.com', 'cleo@example.com'],
    },
  },
  clusters: {
    lab: { kind: 'self-managed', kubeconfigContext: 'kubernetes-admin@lab', version: '1.35', app: 'k8s OIDC' },
  },
  grants: [
    {
      group: 'k8s-admins',
      role: 'cluster-admin',
      clusters: ['lab'],
      accept: { wildcards: 'They run the cluster' },
    },
    { group: 'k8s-restricted-users', role: 'restricted-user', clusters: ['lab'], namespaces: ['default'] },
  ],
});
