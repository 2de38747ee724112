import { type Access, type AccessFile, readAccess } from '../model';
import { AccessError } from '../model/access-error';
import type { Problem } from '../model/finding';

/** The smallest valid access file, to be changed by a test. */
export const SMALLEST: AccessFile = {
  okta: { orgName: 'example' },
  groups: { 'eks-admins': {} },
  clusters: { prod: { kind: 'eks', region: 'eu-west-1' } },
  grants: [{ group: 'eks-admins', role: 'cluster-admin', clusters: '*' }],
};

/** The model of the smallest file with these keys changed. */
export function accessWith(changes: Record<string, unknown> = {}): Access {
  return readAccess({ ...SMALLEST, ...changes });
}

/** The problems of the smallest file with these keys changed; none where it is valid. */
export function problemsWith(changes: Record<string, unknown>): readonly Problem[] {
  return problemsOf({ ...SMALLEST, ...changes });
}

/** The problems of a file of any shape; none where it is valid. */
export function problemsOf(file: unknown): readonly Problem[] {
  try {
    readAccess(file);
    return [];
  } catch (error) {
    if (!AccessError.is(error)) throw error;
    return error.problems;
  }
}
