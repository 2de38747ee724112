import { Construct } from 'constructs';
import { GroupMemberships } from '#okta/group-memberships';
import { loginFinding, loginKey, repeatedLoginFindings } from '../../constraints/okta/login';
import { Forgotten } from '../forgotten';
import { Moved } from '../moved';
import { validateFindings } from '../validate-findings';
import type { IOktaGroup } from './group';
import { registerPeopleSource } from './people-source';
import { OktaUser } from './user';

export interface GroupMembersProps {
  /** The group to fill. */
  readonly group: IOktaGroup;
  /** Logins of all members, 1 to 100 characters each; an empty list means no members. */
  readonly logins: readonly string[];
  /**
   * Id that the construct had in its scope before it was renamed: Terraform then renames the list of members in place.
   * @default - it is not renamed
   */
  readonly was?: string;
}

/**
 * All members of a group; one instance per group, and no rule for it. The next plan shows members who were added
 * elsewhere, and its apply removes them.
 */
export class GroupMembers extends Construct {
  constructor(scope: Construct, id: string, props: GroupMembersProps) {
    super(scope, id);
    const { group, logins } = props;
    const secondSource = registerPeopleSource(group, this, 'members');
    validateFindings(this, () => [secondSource, ...logins.map(loginFinding), ...repeatedLoginFindings(logins)]);

    // An invalid login cannot be an id either; the validation above reports it.
    const validLogins = logins.filter((login) => loginFinding(login) === undefined).map(loginKey);
    const members = new GroupMemberships(this, 'Resource', {
      groupId: group.groupId,
      users: validLogins.sort().map((login) => OktaUser.of(this, login).userId),
      // Otherwise, the provider ignores members who were added elsewhere.
      trackAllUsers: true,
    });
    if (props.was !== undefined) new Moved(new Construct(scope, props.was), 'Resource', members);
  }

  /** Makes Terraform forget the members that a construct with this id managed: they stay in the group. */
  static handOver(scope: Construct, id: string): void {
    new Forgotten(new Construct(scope, id), 'Resource', GroupMemberships.tfResourceType);
  }
}
