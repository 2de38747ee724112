import type { Access } from './derived/access';
import type { AccessFile } from './file/access-file';
import { today } from './file/day';
import { readAccess } from './read-access';

const DEFINED = Symbol.for('okta-eks-access/defined');

/**
 * Defines who may do what on which cluster: the default export of an access file.
 * What has expired is left out; the day is that of `SOURCE_DATE_EPOCH`, else today in UTC.
 * Names of groups, roles and clusters in `grants` are checked by the compiler against those of the file.
 * @returns the model with every default, deeply frozen.
 * @throws AccessError that names every problem with its path in the file.
 */
export function defineAccess<
  const Group extends string,
  const Cluster extends string,
  const Role extends string = never,
>(file: AccessFile<Group, Cluster, Role>): Access {
  return markDefined(readAccess(file, today()));
}

/** Whether a value came from `defineAccess`, in this copy of the module or in another one. */
export function isDefinedAccess(value: unknown): value is Access {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, DEFINED);
}

function markDefined(access: Access): Access {
  // The mark is no part of the data: it is neither listed nor compared.
  return Object.freeze(Object.defineProperty({ ...access }, DEFINED, { value: true }));
}
