import { type Finding, shown } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { BUILT_IN_ROLES } from '../../../rbac/built-in-roles';
import { PRESET_ROLES } from '../../../rbac/presets';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A role of the file has its own, valid name. */
export const roleNames: Check = {
  name: 'role-names',
  severity: 'error',
  reason: 'A role with the name of a Kubernetes role or a preset would mislead the readers of its grants.',
  fix: 'Give the role its own name, which does not start with system:.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
  requires: [],
  find: ({ roles }) =>
    Object.entries(roles).flatMap(([name, { existing }]) => {
      const finding = roleNameFinding(name, existing);
      return finding === undefined ? [] : [{ ...finding, path: pathText(['roles', name]) }];
    }),
};

function roleNameFinding(name: string, existing: boolean): Finding | undefined {
  const owner = (BUILT_IN_ROLES as readonly string[]).includes(name)
    ? 'a Kubernetes role'
    : (PRESET_ROLES as readonly string[]).includes(name)
      ? 'a preset'
      : undefined;
  if (owner !== undefined) {
    return {
      message: `The name ${shown(name)} already belongs to ${owner}, so a grant of this role would be misleading.`,
      given: shown(name),
      allowed: `any name except ${nameList([...BUILT_IN_ROLES, ...PRESET_ROLES])}`,
      fix: existing ? 'Remove the role: a grant can name it without it.' : 'Rename the role.',
    };
  }
  // A name is a segment of a path in the Kubernetes API.
  const isReserved = name.startsWith('system:') && !existing;
  if (isReserved || ['.', '..'].includes(name) || !/^[\w.:@+-]{1,253}$/.test(name)) {
    return {
      message: isReserved
        ? "Kubernetes reserves names that start with 'system:'."
        : 'Kubernetes does not accept this name.',
      given: shown(name),
      allowed: "1 to 253 letters, digits, and .:_@+-, except . and .., and not starting with 'system:'",
      fix: 'Rename the role.',
    };
  }
  return undefined;
}
