import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** Each group has a grant. */
export const groupWithoutGrant: Check = {
  name: 'group-without-grant',
  severity: 'warning',
  reason: 'A group without a grant gives its members no access.',
  fix: 'Grant the group a role, or remove it.',
  source: 'https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects',
  requires: ['grants', 'groups'],
  find: ({ groups, grants }) => {
    const granted = new Set(grants.map(({ group }) => group));
    return Object.keys(groups)
      .filter((name) => !granted.has(name))
      .map((name) => ({
        path: pathText(['groups', name]),
        message: `The group ${shown(name)} has no grant in force.`,
        given: 'no grant',
        allowed: 'at least one grant',
        fix: 'Add a grant, or remove the group.',
      }));
  },
};
