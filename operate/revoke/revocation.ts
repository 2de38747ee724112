import { compare } from '../../constraints/compare';
import type { Access } from '../../model';
import { groupBy } from '../../model/derived/group-by';
import { WORST_CASE_REVOCATION } from '../../model/derived/revocation';
import { becomesOf } from '../../model/review/becomes';
import { auditLogFilter, insightsQuery } from './activity-query';
import { type ClusterEnd, clusterEnds } from './cluster-end';
import type { LivePerson } from './live-person';
import { isRemovable, type Membership, membershipsFor } from './memberships';
import { type Step, stepsFor } from './steps';
import { userGuard } from './user-guard';
import { validationRule } from './validation-rule';

/** What acts at once on the clusters that know a person by one name. */
export interface AtOnce {
  readonly userName: string;
  readonly clusters: readonly string[];
  readonly yaml: string;
}

/** Where a person's traces are on the clusters that know them by one name. */
export interface Activity {
  readonly userName: string;
  readonly clusters: readonly ActivityCluster[];
  /** For CloudWatch Logs Insights, or for jq. */
  readonly query: string;
}

/** A cluster with its audit log. */
export interface ActivityCluster {
  readonly cluster: string;
  /** The log group; null outside EKS. */
  readonly logGroup: string | null;
  readonly region: string | null;
  /** Whether EKS writes the audit log; null if the access file does not say it. */
  readonly isLogged: boolean | null;
}

/** What ending a person's access takes, and what became of it. */
export interface Revocation {
  readonly login: string;
  /** The person in Okta; null if Okta was not asked, or finds nobody. */
  readonly person: { readonly id: string; readonly login: string; readonly status: string } | null;
  readonly memberships: readonly Membership[];
  readonly clusters: readonly ClusterEnd[];
  /** How long an ID token that the person has now is valid at most. */
  readonly idToken: IdTokenLifetime;
  /** Whether people have refresh tokens, by the access file. */
  readonly hasRefreshTokens: boolean;
  /** Empty if Okta was not asked. */
  readonly steps: readonly Step[];
  readonly guards: readonly AtOnce[];
  readonly validationRules: readonly AtOnce[];
  readonly activity: readonly Activity[];
  /** What could not be checked, in sentences. */
  readonly unchecked: readonly string[];
}

/** How long ID tokens are valid. */
export interface IdTokenLifetime {
  /** The most minutes, as far as that is known. */
  readonly minutes: number;
  /** Whether a token inline hook can set the lifetime; null if that could not be checked. */
  readonly hasHook: boolean | null;
}

/** The longest lifetime that a token inline hook can give an ID token. */
const HOOK_MINUTES = 24 * 60;

export interface RevocationProps {
  readonly login: string;
  /** What Okta knows; undefined if it was not asked, or finds nobody. */
  readonly live: LivePerson | undefined;
  /** Why Okta says nothing, in a sentence; undefined if it does. */
  readonly withoutOkta: string | undefined;
  readonly isSuspending: boolean;
}

/** What ending the access of a person takes. Nothing is changed. */
export function revocationOf(access: Access, { login, live, withoutOkta, isSuspending }: RevocationProps): Revocation {
  const memberships = membershipsFor(access, login, live);
  // Somebody who is not in a group now may have an ID token with it, or comes into it again.
  const groups = new Map(
    memberships.map(({ group, isMember, owners }) => [group, isMember ?? owners.some(({ kind }) => kind === 'file')]),
  );
  const clusters = clusterEnds(access, { login, live, groups, becomes: becomesOf(access) });
  const outside = clusters.filter(({ kind }) => kind === 'self-managed');
  const eks = clusters.filter(({ kind }) => kind !== 'self-managed');
  return {
    login,
    person: live === undefined ? null : { id: live.user.id, login: live.user.profile.login, status: live.user.status },
    memberships,
    clusters,
    idToken: {
      // Without an answer, the hook may be there.
      minutes: live?.hasTokenHook === false ? WORST_CASE_REVOCATION.minutes : HOOK_MINUTES,
      hasHook: live?.hasTokenHook ?? null,
    },
    hasRefreshTokens: access.signIn.refresh !== undefined,
    steps: live === undefined ? [] : stepsFor(memberships, { status: live.user.status, isSuspending }),
    guards: atOnce(eks, userGuard),
    validationRules: atOnce(outside, validationRule),
    activity: [...activity(access, eks, insightsQuery), ...activity(access, outside, auditLogFilter)],
    unchecked: [
      ...(withoutOkta === undefined ? [] : [withoutOkta]),
      ...(live?.unchecked ?? []),
      ...unchecked(memberships, clusters),
      ...expiredGrants(access, groups),
    ],
  };
}

