import type { Check } from './check';
import { accountMismatch } from './eks/account-mismatch';
import { alarmLogs } from './eks/alarm-logs';
import { breakGlassGroup } from './eks/break-glass-group';
import { noAuditLog } from './eks/no-audit-log';
import { noBreakGlass } from './eks/no-break-glass';
import { oneAccessEntry } from './eks/one-access-entry';
import { oneIdentityProvider } from './eks/one-identity-provider';
import { openEndpoint } from './eks/open-endpoint';
import { otherPartition } from './eks/other-partition';
import { otherRegion } from './eks/other-region';
import { publicCidrs } from './eks/public-cidrs';
import { refusedVersion } from './eks/refused-version';
import { tagLimits } from './eks/tag-limits';
import { unknownRegion } from './eks/unknown-region';
import { unreachableCidr } from './eks/unreachable-cidr';
import { versionSupport } from './eks/version-support';
import { becomesAwsRole } from './grants/becomes-aws-role';
import { becomesClusterAdmin } from './grants/becomes-cluster-admin';
import { becomesNode } from './grants/becomes-node';
import { becomesOtherNamespace } from './grants/becomes-other-namespace';
import { duplicateGrant } from './grants/duplicate-grant';
import { endedClusterAdminCheck } from './grants/ended-cluster-admin';
import { endsSoon } from './grants/ends-soon';
import { everyoneGranted } from './grants/everyone-granted';
import { expired } from './grants/expired';
import { farExpiry } from './grants/far-expiry';
import { groupWithoutGrant } from './grants/group-without-grant';
import { noClusterAdmin } from './grants/no-cluster-admin';
import { selfPromotion } from './grants/self-promotion';
import { sensitiveGrant } from './grants/sensitive-grant';
import { unknownRules } from './grants/unknown-rules';
import { uselessAccept } from './grants/useless-accept';
import { createdNamespace } from './kubernetes/created-namespace';
import { doubtfulRoleRules } from './kubernetes/doubtful-role-rules';
import { guardExemptsEveryone } from './kubernetes/guard-exempts-everyone';
import { guardSettings } from './kubernetes/guard-settings';
import { guardWithoutAccess } from './kubernetes/guard-without-access';
import { guardedFromTerraform } from './kubernetes/guarded-from-terraform';
import { newerVersion } from './kubernetes/newer-version';
import { noPrefix } from './kubernetes/no-prefix';
import { reservedPrefix } from './kubernetes/reserved-prefix';
import { roleNames } from './kubernetes/role-names';
import { roleRules } from './kubernetes/role-rules';
import { roleRulesOfVersion } from './kubernetes/role-rules-of-version';
import { roleScope } from './kubernetes/role-scope';
import { undeclaredNamespace } from './kubernetes/undeclared-namespace';
import { withoutEffect } from './kubernetes/without-effect';
import { absentCluster } from './leaving/absent-cluster';
import { absentWithProtection } from './leaving/absent-with-protection';
import { handOver } from './leaving/hand-over';
import { noCluster } from './leaving/no-cluster';
import { renamedGroup } from './leaving/renamed-group';
import { customBackend } from './names/custom-backend';
import { invalidUnicode } from './names/invalid-unicode';
import { lookAlikeNames } from './names/look-alike-names';
import { nameLimits } from './names/name-limits';
import { possibleSameCluster } from './names/possible-same-cluster';
import { propertyName } from './names/property-name';
import { sameCluster } from './names/same-cluster';
import { stateNames } from './names/state-names';
import { terraformExpression } from './names/terraform-expression';
import { uniqueNames } from './names/unique-names';
import { claimFilter } from './okta/claim-filter';
import { directoryGroups } from './okta/directory-groups';
import { doubtfulClaims } from './okta/doubtful-claims';
import { doubtfulGroupRules } from './okta/doubtful-group-rules';
import { doubtfulLogins } from './okta/doubtful-logins';
import { everyoneAssigned } from './okta/everyone-assigned';
import { everyoneGroup } from './okta/everyone-group';
import { existingMembers } from './okta/existing-members';
import { groupRules } from './okta/group-rules';
import { groupsInToken } from './okta/groups-in-token';
import { issuerMode } from './okta/issuer-mode';
import { logins } from './okta/logins';
import { loginsAndRule } from './okta/logins-and-rule';
import { oktaLimits } from './okta/okta-limits';
import { organizationHost } from './okta/organization-host';
import { tokenClaims } from './okta/token-claims';
import { tokenLifetimes } from './okta/token-lifetimes';
import { unassignedGroup } from './okta/unassigned-group';

/** Every check, in the order in which problems are printed. */
export const CHECKS: readonly Check[] = [
  issuerMode,
  claimFilter,
  tokenClaims,
  reservedPrefix,
  oneIdentityProvider,
  sameCluster,
  nameLimits,
  uniqueNames,
  terraformExpression,
  propertyName,
  invalidUnicode,
  loginsAndRule,
  existingMembers,
  everyoneGroup,
  logins,
  groupRules,
  groupsInToken,
  tokenLifetimes,
  roleNames,
  roleRules,
  roleRulesOfVersion,
  roleScope,
  createdNamespace,
  accountMismatch,
  otherRegion,
  otherPartition,
  publicCidrs,
  tagLimits,
  stateNames,
  customBackend,
  organizationHost,
  refusedVersion,
  alarmLogs,
  oneAccessEntry,
  breakGlassGroup,
  unassignedGroup,
  absentCluster,
  absentWithProtection,
  renamedGroup,
  noClusterAdmin,
  duplicateGrant,
  noPrefix,
  lookAlikeNames,
  possibleSameCluster,
  everyoneAssigned,
  everyoneGranted,
  openEndpoint,
  unreachableCidr,
  unknownRegion,
  noAuditLog,
  versionSupport,
  newerVersion,
  noBreakGlass,
  endedClusterAdminCheck,
  expired,
  endsSoon,
  farExpiry,
  sensitiveGrant,
  unknownRules,
  becomesClusterAdmin,
  becomesNode,
  becomesOtherNamespace,
  becomesAwsRole,
  selfPromotion,
  uselessAccept,
  undeclaredNamespace,
  groupWithoutGrant,
  noCluster,
  handOver,
  directoryGroups,
  doubtfulClaims,
  doubtfulLogins,
  doubtfulGroupRules,
  doubtfulRoleRules,
  withoutEffect,
  guardWithoutAccess,
  guardExemptsEveryone,
  guardSettings,
  guardedFromTerraform,
  oktaLimits,
];
