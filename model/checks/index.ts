import type { Check } from '../check';
import { accountMismatch } from './account-mismatch';
import { claimFilter } from './claim-filter';
import { creatorAmongDeployers } from './creator-among-deployers';
import { duplicateGrant } from './duplicate-grant';
import { everyoneAssigned } from './everyone-assigned';
import { issuerMode } from './issuer-mode';
import { nameLimits } from './name-limits';
import { noAuditLog } from './no-audit-log';
import { noClusterAdmin } from './no-cluster-admin';
import { noPrefix } from './no-prefix';
import { oneIdentityProvider } from './one-identity-provider';
import { reservedPrefix } from './reserved-prefix';
import { terraformExpression } from './terraform-expression';
import { unassignedGroup } from './unassigned-group';
import { uniqueNames } from './unique-names';

/** Every check over the model, in the order in which problems are printed. */
export const CHECKS: readonly Check[] = [
  issuerMode,
  claimFilter,
  reservedPrefix,
  oneIdentityProvider,
  nameLimits,
  uniqueNames,
  terraformExpression,
  accountMismatch,
  creatorAmongDeployers,
  unassignedGroup,
  noClusterAdmin,
  duplicateGrant,
  noPrefix,
  everyoneAssigned,
  noAuditLog,
];
