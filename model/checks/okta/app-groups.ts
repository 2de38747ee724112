import { shown } from '../../../constraints/finding';
import type { Check } from '../check';

/** A granted group of a directory or an app is in the groups claim by an expression. */
export const appGroups: Check = {
  name: 'app-groups',
  severity: 'error',
  reason: 'A groups claim with a filter carries only groups that Okta owns, so the grants of any other have no effect.',
  fix: 'Set groupsClaim.expression, such as Groups.startsWith("active_directory", "EKS", 100).',
  source: 'https://developer.okta.com/docs/guides/customize-tokens-groups-claim/main/',
  requires: ['groups', 'groupsClaim'],
  find: ({ grants, groups, groupsClaim }) => {
    if ('expression' in groupsClaim) return [];
    return grants.flatMap(({ group, path }) => {
      const existing = groups[group]?.existing;
      if (typeof existing !== 'object' || !('type' in existing) || existing.type !== 'APP_GROUP') return [];
      return [
        {
          path: `${path}.group`,
          message: `The group ${shown(group)} is never in the token: a filter carries only groups that Okta owns.`,
          given: "a group with the type 'APP_GROUP', and no groupsClaim.expression",
          allowed: 'groupsClaim.expression, or a group that Okta owns',
          fix: 'Set groupsClaim.expression, such as Groups.startsWith("active_directory", "EKS", 100).',
        },
      ];
    });
  },
};
