import type { Construct } from 'constructs';
import type { Finding } from '../../constraints/finding';
import type { IOktaGroup } from './group';

/** What says who is in a group: a whole list, or rules. */
type PeopleSource = 'members' | 'rule';

const firstByGroup = new WeakMap<IOktaGroup, { readonly construct: Construct; readonly source: PeopleSource }>();

/**
 * Registers a construct as one that says who is in a group.
 * @returns what is wrong where another construct is registered already, and one of the two is a whole list.
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
    message: 'The members of a group are its whole list: each apply of one would undo the other.',
    given: `a second source of people beside ${first.construct.node.path}`,
    allowed: 'one GroupMembers, or GroupRules alone',
    fix: 'Keep one of the two.',
  };
}
