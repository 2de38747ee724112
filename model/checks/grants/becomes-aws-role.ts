import { boundaryCheck } from '../boundary-check';
import type { Check } from '../check';

/** Nobody gets an AWS role by the pods that they run, unless somebody accepts it. */
export const becomesAwsRole: Check = boundaryCheck('becomes-aws-role', {
  reason: 'Whoever acts as a service account with an AWS role has that role, outside the cluster too.',
  fix: 'Move the workload to a namespace of its own, or grant a role that does not reach its service account.',
  source: 'https://docs.aws.amazon.com/eks/latest/userguide/iam-roles-for-service-accounts.html',
});
