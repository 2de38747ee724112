import type * as z from 'zod';
import type { accessSchema, grantSchema } from './schema';

type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value;

/** A grant of the file with its place there, such as `grants[2]`. */
export type Grant = DeepReadonly<z.output<typeof grantSchema> & { path: string }>;

type Parsed = DeepReadonly<z.output<typeof accessSchema>>;

/** A cluster of the file with its defaults, made in EKS or looked up there. */
export type Cluster = Exclude<Parsed['clusters'][string], { kind: 'self-managed' }>;

/** The access file as read: valid, complete with defaults, deeply frozen. */
export type Access = Omit<Parsed, 'clusters' | 'grants'> & {
  readonly clusters: Readonly<Record<string, Cluster>>;
  readonly grants: readonly Grant[];
};

/** The name of a cluster in EKS. */
export function clusterName(key: string, cluster: Cluster): string {
  return cluster.name ?? key;
}

/** The name of the Okta app that a cluster trusts. */
export function appName(key: string, cluster: Cluster): string {
  return cluster.app ?? key;
}

/** The name of the IAM role of a cluster that is made. */
export function roleName(key: string, cluster: Extract<Cluster, { kind: 'eks' }>): string {
  return cluster.roleName ?? `EKSCluster-${clusterName(key, cluster)}`;
}

/** The keys of the clusters that a grant reaches, sorted; those of the file for `'*'`. */
export function grantedClusters(grant: Grant, access: Access): readonly string[] {
  const keys = grant.clusters === '*' ? Object.keys(access.clusters) : [...new Set(grant.clusters)];
  return keys.filter((key) => Object.hasOwn(access.clusters, key)).sort();
}
