import { secondIdentityProviderFinding } from '../../../constraints/eks/one-identity-provider';
import { eksClusters } from '../../derived/clusters';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Each EKS cluster is in the file once, because it can have only one identity provider. */
export const oneIdentityProvider: Check = {
  name: 'one-identity-provider',
  severity: 'error',
  reason: 'EKS refuses a second OIDC identity provider on a cluster.',
  fix: 'Define each EKS cluster once.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  requires: [],
  find: (access) => {
    const first = new Map<string, string>();
    const found: PlacedFinding[] = [];
    for (const { key, name, settings } of eksClusters(access)) {
      const identity = `${settings.account?.id ?? ''} ${settings.region} ${name}`;
      const earlier = first.get(identity);
      const place = pathText(['clusters', key]);
      if (earlier === undefined) first.set(identity, place);
      else found.push({ ...secondIdentityProviderFinding(name, earlier), path: place });
    }
    return found;
  },
};
