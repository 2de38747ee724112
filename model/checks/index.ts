import type { Check } from '../check';
import { accountMismatch } from './account-mismatch';
import { alarmLogs } from './alarm-logs';
import { breakGlassGroup } from './break-glass-group';
import { claimFilter } from './claim-filter';
import { createdNamespace } from './created-namespace';
import { duplicateGrant } from './duplicate-grant';
import { everyoneAssigned } from './everyone-assigned';
import { expired } from './expired';
import { farExpiry } from './far-expiry';
import { groupWithoutGrant } from './group-without-grant';
import { groupsInToken } from './groups-in-token';
import { guardWithoutAccess } from './guard-without-access';
import { guardedFromTerraform } from './guarded-from-terraform';
import { issuerMode } from './issuer-mode';
import { logins } from './logins';
import { loginsAndRule } from './logins-and-rule';
import { nameLimits } from './name-limits';
import { noAuditLog } from './no-audit-log';
import { noBreakGlass } from './no-break-glass';
import { noClusterAdmin } from './no-cluster-admin';
import { noPrefix } from './no-prefix';
import { oktaLimits } from './okta-limits';
import { oneAccessEntry } from './one-access-entry';
import { oneIdentityProvider } from './one-identity-provider';
import { openEndpoint } from './open-endpoint';
import { otherRegion } from './other-region';
import { refusedVersion } from './refused-version';
import { reservedPrefix } from './reserved-prefix';
import { roleNames } from './role-names';
import { roleRules } from './role-rules';
import { roleScope } from './role-scope';
import { sensitiveGrant } from './sensitive-grant';
import { terraformExpression } from './terraform-expression';
import { tokenLifetimes } from './token-lifetimes';
import { unassignedGroup } from './unassigned-group';
import { undeclaredNamespace } from './undeclared-namespace';
import { uniqueNames } from './unique-names';
import { uselessAccept } from './useless-accept';
import { versionSupport } from './version-support';
import { withoutEffect } from './without-effect';

/** Every check over the model, in the order in which problems are printed. */
export const CHECKS: readonly Check[] = [
  issuerMode,
  claimFilter,
  reservedPrefix,
  oneIdentityProvider,
  nameLimits,
  uniqueNames,
  terraformExpression,
  loginsAndRule,
  logins,
  groupsInToken,
  tokenLifetimes,
  roleNames,
  roleRules,
  roleScope,
  createdNamespace,
  accountMismatch,
  otherRegion,
  refusedVersion,
  alarmLogs,
  oneAccessEntry,
  breakGlassGroup,
  unassignedGroup,
  noClusterAdmin,
  duplicateGrant,
  noPrefix,
  everyoneAssigned,
  openEndpoint,
  noAuditLog,
  versionSupport,
  noBreakGlass,
  expired,
  farExpiry,
  sensitiveGrant,
  uselessAccept,
  undeclaredNamespace,
  groupWithoutGrant,
  withoutEffect,
  guardWithoutAccess,
  guardedFromTerraform,
  oktaLimits,
];
