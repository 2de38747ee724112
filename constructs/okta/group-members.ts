import { Construct } from 'constructs';
import { GroupMemberships } from '#okta/group-memberships';
import { loginFinding, loginKey, repeatedLoginFindings } from '../../constraints/okta/login';
import { validateFindings } from '../validate-findings';
import type { IOktaGroup } from './group';
import { registerPeopleSource } from './people-source';
import { OktaUser } from './user';

export interface GroupMembersProps {
  readonly group: IOktaGroup;
  /** Logins of the people in the group; an empty list means nobody. */
  readonly logins: readonly string[];
}

/**
 * Who is in a group: the whole list, so one instance per group, and no rule beside it.
 * Whoever was put in elsewhere shows in the next plan, and its apply takes them out.
 */
export class GroupMembers extends Construct {
  constructor(scope: Construct, id: string, props: GroupMembersProps) {
    super(scope, id);
    const { group, logins } = props;
    const secondSource = registerPeopleSource(group, this, 'members');
    validateFindings(this, () => [secondSource, ...logins.map(loginFinding), ...repeatedLoginFindings(logins)]);

    // An invalid login cannot be an id either; the validation above reports it.
    const validLogins = logins.filter((login) => loginFinding(login) === undefined).map(loginKey);
    new GroupMemberships(this, 'Resource', {
      groupId: group.groupId,
      users: validLogins.sort().map((login) => OktaUser.of(this, login).userId),
      // Otherwise people who were added elsewhere are not seen.
      trackAllUsers: true,
    });
  }
}
