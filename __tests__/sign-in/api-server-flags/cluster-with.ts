import type { AuthenticationConfig } from '../../../authentication/authentication-config';
import { readAccess } from '../../../model';
import type { SelfManagedCluster } from '../../../model/derived/clusters';
import { DAY } from '../../day';

/** A sign-in with every setting. */
export const CONFIG: AuthenticationConfig = {
  issuerUrl: 'https://dev-123456.okta.com/oauth2/aus1abcd',
  clientId: '0oa1abcd',
  usernameClaim: 'email',
  usernamePrefix: 'okta:',
  groupsClaim: 'groups',
  groupsPrefix: 'okta:',
  requiredClaims: { tenant: 'example' },
};

/** The cluster `lab` outside EKS, with some settings. */
export function clusterWith(settings: object = {}): SelfManagedCluster {
  const access = readAccess(
    {
      okta: { orgName: 'example' },
      groups: { 'eks-admins': {}, 'eks-viewers': {} },
      clusters: { lab: { kind: 'self-managed', kubeconfigContext: 'kubernetes-admin@lab', ...settings } },
      grants: [
        { group: 'eks-admins', role: 'cluster-admin', clusters: '*', accept: { wildcards: 'They run the cluster' } },
        { group: 'eks-viewers', role: 'view', clusters: '*', namespaces: ['team-a'] },
      ],
    },
    DAY,
  );
  return access.clusters.lab as SelfManagedCluster;
}
