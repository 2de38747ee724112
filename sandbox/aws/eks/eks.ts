import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { awsPartition } from '../../../constraints/eks/aws-partition';
import { AwsError, inUse, invalidParameter, invalidRequest, notFound } from '../aws-error';
import { addCreator } from './access-entries';
import type { Cluster, OidcConfig, Update, VpcConfig } from './cluster';
import { type ClusterConfigInput, type LoggingInput, logsAfter, updateConfig, verifyVpcConfig } from './cluster-config';
import { offeredVersion, verifyUpgrade } from './cluster-versions';
import type { ControlPlane, ControlPlanes } from './control-plane';
import { associate, disassociate } from './identity-provider';
import { beginUpdate, verifyIdle } from './updates';

/** Who makes a call, and where. */
export interface Caller {
  /** ARN of the user, or of the session of a role. */
  readonly arn: string;
  readonly account: string;
  readonly region: string;
}

/** How long changes take, in milliseconds. On AWS, these are minutes. */
export interface EksDurations {
  /** Creating and deleting a cluster, beside the time that its API server needs. @default 100 */
  readonly cluster?: number;
  /** Associating and disassociating an identity provider. @default 100 */
  readonly association?: number;
  /** Every other change. @default 100 */
  readonly update?: number;
}

export interface EksProps {
  readonly controlPlanes: ControlPlanes;
  readonly durations?: EksDurations;
  /** How many clusters an account may have in a region. @default 100 */
  readonly clusterLimit?: number;
  /** The day that decides which Kubernetes versions EKS offers, `YYYY-MM-DD`. @default - today, in UTC */
  readonly day?: string;
}

export interface CreateClusterInput {
  readonly name: string;
  readonly version?: string;
  readonly roleArn: string;
  readonly resourcesVpcConfig: Partial<VpcConfig>;
  readonly accessConfig?: {
    readonly authenticationMode?: Cluster['authenticationMode'];
    readonly bootstrapClusterCreatorAdminPermissions?: boolean;
  };
  readonly logging?: LoggingInput;
  readonly deletionProtection?: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  /** Other settings, which are kept as they are. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** A cluster that exists before the run. */
export interface ExistingCluster extends Omit<CreateClusterInput, 'resourcesVpcConfig'> {
  /** Identifies the cluster among all of the run. */
  readonly id: string;
  readonly caller: Caller;
  readonly controlPlane: ControlPlane;
  /** The identity provider that its API server trusts. @default - none */
  readonly association?: OidcConfig;
}

const SHORT_MS = 100;
const NETWORK: VpcConfig = {
  ...{ subnetIds: [], securityGroupIds: [], endpointPublicAccess: true, endpointPrivateAccess: false },
  ...{ publicAccessCidrs: ['0.0.0.0/0'], controlPlaneEgressMode: 'AWS_MANAGED' },
};

/** The clusters of a local AWS, with the rules by which EKS changes them. */
export class Eks {
  readonly day: string;
  private readonly clusters = new Map<string, Cluster>();
  private readonly durations: Required<EksDurations>;

  constructor(private readonly props: EksProps) {
    this.day = props.day ?? new Date().toISOString().slice(0, 10);
    this.durations = { cluster: SHORT_MS, association: SHORT_MS, update: SHORT_MS, ...props.durations };
  }

  /** The clusters of an account in a region. */
  list({ account, region }: Caller): readonly Cluster[] {
    return this.all().filter((cluster) => cluster.account === account && cluster.region === region);
  }

  /** The clusters of all accounts and regions. */
  all(): readonly Cluster[] {
    return [...this.clusters.values()];
  }

  clusterById(id: string): Cluster | undefined {
    return this.all().find((cluster) => cluster.id === id);
  }

  cluster({ account, region }: Caller, name: string): Cluster {
    const cluster = this.clusters.get(clusterKey(account, region, name));
    if (cluster === undefined) throw notFound(`No cluster found for name: ${name}.`, { clusterName: name });
    return cluster;
  }

  /** Begins to create a cluster. */
  create(caller: Caller, input: CreateClusterInput): Cluster {
    const { clusterLimit = 100, controlPlanes } = this.props;
    verifyVpcConfig({ ...NETWORK, ...input.resourcesVpcConfig });
    if (this.list(caller).length >= clusterLimit) {
      throw new AwsError(
        400,
        'ResourceLimitExceededException',
        `You have reached the limit of ${clusterLimit} clusters.`,
      );
    }
    const cluster = this.add(caller, input, {
      version: offeredVersion(input.version, this.day),
      id: randomUUID().replaceAll('-', '').toUpperCase(),
    });
    const begin = async () => {
      try {
        await pause(this.durations.cluster);
        cluster.controlPlane = await controlPlanes.start(cluster.id);
        cluster.status = 'ACTIVE';
        addCreator(cluster);
      } catch {
        cluster.status = 'FAILED';
      }
    };
    void begin();
    return cluster;
  }

