import { type Finding, shown } from '../../../constraints/finding';
import { nameList } from '../../../constraints/nearest-name';
import { BUILT_IN_ROLES } from '../../../rbac/built-in-roles';
import { PRESET_ROLES } from '../../../rbac/presets';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** A role of the file has a name of its own. */
export const roleNames: Check = {
  name: 'role-names',
  severity: 'error',
  reason: "A role of the file that is named like Kubernetes' own or a preset would mean something else than it says.",
  fix: 'Give the role a name of its own, without system: at its start.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings',
  restsOn: [],
  find: ({ roles }) =>
    Object.keys(roles).flatMap((name) => {
      const finding = roleNameFinding(name);
      return finding === undefined ? [] : [{ ...finding, path: pathText(['roles', name]) }];
    }),
};

function roleNameFinding(name: string): Finding | undefined {
  const owner = (BUILT_IN_ROLES as readonly string[]).includes(name)
    ? "Kubernetes' own"
    : (PRESET_ROLES as readonly string[]).includes(name)
      ? 'a preset of this project'
      : undefined;
  if (owner !== undefined) {
    return {
      message: `The name is taken: ${shown(name)} is ${owner}, and whoever reads a grant of it would expect that one.`,
      given: shown(name),
      allowed: `any name but ${nameList([...BUILT_IN_ROLES, ...PRESET_ROLES])}`,
      fix: 'Rename the role.',
    };
  }
  // Names are a segment of the path in Kubernetes' API.
  if (name.startsWith('system:') || ['.', '..'].includes(name) || !/^[\w.:@+-]{1,253}$/.test(name)) {
    return {
      message: name.startsWith('system:')
        ? "Names that start with 'system:' are Kubernetes' own."
        : 'The name is none for Kubernetes.',
      given: shown(name),
      allowed: "1 to 253 letters, digits and .:_@+-, without 'system:' at the start",
      fix: 'Rename the role.',
    };
  }
  return undefined;
}
