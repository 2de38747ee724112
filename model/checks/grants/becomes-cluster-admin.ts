import { boundaryCheck } from '../boundary-check';
import type { Check } from '../check';

/** Nobody becomes cluster-admin without a grant of it, unless somebody accepts it. */
export const becomesClusterAdmin: Check = boundaryCheck('becomes-cluster-admin', {
  reason: 'Whoever can become cluster-admin is cluster-admin, whatever the name of the role says.',
  fix: 'Grant a role with fewer permissions, grant it in namespaces, or set guards.systemNamespaces where a guard closes the path.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#privilege-escalation-risks',
});
