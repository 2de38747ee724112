import { Construct } from 'constructs';
import { AppGroupAssignments as Assignments } from '#okta/app-group-assignments';
import { DataOktaEveryoneGroup } from '#okta/data-okta-everyone-group';
import { compare } from '../../constraints/compare';
import type { Finding } from '../../constraints/finding';
import { nobodyAssignedFinding } from '../../constraints/okta/assigned-groups';
import { validateFindings } from '../validate-findings';
import type { IOktaGroup } from './group';
import type { NativeApp } from './native-app';

export interface AppGroupAssignmentsProps {
  /** The app to which groups are assigned. */
  readonly app: NativeApp;
  /** The groups that may sign in, or everyone in the organization. */
  readonly groups: readonly IOktaGroup[] | 'everyone';
}

/**
 * All groups that may sign in to an app; one instance per app. The next apply removes assignments that were made
 * elsewhere.
 */
export class AppGroupAssignments extends Construct {
  constructor(scope: Construct, id: string, props: AppGroupAssignmentsProps) {
    super(scope, id);
    const { groups } = props;
    const first = firstByApp.get(props.app) ?? this;
    firstByApp.set(props.app, first);
    validateFindings(this, () => [
      groups.length === 0 ? nobodyAssignedFinding() : undefined,
      first === this ? undefined : secondAssignmentsFinding(first.node.path),
    ]);

    const groupIds =
      groups === 'everyone'
        ? [new DataOktaEveryoneGroup(this, 'Everyone').id]
        : // The provider keeps the order, so another order would be an update. Ids are known only after apply.
          [...groups].sort((a, b) => compare(a.groupName, b.groupName)).map(({ groupId }) => groupId);
    new Assignments(this, 'Resource', {
      appId: props.app.appId,
      // The binding requires `profile`, and the provider's own default is {}.
      group: groupIds.map((groupId) => ({ id: groupId, profile: '{}' })),
    });
  }
}

const firstByApp = new WeakMap<NativeApp, AppGroupAssignments>();

function secondAssignmentsFinding(first: string): Finding {
  return {
    message: 'The assignments of an app are one list: each of the two would remove the assignments of the other.',
    given: `a second list, after ${first}`,
    allowed: 'one AppGroupAssignments per app',
    fix: 'Move all groups to one of the two.',
  };
}
