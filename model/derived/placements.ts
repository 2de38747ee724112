import type { PolicyRule } from '../../rbac/policy-rule';
import { type SensitivePermission, sensitivePermissions, UNKNOWN_RULES } from '../../rbac/sensitive-permissions';
import type { Grant, ParsedCluster, ParsedFile } from '../file/parsed-file';
import { type Accepted, acceptedByGrant } from './accepted';
import { readsAwsAuth } from './cluster-kinds';
import { groupBy } from './group-by';
import { kubernetesVersion } from './kubernetes-version';
import { roleDefinition } from './roles';
import { knownRulesOfRole } from './rules-of-role';

/** A role that a grant gives a group in one place. */
export interface Placement {
  readonly group: string;
  /** Key of the cluster. */
  readonly cluster: string;
  /** The namespace; null for the whole cluster. */
  readonly namespace: string | null;
  readonly role: string;
  /** What the role allows there, in the Kubernetes version of the cluster; nothing if `sensitive` is `unknown-rules`. */
  readonly rules: readonly PolicyRule[];
  /** The sensitive permissions that the role gives there. */
  readonly sensitive: readonly SensitivePermission[];
  /** What the grant or its role accepts on that day, with reasons. Placements with equal ones share the object. */
  readonly accepted: Accepted;
  readonly grant: Grant;
}

/**
 * Every grant in each of its places: by grant, then by cluster, then by namespace in the order of the grant. If a grant
 * lists a cluster twice, it has two placements there.
 */
export function placementsOf(
  file: Pick<ParsedFile, 'clusters' | 'roles'>,
  grants: readonly Grant[],
): readonly Placement[] {
  const allowances = allowancesByRole(file);
  const acceptedBy = acceptedByGrant(file);
  return grants.flatMap((grant) => {
    const { group, role } = grant;
    const accepted = acceptedBy(grant);
    return clustersOf(grant, file).flatMap(([cluster, settings]) =>
      (grant.namespaces ?? [null]).map((namespace) => ({
        group,
        cluster,
        namespace,
        role,
        ...allowances(role, settings, namespace),
        accepted,
        grant,
      })),
    );
  });
}

/** What a grant gives in all its places together. */
interface GrantSummary {
  readonly grant: Grant;
  /** The sensitive permissions that it gives in any of its places. */
  readonly permissions: readonly SensitivePermission[];
  readonly accepted: Accepted;
}

/** What each grant with a place gives and accepts, in the order of the file. */
export function grantSummaries({ placements }: { readonly placements: readonly Placement[] }): readonly GrantSummary[] {
  return [...groupBy(placements, ({ grant }) => grant)].map(([grant, places]) => ({
    grant,
    permissions: [...new Set(places.flatMap(({ sensitive }) => sensitive))],
    // It is the same in each of its places.
    accepted: (places[0] as Placement).accepted,
  }));
}

function clustersOf(
  grant: Grant,
  { clusters }: Pick<ParsedFile, 'clusters'>,
): readonly (readonly [string, ParsedCluster])[] {
  const keys = grant.clusters === '*' ? Object.keys(clusters) : grant.clusters;
  return [...keys].sort().flatMap((key) => {
    // In an invalid file, a grant can name a cluster that could not be read.
    const settings = Object.hasOwn(clusters, key) ? clusters[key] : undefined;
    return settings === undefined ? [] : [[key, settings] as const];
  });
}

const NO_RULES: readonly PolicyRule[] = [];

/** Whether nobody knows what the role of a placement or a row allows. */
export function hasUnknownRules({ sensitive }: Pick<Placement, 'sensitive'>): boolean {
  return sensitive.includes(UNKNOWN_RULES);
}

type Allowance = Pick<Placement, 'rules' | 'sensitive'>;

/** Computes what a role allows, once for each Kubernetes version and place. */
function allowancesByRole(
  file: Pick<ParsedFile, 'roles'>,
): (role: string, settings: ParsedCluster, namespace: string | null) => Allowance {
  const rulesOf = new Map<string, { readonly rules: readonly PolicyRule[] | undefined }>();
  const known = new Map<string, Allowance>();
  return (role, settings, namespace) => {
    const version = kubernetesVersion(settings);
    const place = { namespace, readsAwsAuth: readsAwsAuth(settings) };
    return remembered(known, JSON.stringify([role, version, place]), () => {
      const { rules } = remembered(rulesOf, JSON.stringify([role, version]), () => ({
        rules: knownRulesOfRole(roleDefinition(role, file), version, file.roles),
      }));
      return { rules: rules ?? NO_RULES, sensitive: sensitivePermissions(rules, place) };
    });
  };
}

function remembered<Value>(known: Map<string, Value>, key: string, compute: () => Value): Value {
  const value = known.get(key) ?? compute();
  known.set(key, value);
  return value;
}
