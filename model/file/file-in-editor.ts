import type { AWS_REGIONS, AWS_REGIONS_AS_OF } from '../../constraints/eks/regions';
import type {
  AccessFile,
  ClusterSettings,
  EksClusterSettings,
  ExistingEksClusterSettings,
  GrantSettings,
  SelfManagedClusterSettings,
} from './access-file';

/**
 * The access file as the compiler checks it: also what one part of it requires of another.
 * Its type parameters are what the file says: names, regions, and scopes of roles. What is generated can be any text,
 * and only the run time can check it.
 */
export type FileInEditor<
  Group extends string,
  Cluster extends string,
  Role extends string,
  Region extends string,
  DefaultRegion extends string,
  Scopes,
> = Omit<AccessFile<Group, Cluster, Role>, 'clusters' | 'grants'> & {
  /** Clusters by key. The key names the stacks `cluster-<key>`, `rbac-<key>`, and `guards-<key>`. */
  readonly clusters: {
    readonly [key in Cluster]: string extends Cluster
      ? ClusterSettings
      :
          | (EksClusterSettings & RegionOf<Region, DefaultRegion>)
          | (ExistingEksClusterSettings & RegionOf<Region, DefaultRegion>)
          | SelfManagedClusterSettings;
  };
  readonly clusterDefaults?: { readonly region?: DefaultRegion | string } & {
    readonly region?: KnownRegion<DefaultRegion>;
  };
  readonly roles?: { readonly [name in keyof Scopes]: { readonly scope?: Scopes[name] } };
  /** Who gets which role where. */
  readonly grants: readonly GrantIn<
    NoInfer<Group>,
    NoInfer<Cluster>,
    NoInfer<Role>,
    NoInfer<RoleOfScopeNamespace<Scopes>>
  >[];
};

/** The region of a cluster in EKS. The first part infers it, the second checks it. */
type RegionOf<Region extends string, DefaultRegion> = { readonly region?: Region | string } & (string extends Region
  ? unknown
  : [DefaultRegion] extends [never]
    ? RegionHereOrInClusterDefaults<Region>
    : { readonly region?: KnownRegion<Region> });

/** Its name is what the compiler says about a cluster without a region. */
interface RegionHereOrInClusterDefaults<Region extends string> {
  /** AWS region, such as `us-west-1`. */
  readonly region: KnownRegion<Region>;
}

type KnownRegion<Region extends string> = string extends Region
  ? string
  : Region extends (typeof AWS_REGIONS)[number]
    ? Region
    : `AWS had no region '${Region}' on ${typeof AWS_REGIONS_AS_OF}. If it is newer, write '${Region}' as string`;

/** The names of roles of scope `namespace`. */
type RoleOfScopeNamespace<Scopes> = {
  [Name in keyof Scopes]: [Scopes[Name]] extends ['namespace'] ? Name : never;
}[keyof Scopes];

type GrantIn<Group extends string, Cluster extends string, Role extends string, Narrow> = [Narrow] extends [never]
  ? GrantSettings<Group, Cluster, Role>
  :
      | GrantSettings<Group, Cluster, Exclude<Role, Narrow>>
      | GrantOfARoleOfScopeNamespace<Group, Cluster, Extract<Role, Narrow>>;

/** Its name is what the compiler says about a grant without namespaces. */
interface GrantOfARoleOfScopeNamespace<Group extends string, Cluster extends string, Role extends string>
  extends Omit<GrantSettings<Group, Cluster, Role>, 'role'> {
  readonly role: Role;
  /** The role is a Role in each of these namespaces. */
  readonly namespaces: readonly string[];
}
