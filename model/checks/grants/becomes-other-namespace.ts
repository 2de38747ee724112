import { boundaryCheck } from '../boundary-check';
import type { Check } from '../check';

/** Nobody becomes a service account of a namespace that is closed to them, unless somebody accepts it. */
export const becomesOtherNamespace: Check = boundaryCheck('becomes-other-namespace', {
  reason: 'A group acts as a service account of a namespace that it has no grant in, or that a guard closes to it.',
  fix: 'Grant a role with fewer permissions, or in other namespaces.',
  source: 'https://kubernetes.io/docs/concepts/security/rbac-good-practices/#workload-creation',
});
