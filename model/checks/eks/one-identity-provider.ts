import { secondIdentityProviderFinding } from '../../../constraints/eks/one-identity-provider';
import { clusterName, eksClusters } from '../../file/access';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** An EKS cluster can have one identity provider, so it can stand in the file once. */
export const oneIdentityProvider: Check = {
  name: 'one-identity-provider',
  severity: 'error',
  reason: 'EKS refuses a second OIDC identity provider on a cluster.',
  fix: 'Name each EKS cluster once.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  restsOn: [],
  find: (access) => {
    const first = new Map<string, string>();
    const found: PlacedFinding[] = [];
    for (const [key, cluster] of eksClusters(access)) {
      const identity = `${cluster.account?.id ?? ''} ${cluster.region} ${clusterName(key, cluster)}`;
      const earlier = first.get(identity);
      const place = pathText(['clusters', key]);
      if (earlier === undefined) first.set(identity, place);
      else found.push({ ...secondIdentityProviderFinding(clusterName(key, cluster), earlier), path: place });
    }
    return found;
  },
};