/** Whether something is left of the access, which the caller has to look at. */
export function isLeft({ memberships, steps, unchecked }: Revocation): boolean {
  const removed = new Set(steps.flatMap(({ group, state }) => (state === 'done' && group !== null ? [group] : [])));
  return (
    unchecked.length > 0 ||
    memberships.some((membership) => !(isRemovable(membership) && removed.has(membership.group))) ||
    steps.some(({ state }) => state === 'would' || state === 'failed' || state === 'not-tried')
  );
}

function unchecked(memberships: readonly Membership[], clusters: readonly ClusterEnd[]): readonly string[] {
  const byReason = groupBy(
    clusters.filter(({ userName }) => !userName.isCertain),
    ({ userName }) => userName.because,
  );
  return [
    ...memberships.flatMap(({ group, isMember, isInFile, owners }) => {
      if (!isInFile)
        return [`What the group ${group} may do: the access file does not have it, and Okta puts it into tokens`];
      if (isMember === null && !owners.some(({ kind }) => kind === 'file'))
        return [`Whether they are in the group ${group}`];
      return owners.some((owner) => owner.kind === 'unknown' || (owner.kind === 'rule' && owner.selects === null))
        ? [`Who put them into the group ${group}`]
        : [];
    }),
    ...[...byReason].map(
      ([because, alike]) => `The user name on ${alike.map(({ cluster }) => cluster).join(', ')}: ${because}`,
    ),
  ];
}

/** Grants that the next synthesis leaves out: until they are applied, the clusters have them. */
function expiredGrants({ expired }: Access, groups: ReadonlyMap<string, boolean>): readonly string[] {
  return expired.flatMap(({ what, expires, grant }) =>
    grant !== undefined && groups.has(grant.group)
      ? [`Whether an apply has ended the ${what}, which expired on ${expires}: until then, the clusters have it`]
      : [],
  );
}

/** The clusters by the name by which they know the person, without those on which it is not known. */
function byUserName(clusters: readonly ClusterEnd[]): readonly (readonly [string, readonly ClusterEnd[]])[] {
  const known = clusters.filter(({ userName }) => userName.name !== null);
  return [...groupBy(known, ({ userName }) => userName.name as string)].sort(([a], [b]) => compare(a, b));
}

function atOnce(clusters: readonly ClusterEnd[], yamlFor: (userName: string) => string): readonly AtOnce[] {
  return byUserName(clusters).map(([userName, alike]) => ({
    ...{ userName, yaml: yamlFor(userName) },
    clusters: alike.map(({ cluster }) => cluster),
  }));
}

function activity(
  access: Access,
  clusters: readonly ClusterEnd[],
  queryFor: (userName: string) => string,
): readonly Activity[] {
  return byUserName(clusters).map(([userName, alike]) => ({
    ...{ userName, query: queryFor(userName) },
    clusters: alike.map(({ cluster }) => activityCluster(access, cluster)),
  }));
}

function activityCluster({ clusters }: Access, key: string): ActivityCluster {
  const cluster = clusters[key];
  if (cluster === undefined || cluster.kind === 'self-managed') {
    return { cluster: key, logGroup: null, region: null, isLogged: null };
  }
  return {
    cluster: key,
    logGroup: `/aws/eks/${cluster.name}/cluster`,
    region: cluster.settings.region,
    isLogged: cluster.kind === 'eks' ? cluster.settings.logs.includes('audit') : null,
  };
}
