import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { inUse, invalidRequest, notFound } from '../aws-error';
import type { Cluster, Update } from './cluster';

export interface UpdateProps {
  readonly type: string;
  readonly params?: Readonly<Record<string, unknown>>;
  /** How long it takes at least, in milliseconds. */
  readonly duration: number;
  /** What it does, after this time. */
  readonly work: () => void | Promise<void>;
  /** What to do if the work fails. @default - nothing */
  readonly failed?: () => void;
}

/** Fails unless a change of the cluster can begin: EKS refuses one while another is in progress. */
export function verifyIdle(cluster: Cluster, operation: string): void {
  const running = [...cluster.updates.values()].find(({ status }) => status === 'InProgress');
  if (running !== undefined) {
    throw inUse(`Cannot ${operation} because cluster ${cluster.name} currently has update ${running.id} in progress`, {
      clusterName: cluster.name,
    });
  }
  verifyReady(cluster, operation);
}

/** Fails while a cluster is created or deleted. */
export function verifyReady({ status, name }: Cluster, operation: string): void {
  if (status === 'ACTIVE' || status === 'UPDATING') return;
  throw invalidRequest(`Cannot ${operation} because cluster ${name} is not ACTIVE: its status is ${status}.`);
}

/** Begins a change that takes time. */
export function beginUpdate(cluster: Cluster, { type, params = {}, duration, work, failed }: UpdateProps): Update {
  const update: Update = {
    ...{ id: randomUUID(), type, createdAt: Date.now(), status: 'InProgress', errors: [] },
    params: Object.entries(params).map(([name, value]) => ({
      type: name,
      value: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  };
  cluster.updates.set(update.id, update);
  const end = async () => {
    try {
      await pause(duration);
      await work();
      update.status = 'Successful';
    } catch (error) {
      failed?.();
      update.status = 'Failed';
      update.errors = [{ errorCode: 'Unknown', errorMessage: (error as Error).message }];
    }
  };
  void end();
  return update;
}

export function updateOf(cluster: Cluster, id: string): Update {
  const update = cluster.updates.get(id);
  if (update === undefined) throw notFound(`No update found for ID: ${id}`, { clusterName: cluster.name });
  return update;
}
