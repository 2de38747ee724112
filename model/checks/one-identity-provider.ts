import { clusterName, eksClusters } from '../access';
import type { Check, PlacedFinding } from '../check';
import { type Finding, shown } from '../finding';
import { pathText } from '../path';

/** What is wrong with a second identity provider on a cluster. */
export function secondIdentityProviderFinding(cluster: string, first: string): Finding {
  return {
    message: `EKS takes one OIDC identity provider per cluster, and ${first} has this one already.`,
    given: shown(cluster),
    allowed: 'each EKS cluster once',
    fix: 'Keep one of the two. A second Okta organization cannot stand by; access when Okta is down goes through IAM.',
  };
}

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
