import { Construct } from 'constructs';
import { DataOktaGroup } from '#okta/data-okta-group';
import { Group } from '#okta/group';
import { everyoneFinding } from '../../constraints/okta/special-groups';
import { Forgotten } from '../forgotten';
import { Moved } from '../moved';
import { validateFindings } from '../validate-findings';
import { validateName } from '../validate-name';
import { exactName, quotedName } from './exact-name';

/** An Okta group, created here or looked up. */
export interface IOktaGroup {
  /** Name as plain text, so that the plan shows it in RBAC subjects. */
  readonly groupName: string;
  /** Okta's id, known after apply. */
  readonly groupId: string;
}

export interface OktaGroupProps {
  /** Name of the group, 1 to 255 characters. */
  readonly name: string;
  /**
   * Description of the group.
   * @default - none
   */
  readonly description?: string;
  /**
   * Id that the construct had in its scope before it was renamed: Terraform then renames the group in place.
   * @default - it is not renamed
   */
  readonly was?: string;
}

export interface ExistingOktaGroupProps {
  /**
   * Whether Terraform made the group until now, as an `OktaGroup` with the same id: it then forgets it instead of destroying it.
   * @default false
   */
  readonly handOver?: boolean;
}

/** An Okta group without members; `GroupMembers` or `GroupRule` adds them. */
export class OktaGroup extends Construct implements IOktaGroup {
  readonly groupName: string;
  readonly groupId: string;

  constructor(scope: Construct, id: string, props: OktaGroupProps) {
    super(scope, id);
    validateName(this, 'oktaGroup', props.name);
    validateFindings(this, () => [everyoneFinding(props.name)]);

    const group = new Group(this, 'Resource', {
      name: props.name,
      description: props.description,
      // A removed group is deleted after the resources that refer to it were changed. Otherwise, Okta removes its
      // assignments, too, and the provider fails when it then removes them from the app.
      lifecycle: { createBeforeDestroy: true },
    });
    if (props.was !== undefined) new Moved(new Construct(scope, props.was), 'Resource', group);
    this.groupName = props.name;
    this.groupId = group.id;
  }

  /** Looks up an existing group by its exact name when Terraform plans. */
  static fromName(scope: Construct, id: string, name: string, props: ExistingOktaGroupProps = {}): IOktaGroup {
    return new ExistingOktaGroup(scope, id, name, props);
  }
}

class ExistingOktaGroup extends Construct implements IOktaGroup {
  readonly groupId: string;

  constructor(
    scope: Construct,
    id: string,
    readonly groupName: string,
    { handOver }: ExistingOktaGroupProps,
  ) {
    super(scope, id);
    validateName(this, 'oktaGroup', groupName);

    const error = `Okta has no group with the exact name ${quotedName(groupName)}: the look-up found one whose name starts with it.`;
    const group = new DataOktaGroup(this, 'Resource', {
      name: groupName,
      // The look-up is a prefix search: the provider takes a single group whose name only starts with this one.
      lifecycle: { postcondition: [exactName(groupName, error)] },
    });
    if (handOver) new Forgotten(this, 'HandedOver', Group.tfResourceType, group);
    this.groupId = group.id;
  }
}
