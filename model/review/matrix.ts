import { compare } from '../../constraints/compare';
import { type SensitivePermission, sensitivePermissions } from '../../rbac/sensitive-permissions';
import type { Access } from '../derived/access';
import { readsAwsAuth } from '../derived/cluster-kinds';
import type { Cluster } from '../derived/clusters';
import { iamAccessChangers, iamAdministrators } from '../derived/iam-administrators';
import type { Placement } from '../derived/placements';
import { terraformRoles } from '../derived/terraform-roles';
import { pathText } from '../file/path';
import { applyingGuards } from './applying-guards';
import { type Becomes, becomesOf, type PathEnd } from './becomes';

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
  readonly people: readonly string[] | string;
  /** The guards that refuse something there, by their paths under `guards`. */
  readonly guards: readonly string[];
  /** Path of the line in the file that gives the role, such as `grants[3]`. */
  readonly via: string;
}

/**
 * Who has which role where: groups, then administrators by IAM; each by name, cluster, namespace, and role. What is equal
 * in many rows is one object.
 * @param paths where paths to more power end.
 */
export function accessMatrix(access: Access, paths: readonly PathEnd[] = []): readonly MatrixRow[] {
  const becomes = becomesOf([...paths, ...administrators(access)]);
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

type BecomesOf = ReturnType<typeof becomesOf>;

/** Who is an administrator of a cluster without any step. */
function administrators({ placements, clusters }: Access): readonly PathEnd[] {
  const end = (kind: PathEnd['from']['kind'], name: string, cluster: string): PathEnd => ({
    ...{ from: { kind, name }, cluster, to: 'cluster-admin', certain: true },
  });
  return [
    ...placements
      .filter(({ role, namespace }) => role === 'cluster-admin' && namespace === null)
      .map(({ group, cluster }) => end('group', group, cluster)),
    ...Object.values(clusters).flatMap((cluster) =>
      iamAdministrators(cluster).map(({ roleArn }) => end('iam-role', roleArn ?? CREATOR, cluster.key)),
    ),
  ];
}

const CREATOR = 'whoever creates the cluster';

const FROM_ELSEWHERE = 'from elsewhere';

function groupRows(access: Access, becomes: BecomesOf): readonly MatrixRow[] {
  const people = new Map(Object.entries(access.groups).map(([name, group]) => [name, peopleOf(group)]));
  const reasons = new Map<Placement['grant'], string | null>();
  return access.placements.map((placement) => {
    const { group, cluster, namespace, role, sensitive, grant } = placement;
    // It is the same in each place of a grant.
    if (!reasons.has(grant)) reasons.set(grant, reasonOf(placement));
    const guards = access.clusters[cluster]?.guards ?? { namespaces: {} };
    return {
      kind: 'group',
      name: group,
      group,
      cluster,
      namespace,
      role,
      sensitive,
      becomes: becomes('group', group, cluster),
      until: grant.expires ?? null,
      reason: reasons.get(grant) ?? null,
      people: people.get(group) ?? FROM_ELSEWHERE,
      guards: applyingGuards(guards, placement, (members) => members.includes(group)),
      via: grant.path,
    };
  });
}

function peopleOf({ logins, rule }: Access['groups'][string]): readonly string[] | string {
  return logins ?? (rule === undefined ? FROM_ELSEWHERE : `rule: ${rule}`);
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
const ADMINISTERS = [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }];
const SENSITIVE = {
  withAwsAuth: sensitivePermissions(ADMINISTERS, { namespace: null, readsAwsAuth: true }),
  withoutAwsAuth: sensitivePermissions(ADMINISTERS, { namespace: null, readsAwsAuth: false }),
};
const CLUSTER_ADMIN: readonly Becomes[] = [{ to: 'cluster-admin', certain: true }];

function iamRows(cluster: Cluster, becomes: BecomesOf): readonly MatrixRow[] {
  const { key, guards } = cluster;
  const everywhere = { kind: 'iam-role', cluster: key, namespace: null, role: 'cluster-admin' } as const;
  const sensitive = readsAwsAuth(cluster.settings) ? SENSITIVE.withAwsAuth : SENSITIVE.withoutAwsAuth;
  const terraform = new Set(terraformRoles(cluster));
  const rows = iamAdministrators(cluster).map(({ kind, roleArn, via, expires, reason }): MatrixRow => {
    const name = roleArn ?? CREATOR;
    // The guards of namespaces let Terraform pass, which creates bindings there, and every guard lets break-glass pass.
    const applying = roleArn !== null && terraform.has(roleArn) ? { ...guards, namespaces: {} } : guards;
    return {
      ...everywhere,
      name,
      sensitive,
      becomes: becomes('iam-role', name, key),
      until: expires,
      reason,
      people: FROM_ELSEWHERE,
      guards:
        kind === 'break-glass' ? [] : applyingGuards(applying, { namespace: null, rules: ADMINISTERS }, () => false),
      via,
    };
  });
  const changers = iamAccessChangers(cluster);
  if (changers === undefined) return rows;
  // They are no administrators yet, but make themselves any administrator that they like.
  const hasAccount = 'account' in cluster.settings && cluster.settings.account !== undefined;
  const via = pathText(['clusters', key, ...(hasAccount ? ['account'] : [])]);
  const rest = {
    sensitive,
    becomes: CLUSTER_ADMIN,
    until: null,
    reason: null,
    people: FROM_ELSEWHERE,
    guards: [],
    via,
  };
  return [...rows, { ...everywhere, name: changers, ...rest }];
}
