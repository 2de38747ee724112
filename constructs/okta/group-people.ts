import type { Construct } from 'constructs';
import type { Finding } from '../../constraints/finding';
import type { IOktaGroup } from './group';

/** What says who is in a group: a whole list, or rules. */
export type PeopleSource = 'members' | 'rule';

interface Claim {
  readonly construct: Construct;
  readonly source: PeopleSource;
}

const firstByGroup = new WeakMap<IOktaGroup, Claim>();

/**
 * Remembers that a construct says who is in a group.
 * @returns what is wrong where another one does so already, and one of the two is a whole list.
 */
export function claimPeople(group: IOktaGroup, construct: Construct, source: PeopleSource): Finding | undefined {
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
