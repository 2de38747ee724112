import type { TerraformStack } from 'cdktf';
import { AppGroupAssignments } from '../../../constructs/okta/app-group-assignments';
import { OktaGroup } from '../../../constructs/okta/group';
import { NativeApp } from '../../../constructs/okta/native-app';
import { synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

describe('AppGroupAssignments', () => {
  test('assigns a group with the profile that the provider has by default', () => {
    const stack = synthesizedConstructs((scope) => {
      const app = new NativeApp(scope, 'App', { label: 'EKS' });
      const admins = new OktaGroup(scope, 'Admins', { name: 'eks-admins' });
      new AppGroupAssignments(scope, 'Assignments', { app, groups: [admins] });
    });

    expect(theResource(stack, 'okta_app_group_assignments')).toEqual({
      app_id: `\${${theAddress(stack, 'okta_app_oauth')}.id}`,
      group: [{ id: `\${${theAddress(stack, 'okta_group')}.id}`, profile: '{}' }],
    });
    expect(stack.data).toBeUndefined();
  });

  test.each([
    ['in order', ['eks-a', 'eks-b', 'eks-c']],
    ['in reverse', ['eks-c', 'eks-b', 'eks-a']],
    ['mixed', ['eks-b', 'eks-c', 'eks-a']],
  ])('keeps groups sorted by name where they are given %s', (_case, names) => {
    const stack = synthesizedConstructs((scope) => {
      const app = new NativeApp(scope, 'App', { label: 'EKS' });
      const groups = names.map((name) =>
        name === 'eks-b' ? OktaGroup.fromName(scope, name, name) : new OktaGroup(scope, name, { name }),
      );
      new AppGroupAssignments(scope, 'Assignments', { app, groups: Object.freeze(groups) });
    });

    const idOf = (name: string) => {
      const [id] = Object.entries(stack.resource?.okta_group ?? {}).find(([, group]) => group.name === name) ?? [];
      return `\${okta_group.${id}.id}`;
    };
    expect(theResource(stack, 'okta_app_group_assignments').group).toEqual([
      { id: idOf('eks-a'), profile: '{}' },
      { id: `\${${theAddress(stack, 'data.okta_group')}.id}`, profile: '{}' },
      { id: idOf('eks-c'), profile: '{}' },
    ]);
  });

  test("assigns everyone by Okta's built-in group", () => {
    const stack = synthesizedConstructs((scope) => {
      const app = new NativeApp(scope, 'App', { label: 'EKS' });
      new AppGroupAssignments(scope, 'Assignments', { app, groups: 'everyone' });
    });

    expect(theResource(stack, 'okta_app_group_assignments')).toEqual({
      app_id: `\${${theAddress(stack, 'okta_app_oauth')}.id}`,
      group: [{ id: `\${${theAddress(stack, 'data.okta_everyone_group')}.id}`, profile: '{}' }],
    });
    expect(stack.resource?.okta_group).toBeUndefined();
  });

  test('fails where nobody is assigned', () => {
    const build = (stack: TerraformStack) =>
      new AppGroupAssignments(stack, 'Assignments', { app: new NativeApp(stack, 'App', { label: 'EKS' }), groups: [] });

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/Assignments',
        'Nobody is assigned to the app, so Okta refuses every sign-in.',
        'Given: no groups.',
        'Allowed: at least one group.',
        'Fix: Assign the groups that have a grant, or everyone.',
      ),
    );
  });

  test('fails where an app has a second list, which would undo the first', () => {
    const build = (stack: TerraformStack) => {
      const app = new NativeApp(stack, 'App', { label: 'EKS' });
      for (const id of ['First', 'Second']) new AppGroupAssignments(stack, id, { app, groups: 'everyone' });
    };

    expect(() => synthesizedConstructs(build)).toThrow(
      constructError(
        'test/Second',
        'The assignments of an app are one list: each of the two would remove the assignments of the other.',
        'Given: a second list, after test/First.',
        'Allowed: one AppGroupAssignments per app.',
        'Fix: Move all groups to one of the two.',
      ),
    );
  });
});
