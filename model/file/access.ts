import type * as z from 'zod';
import type { Problem } from '../../constraints/finding';
import type { Day } from './day';
import type { accessSchema, grantSchema } from './schema';

type DeepReadonly<Value> = Value extends object ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> } : Value;

/** A grant of the file with its place there, such as `grants[2]`. */
export type Grant = DeepReadonly<z.output<typeof grantSchema> & { path: string }>;

type Parsed = DeepReadonly<z.output<typeof accessSchema>>;

/** A cluster of the file with its defaults and those of `clusterDefaults`. */
export type Cluster = Parsed['clusters'][string];

/** A cluster of EKS, made or looked up. */
export type AnyEksCluster = Exclude<Cluster, { kind: 'self-managed' }>;

/** What the file says and the day has ended. */
export interface Expired {
  /** Where the file says until when. */
  readonly path: string;
  /** The last day. */
  readonly expires: Day;
  readonly what: string;
}

/** The access file as read on a day: valid, complete with defaults, without what has expired, deeply frozen. */
export type Access = Omit<Parsed, 'clusterDefaults' | 'clusters' | 'grants'> & {
  /** The day it was read for. */
  readonly day: Day;
  readonly clusters: Readonly<Record<string, Cluster>>;
  /** The grants in force on that day. */
  readonly grants: readonly Grant[];
  /** What has expired before that day. */
  readonly expired: readonly Expired[];
  /** What is risky in the file. */
  readonly warnings: readonly Problem[];
  /** Places of clusters, such as `clusters.prod.logs`, whose value was written in `clusterDefaults`, with the place there. */
  readonly inherited: Readonly<Record<string, string>>;
};

/** Whether a cluster is one of EKS. */
export function isEks(cluster: Cluster): cluster is AnyEksCluster {
  return cluster.kind !== 'self-managed';
}

/** The clusters of EKS with their keys. */
export function eksClusters({ clusters }: Pick<Access, 'clusters'>): readonly (readonly [string, AnyEksCluster])[] {
  return Object.entries(clusters).flatMap(([key, cluster]) => (isEks(cluster) ? [[key, cluster] as const] : []));
}

/** The name of a cluster in EKS. */
export function clusterName(key: string, cluster: AnyEksCluster): string {
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
export function grantedClusters(grant: Grant, access: Pick<Access, 'clusters'>): readonly string[] {
  const keys = grant.clusters === '*' ? Object.keys(access.clusters) : [...new Set(grant.clusters)];
  return keys.filter((key) => Object.hasOwn(access.clusters, key)).sort();
}

/** The namespaces of a cluster that the file speaks of, sorted: those of its list and those that grants on it name. */
export function namespacesByCluster(access: Access): ReadonlyMap<string, readonly string[]> {
  const names = new Map(Object.entries(access.clusters).map(([key, { namespaces }]) => [key, new Set(namespaces)]));
  for (const grant of access.grants) {
    for (const key of grantedClusters(grant, access)) {
      for (const name of grant.namespaces ?? []) names.get(key)?.add(name);
    }
  }
  return new Map([...names].map(([key, set]) => [key, [...set].sort()]));
}
