import type { Construct } from 'constructs';
import type { Finding } from '../../constraints/finding';
import type { IOktaGroup } from './group';

/** What defines the members of a group: a complete list, or a rule. */
type PeopleSource = 'members' | 'rule';

const firstByGroup = new WeakMap<IOktaGroup, { readonly construct: Construct; readonly source: PeopleSource }>();

/**
 * Registers a construct as a source of a group's members.
 * @returns the finding if the group already has another source, and one of the two is a complete list.
 */
export function registerPeopleSource(
  group: IOktaGroup,
  construct: Construct,
  source: PeopleSource,
): Finding | undefined {
  const first = firstByGroup.get(group);
  if (first === undefined) {
    firstByGroup.set(group, { construct, source });
    return undefined;
  }
  if (first.source === 'rule' && source === 'rule') return undefined;
  return {
    message: 'GroupMembers is the complete list of members: it and another source of members would undo each other.',
    given: `a second source of members, after ${first.construct.node.path}`,
    allowed: 'one GroupMembers, or only GroupRules',
    fix: 'Keep one of the two.',
  };
}
