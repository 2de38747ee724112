import type { ParsedCluster, ParsedFile } from '../file/parsed-file';
import { type Binding, bindingsOf } from './bindings';
import { isCreated, isEks } from './cluster-kinds';
import { groupBy } from './group-by';
import { type Guards, guardsOf } from './guards';
import { type IdentityProvider, identityProviderOf } from './identity-providers';
import { kubernetesVersion } from './kubernetes-version';
import type { Placement } from './placements';

type SettingsOf<Kind extends ParsedCluster['kind']> = Extract<ParsedCluster, { kind: Kind }>;

/** What a cluster of any kind has. */
interface AnyCluster<Kind extends ParsedCluster['kind']> {
  readonly kind: Kind;
  /** Key in the file. */
  readonly key: string;
  /** The settings of the file, with every default and those of `clusterDefaults`. */
  readonly settings: SettingsOf<Kind>;
  /** Name of the Okta app that the cluster trusts. */
  readonly app: string;
  /** The Kubernetes version of the file, or the newest known one. */
  readonly kubernetesVersion: string;
  /** Namespaces that the cluster lists or that grants on it name, sorted. */
  readonly namespaces: readonly string[];
  /** The identity provider of the file, overridden by that of the cluster. */
  readonly identityProvider: IdentityProvider;
  /** The guards of the file, overridden by those of the cluster. */
  readonly guards: Guards;
  /** Bindings for the whole cluster first, then by namespace; each part sorted by role. */
  readonly bindings: readonly Binding[];
}

/** An EKS cluster that Terraform creates. */
export interface CreatedEksCluster extends AnyCluster<'eks'> {
  /** Name in EKS. */
  readonly name: string;
  /** Name of the cluster's IAM role. */
  readonly roleName: string;
}

/** An EKS cluster that is looked up. */
export interface ExistingEksCluster extends AnyCluster<'existing-eks'> {
  /** Name in EKS. */
  readonly name: string;
}

/** A cluster outside EKS. */
export type SelfManagedCluster = AnyCluster<'self-managed'>;

/** A cluster in EKS, created or looked up. */
export type EksCluster = CreatedEksCluster | ExistingEksCluster;

/** A cluster of the file, with everything that follows from the file. */
export type Cluster = EksCluster | SelfManagedCluster;

/** The clusters in EKS, in the order of the file. */
export function eksClusters({ clusters }: { clusters: Readonly<Record<string, Cluster>> }): readonly EksCluster[] {
  return Object.values(clusters).filter(isEks);
}

/** The clusters that Terraform creates, in the order of the file. */
export function createdClusters({
  clusters,
}: {
  clusters: Readonly<Record<string, Cluster>>;
}): readonly CreatedEksCluster[] {
  return Object.values(clusters).filter(isCreated);
}

/** The default name of a cluster's IAM role. */
export function defaultRoleName(clusterName: string): string {
  return `EKSCluster-${clusterName}`;
}

/** The clusters of a file, by key. */
export function clustersOf(
  file: Pick<ParsedFile, 'clusters' | 'guards' | 'identityProvider' | 'roles'>,
  placements: readonly Placement[],
): Readonly<Record<string, Cluster>> {
  const byKey = groupBy(placements, ({ cluster }) => cluster);
  const clusters = Object.entries(file.clusters).map(([key, settings]) => [
    key,
    cluster(key, settings, file, byKey.get(key) ?? []),
  ]);
  return Object.fromEntries(clusters);
}

function cluster(
  key: string,
  settings: ParsedCluster,
  file: Pick<ParsedFile, 'guards' | 'identityProvider' | 'roles'>,
  placements: readonly Placement[],
): Cluster {
  const granted = placements.flatMap(({ namespace }) => namespace ?? []);
  const common = {
    key,
    app: settings.app ?? key,
    kubernetesVersion: kubernetesVersion(settings),
    namespaces: [...new Set([...settings.namespaces, ...granted])].sort(),
    identityProvider: identityProviderOf(file, settings),
    guards: guardsOf(file, settings),
    bindings: bindingsOf(placements, file),
  };
  switch (settings.kind) {
    case 'eks': {
      const { kind, name = key, roleName = defaultRoleName(name) } = settings;
      return { ...common, kind, settings, name, roleName };
    }
    case 'existing-eks': {
      const { kind, name = key } = settings;
      return { ...common, kind, settings, name };
    }
    case 'self-managed':
      return { ...common, kind: settings.kind, settings };
  }
}