  /** Adds a cluster whose API server runs already. */
  adopt({ id, caller, controlPlane, association, ...input }: ExistingCluster): Cluster {
    const version = input.version ?? offeredVersion(undefined, this.day);
    const cluster = this.add(caller, { ...input, resourcesVpcConfig: {} }, { version, id });
    cluster.controlPlane = controlPlane;
    cluster.status = 'ACTIVE';
    addCreator(cluster);
    if (association !== undefined) {
      const { identityProviderConfigName: name } = association;
      const arn = `${cluster.arn.replace(':cluster/', ':identityproviderconfig/')}/oidc/${name}/${randomUUID()}`;
      cluster.association = { arn, config: association, tags: {}, status: 'ACTIVE' };
    }
    return cluster;
  }

  /** Begins to delete a cluster, with its access entries and its identity provider. */
  delete(cluster: Cluster): Cluster {
    if (cluster.deletionProtection) {
      throw invalidRequest(
        `Cluster ${cluster.name} has deletionProtection enabled. Disable deletionProtection before deleting the cluster.`,
      );
    }
    if (cluster.status !== 'FAILED') verifyIdle(cluster, 'deleteCluster');
    cluster.status = 'DELETING';
    const end = async () => {
      await pause(this.durations.cluster);
      await cluster.controlPlane?.stop();
      this.clusters.delete(clusterKey(cluster.account, cluster.region, cluster.name));
    };
    end().catch(() => {
      cluster.status = 'FAILED';
    });
    return cluster;
  }

  updateConfig(cluster: Cluster, input: ClusterConfigInput): Update {
    return updateConfig(cluster, input, { duration: this.durations.update, changed: () => addCreator(cluster) });
  }

  /** Begins to update the version of a cluster. Its API server stays what it is. */
  updateVersion(cluster: Cluster, version: string): Update {
    verifyIdle(cluster, 'updateClusterVersion');
    verifyUpgrade(cluster.version, version, this.day);
    cluster.status = 'UPDATING';
    return beginUpdate(cluster, {
      ...{ type: 'VersionUpdate', params: { Version: version }, duration: this.durations.update },
      work() {
        cluster.version = version;
        cluster.status = 'ACTIVE';
      },
    });
  }

  /** Begins to encrypt the Secrets of a cluster with a key, which stays. */
  associateEncryption(cluster: Cluster, encryptionConfig: readonly unknown[]): Update {
    verifyIdle(cluster, 'associateEncryptionConfig');
    const { encryptionConfig: before = [] } = cluster.settings as { encryptionConfig?: readonly unknown[] };
    if (before.length > 0) throw invalidRequest(`Cluster ${cluster.name} has an encryption config already.`);
    return beginUpdate(cluster, {
      ...{ type: 'AssociateEncryptionConfig', params: { EncryptionConfig: encryptionConfig } },
      duration: this.durations.update,
      work() {
        cluster.settings = { ...cluster.settings, encryptionConfig };
      },
    });
  }

  associate(cluster: Cluster, config: OidcConfig, tags: Readonly<Record<string, string>>): Update {
    return associate(cluster, config, tags, this.durations.association);
  }

  disassociate(cluster: Cluster, name: string): Update {
    return disassociate(cluster, name, this.durations.association);
  }

  /** Stops every API server that it started. */
  async close(): Promise<void> {
    await Promise.all(this.all().map(({ controlPlane }) => controlPlane?.stop()));
  }

  private add(
    { arn: creator, account, region }: Caller,
    input: CreateClusterInput,
    { version, id }: Pick<Cluster, 'version' | 'id'>,
  ): Cluster {
    const { name, roleArn, accessConfig = {}, logging = {}, deletionProtection = false } = input;
    if (!/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
      throw invalidParameter(
        `The name ${name} is not valid: it has up to 100 letters, digits, hyphens, and underscores, and starts with a letter or digit.`,
      );
    }
    const key = clusterKey(account, region, name);
    if (this.clusters.has(key)) throw inUse(`Cluster already exists with name: ${name}`, { clusterName: name });
    const { authenticationMode = 'CONFIG_MAP', bootstrapClusterCreatorAdminPermissions = true } = accessConfig;
    if (authenticationMode === 'CONFIG_MAP' && !bootstrapClusterCreatorAdminPermissions) {
      throw invalidParameter(
        'bootstrapClusterCreatorAdminPermissions must be true if cluster authentication mode is set to CONFIG_MAP',
      );
    }
    const cluster: Cluster = {
      ...{ name, account, region, roleArn, creator: principalOf(creator), id, version, authenticationMode },
      ...{ deletionProtection, createdAt: Date.now(), creatorIsAdmin: bootstrapClusterCreatorAdminPermissions },
      arn: `arn:${awsPartition(region)}:eks:${region}:${account}:cluster/${name}`,
      status: 'CREATING',
      resourcesVpcConfig: { ...NETWORK, ...input.resourcesVpcConfig },
      logs: logsAfter(new Set(), logging),
      settings: { upgradePolicy: { supportType: 'EXTENDED' }, ...input.settings },
      tags: { ...input.tags },
      updates: new Map(),
      accessEntries: new Map(),
    };
    this.clusters.set(key, cluster);
    return cluster;
  }
}

/** The principal of a session: an access entry is for the role, not for one of its sessions. */
export function principalOf(arn: string): string {
  return arn.replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, '$1:iam::$2:role/$3');
}

function clusterKey(account: string, region: string, name: string): string {
  return `${account} ${region} ${name}`;
}
