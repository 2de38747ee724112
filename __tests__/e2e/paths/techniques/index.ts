import type { Attempt, Gain } from '../attacker';
import { writesAwsAuth } from './aws-auth';
import { requestsCertificate } from './certificates';
import { impersonatesAccountsInGroups, impersonatesServiceAccounts, impersonatesUsersAndGroups } from './impersonation';
import { connectsToNode } from './nodes';
import { changesPods, runsPods, runsRoot, runsWithVolume } from './pods';
import { removesGuards, removesLabels } from './protection';
import { aggregates, binds, changesRoles, joinsClusterAdmins } from './roles';
import { createsTokenSecret, createsTokens } from './tokens';

type ClusterTechnique = (attempt: Attempt) => Promise<readonly Gain[]>;
type Technique = (attempt: Attempt, place: string) => Promise<readonly Gain[]>;

/** Attempts about what is in no namespace. */
export const ON_THE_CLUSTER: readonly ClusterTechnique[] = [
  impersonatesUsersAndGroups,
  requestsCertificate,
  writesAwsAuth,
  (attempt) => binds(attempt, null),
  connectsToNode,
  removesGuards,
];

/** Attempts that give the attacker everything for a moment, so that all others have to be over. */
export const FOR_A_MOMENT: readonly ClusterTechnique[] = [changesRoles, joinsClusterAdmins, aggregates];

/** Attempts in one namespace. */
export const IN_A_NAMESPACE: readonly Technique[] = [
  impersonatesServiceAccounts,
  impersonatesAccountsInGroups,
  createsTokens,
  createsTokenSecret,
  runsPods,
  runsRoot,
  runsWithVolume,
  changesPods,
  binds,
  removesLabels,
];
