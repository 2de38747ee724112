import { shown } from '../../../constraints/finding';
import { pathText } from '../../file/path';
import type { Check } from '../check';

/** The old name of a renamed group belongs to no other group. */
export const renamedGroup: Check = {
  name: 'renamed-group',
  severity: 'error',
  reason: 'Terraform moves one group to one new name. It cannot move a group that is still there, or to two names.',
  fix: 'Remove was, or the other group.',
  source: 'https://developer.hashicorp.com/terraform/language/modules/develop/refactoring',
  requires: ['groups'],
  find: ({ groups }) => {
    const renamed = Object.entries(groups).flatMap(([name, { was }]) => (was === undefined ? [] : [{ name, was }]));
    return renamed.flatMap(({ name, was }, index) => {
      const other = Object.hasOwn(groups, was) ? was : renamed.slice(0, index).find((group) => group.was === was)?.name;
      if (other === undefined) return [];
      return [
        {
          path: pathText(['groups', name, 'was']),
          message:
            other === was
              ? `The file still has the group ${shown(was)}, so it cannot be renamed to ${shown(name)}.`
              : `The group ${shown(was)} is already renamed to ${shown(other)}.`,
          given: shown(was),
          allowed: 'a name that no group of the file has, and no other was',
          fix: other === was ? `Remove was, or the group ${shown(was)}.` : 'Keep one of the two.',
        },
      ];
    });
  },
};
