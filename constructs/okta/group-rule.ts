import { Construct } from 'constructs';
import { GroupRule as Rule } from '#okta/group-rule';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { IOktaGroup } from './group';
import { registerPeopleSource } from './people-source';

export interface GroupRuleProps {
  readonly group: IOktaGroup;
  /**
   * Whom the rule puts into the group, in Okta's expression language.
   * @see https://developer.okta.com/docs/reference/okta-expression-language/
   */
  readonly expression: string;
  /**
   * 1 to 50 characters, unique in the organization.
   * @default - the name of the group
   */
  readonly name?: string;
}

/** A rule that puts people into a group, and takes them out with it. */
export class GroupRule extends Construct {
  constructor(scope: Construct, id: string, props: GroupRuleProps) {
    super(scope, id);
    const { group, name = props.group.groupName } = props;
    const secondSource = registerPeopleSource(group, this, 'rule');
    validateName(this, 'groupRule', name);
    validateFindings(this, () => [secondSource]);

    new Rule(this, 'Resource', {
      name,
      expressionValue: props.expression,
      groupAssignments: [group.groupId],
      status: 'ACTIVE',
      // Otherwise whoever the rule put in stays in the group when the rule is removed.
      removeAssignedUsers: true,
    });
  }
}
