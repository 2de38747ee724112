import { type TerraformStack, TerraformVariable } from 'cdktf';
import { OktaGroup } from '../../../constructs/okta/group';
import { GroupRule } from '../../../constructs/okta/group-rule';
import { resources, synthesizedConstructs, theAddress, theResource } from '../../synthesized';
import { constructError } from '../construct-error';

const EXPRESSION = 'user.department == "Platform" && user.title != "It\'s \\"x\\""';
const aRule = (props: object = {}, name = 'eks-admins') =>
  synthesizedConstructs((stack) => {
    const group = new OktaGroup(stack, 'Group', { name });
    new GroupRule(stack, 'Rule', { group, expression: EXPRESSION, ...props });
  });

describe('GroupRule', () => {
  test('adds the users whom it describes to the group, and removes them with it', () => {
    const stack = aRule();

    expect(theResource(stack, 'okta_group_rule')).toEqual({
      name: 'eks-admins',
      expression_value: EXPRESSION,
      group_assignments: [`\${${theAddress(stack, 'okta_group')}.id}`],
      status: 'ACTIVE',
      remove_assigned_users: true,
    });
    expect(Object.keys(stack.resource ?? {})).toEqual(['okta_group', 'okta_group_rule']);
    expect(stack.data).toBeUndefined();
  });

  test.each(['a', 'x'.repeat(50)])('has the name %s that it is given', (name) => {
    expect(theResource(aRule({ name }), 'okta_group_rule').name).toBe(name);
  });

  test('fails where the name of the group is too long for a rule', () => {
    expect(() => aRule({}, 'x'.repeat(51))).toThrow(
      constructError(
        'test/Rule',
        'This is not a valid name for an Okta group rule.',
        `Given: '${'x'.repeat(51)}', 51 characters.`,
        'Allowed: 1 to 50 characters, without control characters, and without white space at the start or end.',
        'Fix: Shorten it by 1.',
      ),
    );
  });

  test('fails for an expression that Okta cannot read', () => {
    expect(() => aRule({ expression: 'user.department = "Platform"' })).toThrow(
      constructError(
        'test/Rule',
        'Okta cannot read this group rule: = assigns a value, == compares (line 1, column 17).',
        `Given: 'user.department = "Platform"'.`,
        'Allowed: an expression of the Okta Expression Language, such as user.department == "Platform".',
        'Fix: Write == to compare.',
      ),
    );
  });

  test.each(['Convert.toInt(user.floor) > 3', 'user.title matches "x"'])(
    'takes %s, which Okta may know',
    (expression) => {
      expect(theResource(aRule({ expression }), 'okta_group_rule').expression_value).toBe(expression);
    },
  );

  test('takes an expression that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'rule', {});
      new GroupRule(scope, 'Rule', { group: new OktaGroup(scope, 'Group', { name: 'a' }), expression: stringValue });
    });

    expect(theResource(stack, 'okta_group_rule').expression_value).toBe('${var.rule}');
  });

  test('takes the name of a group that only Terraform knows', () => {
    const stack = synthesizedConstructs((scope) => {
      const { stringValue } = new TerraformVariable(scope, 'name', {});
      new GroupRule(scope, 'Rule', {
        group: OktaGroup.fromName(scope, 'Group', stringValue),
        expression: 'true',
      });
    });

    expect(theResource(stack, 'okta_group_rule').name).toBe('${var.name}');
  });

  test('works beside another rule of the group', () => {
    const stack = synthesizedConstructs((scope: TerraformStack) => {
      const group = new OktaGroup(scope, 'Group', { name: 'eks-admins' });
      for (const name of ['platform', 'security']) new GroupRule(scope, name, { group, name, expression: 'true' });
    });

    expect(resources(stack, 'okta_group_rule').map(({ name }) => name)).toEqual(['platform', 'security']);
  });
});
