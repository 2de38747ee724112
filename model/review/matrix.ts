import { compare } from '../../constraints/compare';
import { type SensitivePermission, sensitivePermissions } from '../../rbac/sensitive-permissions';
import type { Access } from '../derived/access';
import { readsAwsAuth } from '../derived/cluster-kinds';
import type { Cluster } from '../derived/clusters';
import { iamAccessChangers, iamAdministrators } from '../derived/iam-administrators';
import type { Placement } from '../derived/placements';
import { pathText } from '../file/path';
import { ADMINISTERS, applyingGuards, guardsOfPlacement } from './applying-guards';
import { type Becomes, type BecomesOf, becomesOf } from './becomes';
import { guardsForIam } from './iam-guards';
import { UNNAMED_CREATOR } from './paths';
import { FROM_ELSEWHERE, type People, peopleOf } from './people';

/** A role that a group or an administrator by IAM has in one place, until when, why, and who that is. */
export interface MatrixRow {
  readonly kind: 'group' | 'iam-role';
  /** The group, the ARN of the IAM role, or words for somebody whom the file cannot name. */
  readonly name: string;
  /** The group; undefined for an IAM role. */
  readonly group?: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  /** The role; `cluster-admin` for an IAM role, which the access policy of EKS makes the same. */
  readonly role: string;
  readonly sensitive: readonly SensitivePermission[];
  /** What the group or IAM role is or can become on this cluster, by all its roles there. */
  readonly becomes: readonly Becomes[];
  /** Last day; null if it does not end. */
  readonly until: string | null;
  /** Why, with what the grant accepts; null if the file does not say. */
  readonly reason: string | null;
  /** The logins; or `rule: <expression>`, or `from elsewhere`, if the file does not list the people. */
  readonly people: People;
  /** The guards that refuse something there, by their paths under `guards`. */
  readonly guards: readonly string[];
  /** Path of the line in the file that gives the role, such as `grants[3]`. */
  readonly via: string;
}

/**
 * Who has which role where: groups, then administrators by IAM; each by name, cluster, namespace, and role. What is equal
 * in many rows is one object.
 */
export function accessMatrix(access: Access): readonly MatrixRow[] {
  const becomes = becomesOf(access);
  return [
    ...groupRows(access, becomes),
    ...Object.values(access.clusters).flatMap((cluster) => iamRows(cluster, becomes)),
  ].sort(
    (a, b) =>
      compare(a.kind, b.kind) ||
      compare(a.name, b.name) ||
      compare(a.cluster, b.cluster) ||
      compare(a.namespace ?? '', b.namespace ?? '') ||
      compare(a.role, b.role),
  );
}

function groupRows(access: Access, becomes: BecomesOf): readonly MatrixRow[] {
  const people = new Map(Object.entries(access.groups).map(([name, group]) => [name, peopleOf(group)]));
  const reasons = new Map<Placement['grant'], string | null>();
  return access.placements.map((placement) => {
    const { group, cluster, namespace, role, sensitive, grant } = placement;
    // It is the same in each place of a grant.
    if (!reasons.has(grant)) reasons.set(grant, reasonOf(placement));
    const guards = access.clusters[cluster]?.guards;
    return {
      kind: 'group',
      name: group,
      group,
      cluster,
      namespace,
      role,
      sensitive,
      becomes: becomes(cluster, group),
      until: grant.expires ?? null,
      reason: reasons.get(grant) ?? null,
      people: people.get(group) ?? FROM_ELSEWHERE,
      guards: guards === undefined ? [] : guardsOfPlacement(guards, placement),
      via: grant.path,
    };
  });
}

/** The reason of a grant, and what it or its role accepts. */
function reasonOf({ grant, accepted }: Placement): string | null {
  const reasons = [
    ...(grant.reason === undefined ? [] : [grant.reason]),
    ...Object.entries(accepted).map(([name, reason]) => `${name}: ${reason}`),
  ];
  return reasons.length === 0 ? null : reasons.join('; ');
}

/** What an administrator by IAM does on every cluster. */
const EVERYWHERE = { namespace: null, rules: ADMINISTERS };
const SENSITIVE = {
  withAwsAuth: sensitivePermissions(ADMINISTERS, { namespace: null, readsAwsAuth: true }),
  withoutAwsAuth: sensitivePermissions(ADMINISTERS, { namespace: null, readsAwsAuth: false }),
};

function iamRows(cluster: Cluster, becomes: BecomesOf): readonly MatrixRow[] {
  const { key, settings } = cluster;
  const common = {
    kind: 'iam-role',
    cluster: key,
    namespace: null,
    role: 'cluster-admin',
    sensitive: readsAwsAuth(settings) ? SENSITIVE.withAwsAuth : SENSITIVE.withoutAwsAuth,
    becomes: becomes(key),
    people: FROM_ELSEWHERE,
  } as const;
  const rows = iamAdministrators(cluster).map((administrator): MatrixRow => {
    const { roleArn, via, expires: until, reason } = administrator;
    return {
      ...common,
      name: roleArn ?? UNNAMED_CREATOR,
      until,
      reason,
      guards: applyingGuards(guardsForIam(administrator, cluster), EVERYWHERE, () => false),
      via,
    };
  });
  const changers = iamAccessChangers(cluster);
  if (changers === undefined) return rows;
  // They are no administrators yet, but can make themselves one, even one that every guard lets pass.
  const hasAccount = 'account' in settings && settings.account !== undefined;
  const via = pathText(['clusters', key, ...(hasAccount ? ['account'] : [])]);
  return [...rows, { ...common, name: changers, until: null, reason: null, guards: [], via }];
}
