import { randomUUID } from 'node:crypto';
import { inUse, invalidParameter, invalidRequest, notFound } from '../aws-error';
import { accessPolicyArn, verifyPolicy } from './access-policies';
import type { AccessEntry, AssociatedPolicy, Cluster } from './cluster';
import { verifyReady } from './updates';

export interface AccessEntryInput {
  readonly principalArn: string;
  readonly kubernetesGroups?: readonly string[];
  readonly type?: string;
  readonly username?: string;
  readonly tags?: Record<string, string>;
}

const TYPES = [...['STANDARD', 'EC2_LINUX', 'EC2_WINDOWS', 'FARGATE_LINUX', 'EC2', 'HYBRID_LINUX', 'HYPERPOD_LINUX']];
const RESERVED_STARTS = ['system:', 'eks:', 'aws:', 'amazon:', 'iam:'];

/** Fails if the cluster cannot have access entries. */
export function verifyHasEntries(cluster: Cluster): void {
  verifyReady(cluster, 'use access entries');
  if (cluster.authenticationMode !== 'CONFIG_MAP') return;
  throw invalidRequest(
    "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] to perform this operation.",
  );
}

/** Adds an access entry. Unlike EKS, this does not look up whether the principal exists. */
export function createAccessEntry(cluster: Cluster, input: AccessEntryInput): AccessEntry {
  verifyHasEntries(cluster);
  const { principalArn, type = 'STANDARD', kubernetesGroups = [], username } = input;
  const [, , , , account, principal = ''] = principalArn.split(':');
  if (!/^arn:[\w-]+:iam::\d{12}:(role|user)\/.+$/.test(principalArn)) {
    throw invalidParameter(`The principalArn parameter format is not valid: ${principalArn}.`);
  }
  if (!TYPES.includes(type)) throw invalidParameter(`The type ${type} is not one of [${TYPES.join(', ')}].`);
  if (type !== 'STANDARD' && (kubernetesGroups.length > 0 || username !== undefined)) {
    throw invalidParameter(`An access entry of the type ${type} cannot have a username or kubernetesGroups.`);
  }
  verifyNames(kubernetesGroups, username);
  if (cluster.accessEntries.has(principalArn)) {
    throw inUse('The specified access entry resource is already in use on this cluster.', {
      clusterName: cluster.name,
    });
  }
  const now = Date.now();
  const [kind, name] = [principal.split('/')[0], principal.split('/').at(-1)];
  const arn = cluster.arn.replace(':cluster/', ':access-entry/');
  const entry: AccessEntry = {
    ...{ principalArn, type, kubernetesGroups, createdAt: now, modifiedAt: now },
    arn: `${arn}/${kind}/${account}/${name}/${randomUUID()}`,
    username: username ?? defaultUsername(principalArn),
    tags: { ...input.tags },
    policies: new Map(),
  };
  cluster.accessEntries.set(principalArn, entry);
  return entry;
}

/** The user name that EKS gives to a principal. `{{SessionName}}` is the name of the session of a role. */
export function defaultUsername(principalArn: string): string {
  const [, partition, account, role] = principalArn.match(/^arn:([^:]+):iam::(\d+):role\/(?:.*\/)?([^/]+)$/) ?? [];
  return role === undefined ? principalArn : `arn:${partition}:sts::${account}:assumed-role/${role}/{{SessionName}}`;
}

function verifyNames(groups: readonly string[], username: string | undefined): void {
  for (const group of groups) {
    const start = reservedStart(group);
    if (start !== undefined)
      throw invalidParameter(`The kubernetes group name ${group} is invalid, it cannot start with ${start}`);
  }
  const start = username === undefined ? undefined : reservedStart(username);
  if (start !== undefined) throw invalidParameter(`The username ${username} is invalid, it cannot start with ${start}`);
}

function reservedStart(name: string): string | undefined {
  return RESERVED_STARTS.find((start) => name.startsWith(start));
}

export function accessEntryOf(cluster: Cluster, principalArn: string): AccessEntry {
  verifyHasEntries(cluster);
  const entry = cluster.accessEntries.get(principalArn);
  if (entry === undefined) {
    throw notFound(
      'The specified principalArn could not be found. You can view your available access entries with "list-access-entries".',
      { clusterName: cluster.name },
    );
  }
  return entry;
}

export function updateAccessEntry(
  entry: AccessEntry,
  { kubernetesGroups, username }: Pick<AccessEntryInput, 'kubernetesGroups' | 'username'>,
): void {
  verifyNames(kubernetesGroups ?? [], username);
  if (entry.type !== 'STANDARD') throw invalidParameter(`An access entry of the type ${entry.type} cannot be updated.`);
  if (kubernetesGroups !== undefined) entry.kubernetesGroups = kubernetesGroups;
  if (username !== undefined) entry.username = username;
  entry.modifiedAt = Date.now();
}

/** Gives an access policy to an entry, or changes the scope of one that it has. */
export function associatePolicy(
  cluster: Cluster,
  entry: AccessEntry,
  { policyArn, accessScope }: { readonly policyArn: string; readonly accessScope: AssociatedPolicy['accessScope'] },
): AssociatedPolicy {
  verifyPolicy(policyArn, cluster.arn.split(':')[1] as string);
  if (entry.type !== 'STANDARD')
    throw invalidRequest(`An access entry of the type ${entry.type} cannot have access policies.`);
  const { type, namespaces } = accessScope;
  if (type === 'namespace' && namespaces.length === 0)
    throw invalidParameter('The accessScope of type namespace needs at least one namespace.');
  if (type === 'cluster' && namespaces.length > 0)
    throw invalidParameter('The accessScope of type cluster must not have namespaces.');
  const now = Date.now();
  const policy = { policyArn, accessScope, associatedAt: entry.policies.get(policyArn)?.associatedAt ?? now };
  const associated = { ...policy, modifiedAt: now };
  entry.policies.set(policyArn, associated);
  return associated;
}

export function disassociatePolicy({ policies }: AccessEntry, policyArn: string): void {
  if (!policies.delete(policyArn)) {
    throw notFound(`The access policy ${policyArn} is not associated with the access entry.`);
  }
}

/** Makes the creator of a cluster an administrator, as EKS does where access entries are used. */
export function addCreator(cluster: Cluster): void {
  const { creator, creatorIsAdmin, accessEntries, authenticationMode, arn } = cluster;
  if (!creatorIsAdmin || authenticationMode === 'CONFIG_MAP' || accessEntries.has(creator)) return;
  const entry = createAccessEntry(cluster, { principalArn: creator });
  const policyArn = accessPolicyArn('AmazonEKSClusterAdminPolicy', arn.split(':')[1] as string);
  associatePolicy(cluster, entry, { policyArn, accessScope: { type: 'cluster', namespaces: [] } });
}
