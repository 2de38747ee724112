import { shown } from '../../../constraints/finding';
import { isTrueForEveryone } from '../../../constraints/okta/rule-for-everyone';
import { attributesIn } from '../../../constraints/okta/self-service-attributes';
import type { Access } from '../../derived/access';
import { crossings } from '../../derived/crossings';
import { groupBy } from '../../derived/group-by';
import { refusingLists } from '../../derived/guards';
import { pathText } from '../../file/path';
import type { Check, PlacedFinding } from '../check';

/** Nobody can put themselves into a group that has sensitive permissions, crosses a boundary, or passes a guard. */
export const selfPromotion: Check = {
  name: 'self-promotion',
  severity: 'warning',
  reason:
    'Okta adds every user who fulfils the rule of a group. Users who may edit what the rule reads choose their own permissions, and a rule that is true for everyone selects nobody.',
  fix: 'Use an attribute that only administrators or the HR system change, such as user.department, or list logins.',
  source: 'https://help.okta.com/oie/en-us/content/topics/users-groups-profiles/usgp-user-edit-attributes.htm',
  requires: ['groups', 'grants', 'clusters', 'roles', 'namespaces', 'guards', 'selfServiceAttributes'],
  find: (access) => {
    const placements = groupBy(access.placements, ({ group }) => group);
    const crossed = groupBy(crossings(access), ({ group }) => group);
    const exempt = new Set(
      Object.values(access.clusters).flatMap(({ guards }) => {
        const { namespaces, ...lists } = refusingLists(guards);
        return [...Object.values(lists), ...Object.values(namespaces)].flatMap((members) => members ?? []);
      }),
    );
    return Object.entries(access.groups).flatMap(([group, { rule }]) => {
      if (rule === undefined) return [];
      const sensitive = (placements.get(group) ?? []).flatMap((placement) => placement.sensitive);
      const boundaries = (crossed.get(group) ?? []).map(({ boundary }) => boundary);
      const has = [
        ...(sensitive.length > 0 ? [`has sensitive permissions: ${[...new Set(sensitive)].join(', ')}`] : []),
        ...(boundaries.length > 0 ? [`crosses boundaries: ${[...new Set(boundaries)].join(', ')}`] : []),
        ...(exempt.has(group) ? ['passes guards'] : []),
      ];
      return has.length === 0 ? [] : findings(access, group, rule, has.join('; '));
    });
  },
};

function findings(
  { selfServiceAttributes }: Access,
  group: string,
  rule: string,
  has: string,
): readonly PlacedFinding[] {
  const path = pathText(['groups', group, 'rule']);
  const gets = `the group ${shown(group)}, which ${has}`;
  if (isTrueForEveryone(rule)) {
    return [
      {
        path,
        message: `This rule is true for everyone, so Okta puts every user of the organization into ${gets}.`,
        given: shown(rule),
        allowed: 'a rule that selects users, or no sensitive permissions',
        fix: 'Compare an attribute that only administrators change, or list logins.',
      },
    ];
  }
  const own = attributesIn(rule).filter((name) => selfServiceAttributes.includes(name));
  if (own.length === 0) return [];
  return [
    {
      path,
      message: `Users may edit ${own.map((name) => `user.${name}`).join(' and ')} themselves, and so fulfil this part of the rule for ${gets}.`,
      given: shown(rule),
      allowed: 'attributes that users may not edit, or no sensitive permissions',
      fix: 'Compare an attribute that only administrators change, or list logins. If users may not edit it in your organization, set selfServiceAttributes to those that they may edit.',
    },
  ];
}
