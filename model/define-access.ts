import type { Problem } from '../constraints/finding';
import { CHECKS } from './checks';
import type { Access } from './derived/access';
import { today } from './file/day';
import type { FileInEditor } from './file/file-in-editor';
import { readAccess } from './read-access';

const DEFINED = Symbol.for('okta-eks-access/defined');

/**
 * Defines who may do what on which cluster: the default export of an access file.
 * Expired access is left out. The current day is that of `SOURCE_DATE_EPOCH`, or today in UTC.
 * The compiler checks the names of groups, roles, and clusters in `grants`, and that each cluster has its region.
 * @returns the model with every default, deeply frozen.
 * @throws AccessError that lists every problem with its path in the file.
 */
export function defineAccess<
  const Group extends string,
  const Cluster extends string,
  const Role extends string = never,
  const Region extends string = never,
  const DefaultRegion extends string = never,
  const Scopes = Record<never, unknown>,
>(file: FileInEditor<Group, Cluster, Role, Region, DefaultRegion, Scopes>): Access {
  return defineWritten(file);
}

/**
 * Reads a value of any shape as `defineAccess` does.
 * @param placed adds to a problem where it is in the text of the file.
 */
export function defineWritten(written: unknown, placed?: (problem: Problem) => Problem): Access {
  return markDefined(readAccess(written, today(), CHECKS, placed));
}

/** Whether `defineAccess` returned a value, in this copy of the module or in another. */
export function isDefinedAccess(value: unknown): value is Access {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, DEFINED);
}

function markDefined(access: Access): Access {
  // The mark is not part of the data: it is not enumerable, so nothing lists or compares it.
  return Object.freeze(Object.defineProperty({ ...access }, DEFINED, { value: true }));
}
