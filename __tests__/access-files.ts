import { AccessError } from '../constraints/access-error';
import type { Problem } from '../constraints/finding';
import { type Access, type AccessFile, type Cluster, readAccess } from '../model';
import { DAY } from './day';

/** The smallest valid access file, to be changed by a test. */
export const SMALLEST: AccessFile = {
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { prod: { kind: 'eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
};

export { DAY };

/** The model of the smallest file with these keys changed. */
export function accessWith(changes: Record<string, unknown> = {}, day = DAY): Access {
  return readAccess({ ...SMALLEST, ...changes }, day);
}

/** A cluster of a model by its key. */
export function clusterOf({ clusters }: Access, key: string): Cluster {
  const cluster = clusters[key];
  if (cluster === undefined) throw new Error(`no cluster ${key}`);
  return cluster;
}

/** The problems of the smallest file with these keys changed; none where it is valid. */
export function problemsWith(changes: Record<string, unknown>, day = DAY): readonly Problem[] {
  return problemsOf({ ...SMALLEST, ...changes }, day);
}

/** The warnings of one check about the smallest file with these keys changed. */
export function warningsWith(check: string, changes: Record<string, unknown>, day = DAY): readonly Problem[] {
  return accessWith(changes, day).warnings.filter((problem) => problem.check === check);
}

/** The problems of a file of any shape; none where it is valid. */
export function problemsOf(file: unknown, day = DAY): readonly Problem[] {
  try {
    readAccess(file, day);
    return [];
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return error.problems;
  }
}
