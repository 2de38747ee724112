import { secondIdentityProviderFinding } from '../../../constraints/eks/one-identity-provider';
import { isEks } from '../../derived/cluster-kinds';
import { twinsOf } from '../../derived/twins';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each EKS cluster is in the file once, because it can have only one identity provider. */
export const oneIdentityProvider: Check = {
  name: 'one-identity-provider',
  severity: 'error',
  reason: 'EKS refuses a second OIDC identity provider on a cluster.',
  fix: 'Define each EKS cluster once.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/authenticate-oidc-identity-provider.html',
  requires: [],
  find: ({ clusters }) =>
    twinsOf(clusters).flatMap(({ cluster, earlier, isCertain }) => {
      if (!isCertain || !isEks(cluster) || !isEks(earlier)) return [];
      const first = pathText(['clusters', earlier.key]);
      return [{ ...secondIdentityProviderFinding(cluster.name, first), path: pathText(['clusters', cluster.key]) }];
    }),
};
