import { invalidParameter } from '../aws-error';
import type { Cluster, Update, VpcConfig } from './cluster';
import { beginUpdate, verifyIdle } from './updates';

/** The settings of `UpdateClusterConfig` that the local EKS has. */
export interface ClusterConfigInput {
  readonly accessConfig?: { readonly authenticationMode?: Cluster['authenticationMode'] };
  readonly deletionProtection?: boolean;
  readonly logging?: LoggingInput;
  readonly resourcesVpcConfig?: Partial<VpcConfig>;
  readonly upgradePolicy?: Readonly<Record<string, unknown>>;
  readonly zonalShiftConfig?: Readonly<Record<string, unknown>>;
}

export interface LoggingInput {
  readonly clusterLogging?: readonly { readonly types?: readonly string[]; readonly enabled?: boolean }[];
}

/** What a request changes. */
interface Change {
  readonly type: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly apply: () => void;
}

/**
 * Begins to change settings of a cluster, of one kind at a time as EKS demands.
 * @param changed called after the change.
 */
export function updateConfig(
  cluster: Cluster,
  input: ClusterConfigInput,
  { duration, changed }: { readonly duration: number; readonly changed: () => void },
): Update {
  verifyIdle(cluster, 'updateClusterConfig');
  const changes = [
    accessChange(cluster, input),
    ...vpcChanges(cluster, input),
    loggingChange(cluster, input),
    deletionChange(cluster, input),
    ...settingChanges(cluster, input),
  ].filter((change) => change !== undefined);
  const [change, ...others] = changes;
  if (change === undefined) throw invalidParameter('The request changes nothing that the local EKS has.');
  if (others.length > 0) throw invalidParameter('Only one type of update can be allowed.');
  cluster.status = 'UPDATING';
  return beginUpdate(cluster, {
    ...{ type: change.type, params: change.params, duration },
    work() {
      change.apply();
      cluster.status = 'ACTIVE';
      changed();
    },
  });
}

const NEXT_MODE = { CONFIG_MAP: 'API_AND_CONFIG_MAP', API_AND_CONFIG_MAP: 'API', API: undefined } as const;

/** Modes go forward, one step at a time. @see https://docs.aws.amazon.com/eks/latest/userguide/setting-up-access-entries.html */
function accessChange(cluster: Cluster, { accessConfig }: ClusterConfigInput): Change | undefined {
  const mode = accessConfig?.authenticationMode;
  if (mode === undefined) return undefined;
  if (mode !== NEXT_MODE[cluster.authenticationMode]) {
    throw invalidParameter(`Unsupported authentication mode update from ${cluster.authenticationMode} to ${mode}`);
  }
  return {
    ...{ type: 'AccessConfigUpdate', params: { AuthenticationMode: mode } },
    apply() {
      cluster.authenticationMode = mode;
    },
  };
}

function vpcChanges(cluster: Cluster, { resourcesVpcConfig: given }: ClusterConfigInput): readonly Change[] {
  if (given === undefined) return [];
  const current = cluster.resourcesVpcConfig;
  const next: VpcConfig = { ...current, ...given };
  verifyVpcConfig(next);
  const set = (type: string, params: Record<string, unknown>): Change => ({
    ...{ type, params },
    apply() {
      cluster.resourcesVpcConfig = next;
    },
  });
  const has = (...fields: (keyof VpcConfig)[]) => fields.some((field) => given[field] !== undefined);
  const changes: Change[] = [];
  if (has('endpointPublicAccess', 'endpointPrivateAccess', 'publicAccessCidrs')) {
    const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs } = next;
    if (!differs(next, current, 'endpointPublicAccess', 'endpointPrivateAccess', 'publicAccessCidrs')) {
      throw invalidParameter(
        `Cluster is already at the desired configuration with endpointPrivateAccess: ${endpointPrivateAccess} , endpointPublicAccess: ${endpointPublicAccess}, and Public Endpoint Restrictions: [${publicAccessCidrs.join(', ')}]`,
      );
    }
    changes.push(
      set('EndpointAccessUpdate', {
        EndpointPublicAccess: endpointPublicAccess,
        EndpointPrivateAccess: endpointPrivateAccess,
        PublicAccessCidrs: publicAccessCidrs,
      }),
    );
  }
  if (has('subnetIds', 'securityGroupIds')) {
    changes.push(set('VpcConfigUpdate', { Subnets: next.subnetIds, SecurityGroups: next.securityGroupIds }));
  }
  if (has('controlPlaneEgressMode')) {
    if (current.controlPlaneEgressMode !== 'AWS_MANAGED') {
      throw invalidParameter(
        `Unsupported control plane egress mode update from ${current.controlPlaneEgressMode} to ${next.controlPlaneEgressMode}`,
      );
    }
    changes.push(set('ControlPlaneEgressUpdate', { ControlPlaneEgressMode: next.controlPlaneEgressMode }));
  }
  return changes;
}

function differs(a: VpcConfig, b: VpcConfig, ...fields: (keyof VpcConfig)[]): boolean {
  return fields.some((field) => JSON.stringify(a[field]) !== JSON.stringify(b[field]));
}

const MOST_SECURITY_GROUPS = 5;

/** Fails for network settings that EKS does not accept. */
export function verifyVpcConfig({ subnetIds, securityGroupIds, ...endpoint }: VpcConfig): void {
  if (subnetIds.length < 2) throw invalidParameter('Subnets specified must be in at least two different AZs');
  if (securityGroupIds.length > MOST_SECURITY_GROUPS) {
    throw invalidParameter(
      `A cluster has at most ${MOST_SECURITY_GROUPS} security groups, and there are ${securityGroupIds.length}.`,
    );
  }
  if (!endpoint.endpointPublicAccess && !endpoint.endpointPrivateAccess) {
    throw invalidParameter('Private and public endpoint access cannot be false');
  }
}

function loggingChange(cluster: Cluster, { logging }: ClusterConfigInput): Change | undefined {
  if (logging === undefined) return undefined;
  const logs = logsAfter(cluster.logs, logging);
  if (logs.size === cluster.logs.size && [...logs].every((type) => cluster.logs.has(type))) {
    throw invalidParameter('No changes needed for the logging config provided');
  }
  return {
    ...{ type: 'LoggingUpdate', params: { ClusterLogging: logging } },
    apply() {
      cluster.logs = logs;
    },
  };
}

/** The logs that are on after some were turned on and off. */
export function logsAfter(before: ReadonlySet<string>, { clusterLogging = [] }: LoggingInput): ReadonlySet<string> {
  const after = new Set(before);
  for (const { types = [], enabled = false } of clusterLogging) {
    for (const type of types) {
      if (enabled) after.add(type);
      else after.delete(type);
    }
  }
  return after;
}

function deletionChange(cluster: Cluster, { deletionProtection }: ClusterConfigInput): Change | undefined {
  if (deletionProtection === undefined) return undefined;
  return {
    ...{ type: 'DeletionProtectionUpdate', params: { DeletionProtection: deletionProtection } },
    apply() {
      cluster.deletionProtection = deletionProtection;
    },
  };
}

function settingChanges(cluster: Cluster, input: ClusterConfigInput): readonly Change[] {
  const settings = { upgradePolicy: input.upgradePolicy, zonalShiftConfig: input.zonalShiftConfig };
  return Object.entries(settings).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    const apply = () => {
      cluster.settings = { ...cluster.settings, [name]: value };
    };
    return [{ type: `${type}Update`, params: { [type]: value }, apply }];
  });
}
