import { Token } from 'cdktf';
import { Construct } from 'constructs';
import { GroupRule as Rule } from '#okta/group-rule';
import type { Finding } from '../../constraints/finding';
import { errorsOf, expressionFindings } from '../../constraints/okta/expression-findings';
import { Forgotten } from '../forgotten';
import { Moved } from '../moved';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import type { IOktaGroup } from './group';
import { registerPeopleSource } from './people-source';

export interface GroupRuleProps {
  /** The group to fill. */
  readonly group: IOktaGroup;
  /**
   * Expression in Okta's expression language for the users whom the rule adds to the group.
   * @see https://developer.okta.com/docs/reference/okta-expression-language/
   */
  readonly expression: string;
  /**
   * Name of the rule, 1 to 50 characters, unique in the organization.
   * @default - the name of the group
   */
  readonly name?: string;
  /**
   * Id that the construct had in its scope before it was renamed: Terraform then renames the rule in place.
   * @default - it is not renamed
   */
  readonly was?: string;
}

/** A rule that adds users to a group, and removes them when it is removed. */
export class GroupRule extends Construct {
  constructor(scope: Construct, id: string, props: GroupRuleProps) {
    super(scope, id);
    const { group, name = props.group.groupName } = props;
    const secondSource = registerPeopleSource(group, this, 'rule');
    validateName(this, 'groupRule', name);
    validateFindings(this, () => [secondSource, ...refused(props.expression)]);

    const rule = new Rule(this, 'Resource', {
      name,
      expressionValue: props.expression,
      groupAssignments: [group.groupId],
      status: 'ACTIVE',
      // Otherwise, users stay in the group when the rule is removed.
      removeAssignedUsers: true,
    });
    if (props.was !== undefined) new Moved(new Construct(scope, props.was), 'Resource', rule);
  }

  /** Makes Terraform forget the rule that a construct with this id made: it stays in Okta, and its users in the group. */
  static handOver(scope: Construct, id: string): void {
    new Forgotten(new Construct(scope, id), 'Resource', Rule.tfResourceType);
  }
}

/** What Okta refuses in an expression. Only Terraform knows that of a token. */
function refused(expression: string): readonly Finding[] {
  return Token.isUnresolved(expression) ? [] : errorsOf(expressionFindings(expression, 'group rule'));
}
