import { boundaryCheck } from '../boundary-check';
import type { Check } from '../check';

/** Nobody becomes root on a node, unless somebody accepts it. */
export const becomesNode: Check = boundaryCheck('becomes-node', {
  reason: 'Root on a node has the files and tokens of every pod that runs there, in any namespace.',
  fix: "Set podSecurity: 'baseline' or 'restricted' on the namespace, or grant a role that does not run pods.",
  source: 'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
});
